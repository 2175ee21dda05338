"""Closes a report as one that repeats another, and takes the two apart again. Only a pointer and a
step of the history are written: whatever belongs to a report stays with it.
"""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.audit import record
from accounts.models import User
from reports.assigning import resume_dispatch
from reports.changing import StaleReport, lock_report, lock_reports
from reports.clock import resume_question
from reports.history import append_status
from reports.letters.notices import owe_status_letters
from reports.models import Report, ReportWord, Status
from web.errors import PortalError

from .status import OriginalOfOthers, change_status


class NotMerged(PortalError):
    code = "not_merged"
    status = 409
    detail = gettext_lazy("To zgłoszenie nie jest już połączone z innym.")


def note_of_merging(original: Report) -> str:
    """What everybody reads with the status, and therefore in Polish."""
    with override(settings.LANGUAGE_CODE):
        note = _("Prowadzimy tę sprawę w zgłoszeniu %(reference)s.")
    return note % {"reference": original.reference}


def merge(
    report: Report, *, duplicate_of: Report, by: User, seen_version: int | None = None
) -> None:
    """Close ``report`` as one that repeats ``duplicate_of``, of whose changes its readers hear from
    now on. Raises what ``change_status`` raises.
    """
    change_status(
        report,
        Status.DUPLICATE,
        by=by,
        note=note_of_merging(duplicate_of),
        duplicate_of=duplicate_of,
        seen_version=seen_version,
    )


@transaction.atomic
def unmerge(report: Report, *, by: User, seen_version: int | None = None) -> None:
    """Give ``report`` the status back that it had before it was closed as a repetition, with the
    dispatch and the question to its sender that this ended. Raises ``NotMerged``,
    ``OriginalOfOthers`` and ``StaleReport``.
    """
    locked = lock_report(report, seen_version)
    if locked.status != Status.DUPLICATE:
        raise NotMerged
    original = locked.original
    if original and not Report.objects.visible_to(by).filter(pk=original.pk).exists():
        raise OriginalOfOthers
    _take_apart(locked, by=by)


def lock_with_repetitions(
    report: Report, seen_version: int | None = None
) -> tuple[Report, list[Report]]:
    """The rows of ``report`` and of those that are closed as its repetitions, locked in the order
    of ``lock_reports``. Raises ``StaleReport``, also where another was merged into it meanwhile.
    """
    keys = {report.pk, *_repetitions_of(report)}
    rows = {row.pk: row for row in lock_reports(keys)}
    locked = rows.pop(report.pk)
    if seen_version is not None and locked.version != seen_version:
        raise StaleReport
    if not keys.issuperset(_repetitions_of(report)):
        raise StaleReport
    return locked, [row for row in rows.values() if row.original]


def take_apart(repetitions: Iterable[Report]) -> None:
    """The report that these locked ones repeat is not for the public any more: each goes on for
    itself, and its readers are told.
    """
    for repetition in repetitions:
        _take_apart(repetition, by=None)


def _repetitions_of(report: Report) -> QuerySet:
    rows = Report.objects.filter(duplicate_of=report, status=Status.DUPLICATE)
    return rows.order_by().values_list("pk", flat=True)


def _take_apart(locked: Report, *, by: User | None) -> None:
    merged, before = locked.changes.order_by("-at", "-id")[:2]
    with override(settings.LANGUAGE_CODE):
        note = _("Prowadzimy tę sprawę znowu osobno.")
    # Nobody chooses this status, so it is not in the table of allowed changes.
    change = append_status(locked, before.status, by=by, note=note)
    resume_dispatch(locked, ended_since=merged.at)
    resume_question(locked, ended_since=merged.at)
    record(actor=by, action=ReportWord.UNMERGED, target=locked)
    owe_status_letters([change])
