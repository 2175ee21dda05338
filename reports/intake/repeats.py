"""Tells a repeat from another report that carries the same ``submission_id``.

A keyed hash of what was said is kept with the report (docs/adr/0024). It is the shadow of personal
data, so it is erased with the content and with the address.
"""

import json
from collections.abc import Mapping
from uuid import UUID

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from web.errors import PortalError

_SALT = "reports.intake.repeats"


class AlreadySent(PortalError):
    """A report with this id came before, and it said something else; ``reference`` is its number.
    What came now is not kept.
    """

    code = "already_sent"
    status = 409
    detail = _(
        "Zgłoszenie z tego formularza mamy już pod numerem %(reference)s. Tym razem treść jest"
        " inna, więc jej nie przyjęliśmy. Jeśli to inna sprawa, wyślij ją jako nowe zgłoszenie."
    )

    def __init__(self, reference: str) -> None:
        self.reference = reference
        super().__init__(str(self.detail) % {"reference": reference}, reference=reference)


def fingerprint_of(submission_id: UUID, content: Mapping[str, object]) -> str:
    """The keyed hash (hex, 64 characters) of ``content``, plain values of JSON.

    It holds the id too, so that nobody can see that two reports say the same.
    """
    text = json.dumps([str(submission_id), content], sort_keys=True)
    return salted_hmac(_SALT, text, algorithm="sha256").hexdigest()


def one_spelling(value: object) -> object:
    """What a person typed, spelt in one way: the page sends other line ends than a program, and
    numbers as text.
    """
    if isinstance(value, list | tuple):
        return [one_spelling(one) for one in value]
    if isinstance(value, dict):
        return {str(name): one_spelling(one) for name, one in value.items()}
    return "\n".join(str(value).split("\r\n")).strip()
