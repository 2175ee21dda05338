"""Why the outbox refuses a letter."""

from django.utils.translation import gettext_lazy as _

from web.errors import PortalError


class UnsendableAddress(PortalError):
    """No letter can be sent to this address; raised before anything is stored."""

    code = "unsendable_address"
    field = "email"
    detail = _(
        "Na ten adres e-mail nie da się wysłać wiadomości. Sprawdź, czy nie ma w nim pomyłki."
    )
