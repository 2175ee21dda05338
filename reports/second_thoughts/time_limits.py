"""How long the sender may still correct, judge and comment."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.models import Report, Status
from web.errors import PortalError

_CORRECTION = timedelta(minutes=15)
_VERDICT = timedelta(days=14)
# Statuses of reports that a unit works on or has answered.
_TAKEN = frozenset(Status) - {Status.RECEIVED, Status.WITH_OPERATOR, Status.FORWARDED}
_ANSWERED = frozenset({Status.RESOLVED, Status.REJECTED, Status.PASSED_ON})


class TooLate(PortalError):
    code = "too_late"
    status = 409
    detail = _("Na to jest już za późno: jednostka zajęła się sprawą albo minął czas.")


def may_correct(report: Report) -> bool:
    """For 15 minutes after sending, and only until a unit has taken the report."""
    return timezone.now() - report.created_at < _CORRECTION and report.status not in _TAKEN


def may_judge(report: Report) -> bool:
    """Once, within 14 days of the answer; never for a report that is hidden or withdrawn."""
    if report.is_hidden or report.status not in _ANSWERED:
        return False
    # Not `updated_at`, because it also changes when staff clear or hide something.
    answered_at = report.changes.latest("at").at
    is_judged = report.verdicts.filter(at__gte=answered_at).exists()
    return timezone.now() - answered_at < _VERDICT and not is_judged


def may_comment(report: Report) -> bool:
    """Until two weeks after the end of the report, as long as somebody may read the remark."""
    return not report.is_final or timezone.now() - report.updated_at < _VERDICT
