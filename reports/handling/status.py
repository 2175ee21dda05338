"""Changes the status of a report: lock, check, append and owe the letters, in one transaction."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import prefetch_related_objects

from accounts.audit import record
from reports.assigning import supersede_dispatches
from reports.changing import lock_report
from reports.history import append_status, append_statuses
from reports.letters.notices import is_news, owe_status_letters
from reports.models import Dispatch, Report, ReportWord, StatusChange

from . import workflow


@transaction.atomic
def change_status(
    report: Report, to: str, *, by=None, note: str = "", seen_version: int | None = None
) -> StatusChange:
    """Move ``report`` to the status ``to``; ``by`` None is the portal itself. Raises
    ``ForbiddenStatusChange``, ``NoteRequired`` and ``StaleReport``.
    """
    locked = lock_report(report, seen_version)
    workflow.check_change(current=locked.status, to=to, note=note)
    change = append_status(locked, to, by=by, note=note)
    # Whoever answers has the report already. A dispatch that succeeds later must not undo the
    # answer.
    supersede_dispatches(locked, [Dispatch.State.OWED])
    if by is not None:
        record(actor=by, action=ReportWord.STATUS_CHANGED, target=locked, to=to)
    owe_status_letters([change])
    report.refresh_from_db(fields=["status", "updated_at", "version"])
    return change


def change_by_dispatch(dispatched: Mapping[Report, str]) -> None:
    """Move many locked reports as the portal itself, in the caller's transaction.

    A report whose status changed in the meantime, so that the move is no longer allowed, stays as
    it is. No letter says what the one before has said.
    """
    moves = {
        report: to for report, to in dispatched.items() if to in workflow.ALLOWED[report.status]
    }
    # Read after the lock: the row that somebody else changed meanwhile names another unit.
    prefetch_related_objects(list(moves), "unit")
    latest = StatusChange.objects.filter(report__in=moves).order_by("report_id", "-at", "-id")
    before = {step.report_id: step for step in latest.distinct("report_id")}
    steps = append_statuses(moves)
    owe_status_letters([step for step in steps if is_news(step, before[step.report_id])])
