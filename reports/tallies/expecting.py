"""How long a unit usually takes, from its own history: what residents are told beside the formal
time limit.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.utils import timezone

from reports.models.tally import Mark
from reports.public import PublicReport

from .reading import days_of_first, unpacked

# Nobody is told of fewer reports than these.
FEWEST = 10
# Of a year of reports, each of which had a whole month to be resolved.
_MONTHS = range(2, 14)
_PART = 90
_READ = """
SELECT district > 0, mark, sum(total)::int
FROM reports_tally t CROSS JOIN LATERAL unnest(t.marks, t.totals) m (mark, total)
WHERE month = ANY(%(months)s) AND unit = %(unit)s AND category = %(category)s
    AND (district = 0 OR district IN (
        SELECT other.id FROM districts_district d
        JOIN districts_edition e ON e.id = d.edition_id
        JOIN districts_edition other_e ON other_e.layer_id = e.layer_id
        JOIN districts_district other ON other.edition_id = other_e.id AND other.code = d.code
        WHERE d.id = %(district)s
    ))
GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class UsualTime:
    """Nine of ten such reports are resolved within so many ``days`` of being sent (0: the same
    day), in this district, or else in the whole city.
    """

    days: int
    is_of_district: bool


def usual_time(report: PublicReport) -> UsualTime | None:
    """Of reports like an open one: of its unit, category and district. None where fewer than
    ``FEWEST`` are known even in the whole city, and where less than nine of ten were resolved.

    Those that are still open count as never resolved, so that what waits for long makes no unit
    look quick; those that ended otherwise do not count. One statement.
    """
    if report.is_final or not (report.unit and report.category and report.district):
        return None
    if report.unit.is_operator:
        return None
    values: dict[str, Any] = {
        "months": months_before(timezone.localdate(), _MONTHS),
        "unit": report.unit.pk,
        "category": report.category.pk,
        "district": report.district.pk,
    }
    found: dict[bool, dict[tuple[Mark, int], int]] = {True: {}, False: {}}
    with connection.cursor() as cursor:
        cursor.execute(_READ, values)
        for is_of_district, mark, total in cursor.fetchall():
            found[is_of_district][unpacked(mark)] = total
    for is_of_district in (True, False):
        marks = found[is_of_district]
        if (number := _count(marks)) >= FEWEST:
            days = days_of_first(marks, Mark.RESOLVED, _PART, of=number)
            return None if days is None else UsualTime(days, is_of_district)
    return None


def months_before(day: date, steps: range) -> list[date]:
    """First days of the months so many months before that of ``day``."""
    month = day.year * 12 + day.month - 1
    return [date((month - step) // 12, (month - step) % 12 + 1, 1) for step in steps]


def _count(marks: Mapping[tuple[Mark, int], int]) -> int:
    return sum(total for (mark, _n), total in marks.items() if mark in (Mark.RESOLVED, Mark.OPEN))
