"""A change to a report: its row is locked, looked at, and saved as a new version."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from web.errors import PortalError

from .models import Report, Status

# The columns that ``renew`` sets.
RENEWED = ("version", "updated_at")


class StaleReport(PortalError):
    """Somebody changed the report after the page was loaded."""

    code = "stale"
    status = 409
    detail = _(
        "Ktoś zmienił to zgłoszenie przed chwilą. Sprawdź, co się zmieniło, zanim zapiszesz."
    )


def lock_report(report: Report, seen_version: int | None = None) -> Report:
    """The report's row, locked. Raises ``StaleReport`` if ``seen_version`` is not the current
    version; None accepts any.

    Nothing is joined to it: whoever waits for the lock would find no row if the one before them
    changed what the join compares. What belongs to the report is read after it is locked.
    """
    locked = Report.objects.select_for_update().get(pk=report.pk)
    if seen_version is not None and locked.version != seen_version:
        raise StaleReport
    return locked


def lock_with(
    report: Report, other: Report | None, seen_version: int | None = None
) -> tuple[Report, Report | None]:
    """The rows of ``report`` and of ``other``, on which the change depends, both locked in the
    order of ``lock_reports``; otherwise as ``lock_report``. The second is None where it is None or
    there no longer.
    """
    if other is None:
        return lock_report(report, seen_version), None
    rows = {row.pk: row for row in lock_reports([report.pk, other.pk])}
    locked = rows[report.pk]
    if seen_version is not None and locked.version != seen_version:
        raise StaleReport
    return locked, rows.get(other.pk)


def lock_reports(keys: Iterable[int], *, no_key: bool = False) -> list[Report]:
    """The rows of many reports, locked in the order of their keys, in which everybody locks them.

    ``no_key``: others may still write rows that point to these reports.
    """
    rows = Report.objects.filter(pk__in=list(keys)).order_by("pk")
    return list(rows.select_for_update(no_key=no_key))


def lock_with_originals(keys: Iterable[int]) -> list[Report]:
    """The rows of reports and of those that they repeat, as ``lock_reports`` with ``no_key``:
    nobody writes letters to the readers of ``keys`` meanwhile.
    """
    known = set(keys)
    repeating = {"duplicates__in": known, "duplicates__status": Status.DUPLICATE}
    originals = Report.objects.filter(**repeating).order_by().values_list("pk", flat=True)
    return lock_reports({*known, *originals}, no_key=True)


def save_change(locked: Report, *fields: str) -> None:
    """Save ``fields`` of a locked report, without any name the whole row, as its next version."""
    renew(locked)
    locked.save(update_fields=[*fields, *RENEWED] if fields else None)


def save_for_staff(locked: Report, *fields: str) -> None:
    """Save ``fields`` that only staff see, as the next version: whoever writes an answer is told of
    it, while the public's "changed at" stays.
    """
    locked.version += 1
    locked.save(update_fields=[*fields, "version"])


def save_moves(locked: Sequence[Report], *, at: datetime) -> None:
    """Save where many locked reports lie now and who has them, as their next versions; one
    statement. ``at``: UTC.
    """
    columns = [
        (
            report.pk,
            report.district_id,
            report.metres_to_border,
            report.unit_id,
            report.to_operator,
        )
        for report in locked
    ]
    for report in locked:
        report.version += 1
        report.updated_at = at
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reports_report SET district_id = given.district, unit_id = given.unit,"
            " assignee_id = CASE WHEN unit_id = given.unit THEN assignee_id END,"
            " metres_to_border = given.metres, to_operator = given.to_operator,"
            " version = version + 1, updated_at = %s"
            " FROM unnest(%s::bigint[], %s::bigint[], %s::float8[], %s::bigint[], %s::text[])"
            " AS given (id, district, metres, unit, to_operator)"
            " WHERE reports_report.id = given.id",
            [at, *([list(values) for values in zip(*columns, strict=True)] or [[]] * 5)],
        )


def renew(locked: Report) -> None:
    """Count the next version of a locked report, from now on; the caller saves it."""
    locked.version += 1
    locked.updated_at = timezone.now()
