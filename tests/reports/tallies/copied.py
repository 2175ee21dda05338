"""Many reports at once, as copies of one."""

from datetime import datetime, timedelta
from uuid import uuid4

from reports.models import Report, StatusChange
from reports.references import new_reference


def copies(report: Report, days: list[int | None], *, sent: datetime, **changes) -> list[Report]:
    """One sent at ``sent`` for each of ``days``, which was resolved so many days later, or is still
    open.
    """
    rows = []
    for number in days:
        row = Report.objects.get(pk=report.pk)
        row.pk, row.reference, row.submission_id = None, new_reference(), uuid4()
        row.created_at = row.updated_at = sent
        row.status = "forwarded" if number is None else "resolved"
        for name, value in changes.items():
            setattr(row, name, value)
        rows.append(row)
    Report.objects.bulk_create(rows)
    StatusChange.objects.bulk_create(
        StatusChange(
            report=row, status="resolved", at=sent + timedelta(days=number), unit_id=row.unit_id
        )
        for row, number in zip(rows, days, strict=True)
        if number is not None
    )
    return rows
