"""How long the sender may still do what."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.models import Report, Status
from web.errors import PortalError

_CORRECTION = timedelta(minutes=15)
_VERDICT = timedelta(days=14)
# A unit works on it, or is done with it.
_TAKEN = frozenset(Status) - {Status.RECEIVED, Status.WITH_OPERATOR, Status.FORWARDED}
_ANSWERED = frozenset({Status.RESOLVED, Status.REJECTED, Status.PASSED_ON})


class TooLate(PortalError):
    code = "too_late"
    status = 409
    detail = _("Na to jest już za późno: jednostka zajęła się sprawą albo minął czas.")


def may_correct(report: Report, now: datetime | None = None) -> bool:
    """For 15 minutes after sending, and only until a unit has taken it."""
    now = now or timezone.now()
    return now - report.created_at < _CORRECTION and report.status not in _TAKEN


def may_judge(report: Report, now: datetime | None = None) -> bool:
    """For 14 days after the answer, once; never on what was hidden or withdrawn."""
    now = now or timezone.now()
    if report.is_hidden or report.status not in _ANSWERED:
        return False
    # Not the row's own moment: staff who clear or hide something change that.
    answered_at = report.changes.latest("at").at
    is_judged = report.verdicts.filter(at__gte=answered_at).exists()
    return now - answered_at < _VERDICT and not is_judged


def may_comment(report: Report) -> bool:
    """While somebody may still read it: until two weeks after the end."""
    return not report.is_final or timezone.now() - report.updated_at < _VERDICT
