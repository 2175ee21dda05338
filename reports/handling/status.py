"""A report's status changes: locked, checked, appended, announced; all in one transaction."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from reports.letters.notices import owe_statuses
from reports.models import Dispatch, Report, StatusChange
from web.errors import PortalError

from . import workflow


class StaleReport(PortalError):
    """Somebody changed the report after the page was read."""

    code = "stale"
    status = 409
    detail = _(
        "Ktoś zmienił to zgłoszenie przed chwilą. Odśwież stronę i sprawdź, co się zmieniło."
    )


def lock(report: Report, seen_version: int | None) -> Report:
    """The report's row, locked; ``StaleReport`` unless ``seen_version`` (None: any) is current."""
    locked = Report.objects.select_for_update(of=("self",)).select_related("unit").get(pk=report.pk)
    if seen_version is not None and locked.version != seen_version:
        raise StaleReport
    return locked


@transaction.atomic
def change_status(
    report: Report, to: str, *, by=None, note: str = "", seen_version: int | None = None
) -> StatusChange:
    """Move ``report`` to ``to``; ``by`` None is the system. Raises ``ForbiddenStatusChange``,
    ``NoteRequired``, ``StaleReport``.
    """
    locked = lock(report, seen_version)
    workflow.check(current=locked.status, to=to, note=note)
    change = append(locked, to, by=by, note=note)
    # Whoever answers has it already; a sending that comes late must not undo the answer.
    locked.dispatches.filter(state=Dispatch.State.OWED).update(
        state=Dispatch.State.SUPERSEDED, ended_at=change.at, leased_until=None
    )
    if by is not None:
        record(actor=by, action="status_changed", target=locked, to=to)
    owe_statuses([change])
    report.refresh_from_db(fields=["status", "updated_at", "version"])
    return change


def append(report: Report, to: str, *, by=None, note: str = "") -> StatusChange:
    """Write one step of a locked report."""
    report.status, report.updated_at = to, timezone.now()
    report.version += 1
    report.save(update_fields=["status", "updated_at", "version"])
    return StatusChange.objects.create(
        report=report, status=to, at=report.updated_at, by=by, unit=report.unit, note=note.strip()
    )


def change_by_dispatch(dispatched: dict[int, str]) -> None:
    """Move many reports (id → status) as the system, in the caller's transaction.

    A report that went on in the meantime, so that the change is not allowed any more, stays.
    """
    reports = Report.objects.select_for_update(of=("self",)).select_related("unit")
    moving = [
        report
        for report in reports.filter(pk__in=dispatched).order_by("pk")
        if dispatched[report.pk] in workflow.ALLOWED[report.status]
    ]
    now = timezone.now()
    for report in moving:
        report.status, report.updated_at = dispatched[report.pk], now
        report.version += 1
    Report.objects.bulk_update(moving, ["status", "updated_at", "version"])
    steps = [
        StatusChange(report=report, status=report.status, at=now, unit=report.unit)
        for report in moving
    ]
    owe_statuses(StatusChange.objects.bulk_create(steps))
