"""The sender judges the answer: fixed, or still broken."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import record
from catalogue.routing import decide_by_hand
from reports.assigning import reassign
from reports.changing import lock_report
from reports.history import append_status
from reports.letters.notices import owe_status_letters
from reports.models import Report, ReportWord, Status, Verdict

from .time_limits import TooLate, may_judge


@transaction.atomic
def give_verdict(report: Report, *, is_fixed: bool) -> Verdict:
    """Store the verdict. "Still broken" reopens the report and sends it to its unit again. Raises
    ``TooLate``.
    """
    locked = lock_report(report)
    if not may_judge(locked):
        raise TooLate
    verdict = Verdict.objects.create(report=locked, is_fixed=is_fixed, at=timezone.now())
    action = ReportWord.FIXED_SAYS_SENDER if is_fixed else ReportWord.BROKEN_SAYS_SENDER
    record(actor=None, action=action, target=locked)
    if not is_fixed:
        words = _("Zgłaszający: nadal nie jest dobrze.")
        reassign(locked, decide_by_hand(locked.unit), by=None, reason=words)
        owe_status_letters([append_status(locked, Status.WITH_OPERATOR, note=words)])
    return verdict
