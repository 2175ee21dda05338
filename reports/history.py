"""The history of a report. Steps are appended and never edited. The callers lock the reports."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from .models import Report, StatusChange


def begin_history(report: Report) -> None:
    """Write the first step of a report that was stored just now."""
    _new_step(report).save()


def append_status(report: Report, to: str, *, by=None, note: str = "") -> StatusChange:
    """Move a locked report to the status ``to`` and append the step; ``by`` None: the portal
    itself.
    """
    _move(report, to, timezone.now())
    report.save(update_fields=["status", "updated_at", "version"])
    step = _new_step(report, by=by, note=note)
    step.save()
    return step


def append_statuses(moves: Mapping[Report, str]) -> list[StatusChange]:
    """Move many locked reports at once as the portal itself. This takes two statements."""
    now = timezone.now()
    for report, to in moves.items():
        _move(report, to, now)
    Report.objects.bulk_update(moves, ["status", "updated_at", "version"])
    return StatusChange.objects.bulk_create([_new_step(report) for report in moves])


def _new_step(report: Report, *, by=None, note: str = "") -> StatusChange:
    """An unsaved step with the present status of ``report`` and the unit that has it."""
    return StatusChange(
        report=report,
        status=report.status,
        at=report.updated_at,
        by=by,
        unit=report.unit,
        note=note.strip(),
    )


def _move(report: Report, to: str, at: datetime) -> None:
    report.status, report.updated_at = to, at
    report.version += 1
