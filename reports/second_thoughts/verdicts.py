"""'Fixed, thank you' or 'still broken': the sender's word on the answer."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import record
from catalogue.models import RoutingRule
from catalogue.routing import RoutingDecision
from reports.handling.correcting import reassign
from reports.handling.status import append, lock
from reports.letters.notices import owe_statuses
from reports.models import Report, Status, Verdict

from .time_limits import TooLate, may_judge


@transaction.atomic
def judge(report: Report, *, is_fixed: bool) -> Verdict:
    """Keep the verdict; "still broken" reopens the report and sends it to its unit again. Raises
    ``TooLate``.
    """
    locked = lock(report, None)
    if not may_judge(locked):
        raise TooLate
    verdict = Verdict.objects.create(report=locked, is_fixed=is_fixed, at=timezone.now())
    action = "fixed_says_sender" if is_fixed else "broken_says_sender"
    record(actor=None, action=action, target=locked)
    if not is_fixed:
        _reopen(locked)
    return verdict


def _reopen(locked: Report) -> None:
    mode = RoutingRule.Mode.OPERATOR if locked.unit.is_operator else RoutingRule.Mode.AUTOMATIC
    again = RoutingDecision(locked.unit, mode, rule=None)
    reassign(locked, again, by=None, reason=_("Zgłaszający: nadal nie jest dobrze."))
    change = append(locked, Status.WITH_OPERATOR, note=_("Zgłaszający: nadal nie jest dobrze."))
    owe_statuses([change])
