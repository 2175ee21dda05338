"""The history of a report. Steps are appended and never edited. The callers lock the reports."""

from collections.abc import Mapping

from .changing import RENEWED, renew, save_change
from .models import Report, StatusChange


def append_status(report: Report, to: str, *, by=None, note: str = "") -> StatusChange:
    """Move a locked report to the status ``to`` and append the step; ``by`` None: the portal
    itself.
    """
    report.status = to
    save_change(report, "status")
    step = new_step(report, by=by, note=note)
    step.save()
    return step


def append_statuses(moves: Mapping[Report, str], notes: Mapping[Report, str]) -> list[StatusChange]:
    """Move many locked reports at once as the portal itself; ``notes``: the public words about
    some of them. This takes two statements.
    """
    for report, to in moves.items():
        report.status = to
        renew(report)
    Report.objects.bulk_update(moves, ["status", *RENEWED])
    return StatusChange.objects.bulk_create(
        [new_step(report, note=notes.get(report, "")) for report in moves]
    )


def new_step(report: Report, *, by=None, note: str = "") -> StatusChange:
    """A step with the present status of ``report`` and the unit that has it; the caller saves."""
    return StatusChange(
        report=report,
        status=report.status,
        at=report.updated_at,
        by=by,
        unit=report.unit,
        note=note.strip(),
    )
