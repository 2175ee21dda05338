"""What a row of a list says of a report."""

from datetime import datetime
from typing import NamedTuple

from django import template
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from panel.queue.reasons import reasons_of
from panel.queue.selection import SOON_DAYS
from reports.models import Report
from web.templatetags.components import badge

register = template.Library()


class _Mark(NamedTuple):
    words: Promise
    tone: str
    icon: str


_HIDDEN = _Mark(gettext_lazy("ukryte"), "calm", icon="eye-off")
_CALLED_AGAIN = _Mark(gettext_lazy("drugie wezwanie"), "bad", icon="rotate-ccw")
_NEW_REMARK = _Mark(gettext_lazy("nowa uwaga"), "info", icon="pencil")
_ASKED = _Mark(gettext_lazy("czeka na zgłaszającego"), "info", icon="message-circle-question-mark")
_PERSONAL_DATA = _Mark(gettext_lazy("dane osobowe?"), "work", icon="user-search")


@register.filter
def marks(report: Report) -> list[_Mark]:
    """What somebody should know before they open it."""
    found = {
        _HIDDEN: report.is_hidden,
        _CALLED_AGAIN: report.is_called_again,
        _NEW_REMARK: report.has_new_remark,  # type: ignore[attr-defined]
        _ASKED: report.asked_on is not None,
        _PERSONAL_DATA: bool(report.personal_data)
        and not report.description_is_public
        and not report.is_final,
    }
    return [mark for mark, is_there in found.items() if is_there]


@register.simple_tag
def deadline_badge(report: Report) -> SafeString | str:
    """How many days are left until the unit should answer; nothing where there is no limit."""
    if report.expected_by is None or report.is_final:
        return ""
    # The clock stands while the sender is asked.
    days = (report.expected_by - (report.asked_on or timezone.localdate())).days
    if days < 0:
        words = ngettext("%(n)s dzień po terminie", "%(n)s dni po terminie", -days) % {"n": -days}
        return badge(words, "bad", icon="alarm-clock")
    words = ngettext("%(n)s dzień", "%(n)s dni", days) % {"n": days} if days else _("termin dziś")
    return badge(words, "work" if days < SOON_DAYS else "calm", icon="hourglass")


@register.filter
def age_in_words(sent: datetime) -> str:
    """How long ago a report was sent, in hours or in calendar days."""
    days = (timezone.localdate() - timezone.localdate(sent)).days
    if days:
        return ngettext("%(n)s dzień temu", "%(n)s dni temu", days) % {"n": days}
    hours = int((timezone.now() - sent).total_seconds() // 3600)
    return _("%(n)s godz. temu") % {"n": hours} if hours else _("przed chwilą")


@register.filter
def reasons_in_words(report: Report) -> str:
    """Why the operator has to decide about it; empty in a list that does not ask."""
    return capfirst("; ".join(str(reason.label) for reason in reasons_of(report)))
