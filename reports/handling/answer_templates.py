"""Templates of answers: their placeholders, and who edits them."""

import re
from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.audit import record
from accounts.models import User
from reports.models import AnswerTemplate, AnswerTemplateWord, Report
from web.errors import PortalError

_PLACEHOLDER = re.compile(r"\{([^{}\s]{1,40})\}")


def _time_limit(report: Report) -> str:
    return date_format(report.expected_by, "j E Y") if report.expected_by else _("nie ustalono")


# Everybody reads an answer, so a place is named as the public may know it.
PLACEHOLDERS: dict[str, Callable[[Report], str]] = {
    "numer": lambda report: report.reference,
    "kategoria": lambda report: report.category.name,
    "miejsce": lambda report: report.public_place_in_words,
    "jednostka": lambda report: report.unit.name,
    "termin": _time_limit,
    "data": lambda _report: date_format(timezone.localdate(), "j E Y"),
}


class NotTheirTemplate(PortalError):
    code = "not_their_template"
    status = 403
    detail = gettext_lazy("Szablony jednostki zmienia jej kierownik, wspólne zmienia operator.")


def fill_template(text: str, report: Report) -> str:
    """``text`` with each placeholder replaced by what it says of ``report``, in Polish; what is no
    placeholder stays.
    """

    def value(found: re.Match[str]) -> str:
        fill = PLACEHOLDERS.get(found[1])
        return fill(report) if fill else found[0]

    with override(settings.LANGUAGE_CODE):
        return _PLACEHOLDER.sub(value, text)


def unknown_placeholders(text: str) -> list[str]:
    return [name for name in _PLACEHOLDER.findall(text) if name not in PLACEHOLDERS]


@transaction.atomic
def save_template(template: AnswerTemplate, *, by: User) -> None:
    """Add or change a template. Raises ``NotTheirTemplate``; of one that is changed, both the unit
    that it had and the one that it gets are asked for.
    """
    _check_theirs(template, by=by)
    template.save()
    record(actor=by, action=AnswerTemplateWord.TEMPLATE_SAVED, target=template)


@transaction.atomic
def delete_template(template: AnswerTemplate, *, by: User) -> None:
    """Raises ``NotTheirTemplate``."""
    _check_theirs(template, by=by)
    record(actor=by, action=AnswerTemplateWord.TEMPLATE_DELETED, target=template)
    template.delete()


def _check_theirs(template: AnswerTemplate, *, by: User) -> None:
    if by.is_operator:
        return
    stored = AnswerTemplate.objects.filter(pk=template.pk)
    was_theirs = not stored.exists() or stored.editable_by(by).exists()
    becomes_theirs = by.memberships.filter(is_leader=True, unit=template.unit_id).exists()
    if not (was_theirs and becomes_theirs):
        raise NotTheirTemplate
