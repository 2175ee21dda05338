"""Reads tallies: the marks of selected reports, by month, unit, category or district."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db import connection

from reports.models.tally import Mark

from .statements import STEP

EPOCH = date(2000, 1, 1)


class By(StrEnum):
    """A column of the tallies."""

    MONTH = "month"
    UNIT = "unit"
    CATEGORY = "category"
    DISTRICT = "district"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Reports sent in ``months`` (first days), of any of these units, categories and districts
    (keys; None: of all).
    """

    months: Sequence[date]
    units: Sequence[int] | None = None
    categories: Sequence[int] | None = None
    districts: Sequence[int] | None = None


@dataclass(slots=True)
class Figures:
    """How many reports have each mark; with it goes its number, 0 where it has none."""

    marks: dict[tuple[Mark, int], int] = field(default_factory=dict)

    def add(self, other: "Figures") -> None:
        for mark, total in other.marks.items():
            self.marks[mark] = self.marks.get(mark, 0) + total

    def count(self, *marks: Mark) -> int:
        return sum(total for (mark, _number), total in self.marks.items() if mark in marks)

    def overdue(self, today: date) -> int:
        """As ``ReportQuerySet.overdue`` on that day (Europe/Warsaw)."""
        day = (today - EPOCH).days
        found = self.marks.items()
        return sum(total for (mark, due), total in found if mark == Mark.DUE and due < day)

    def days_of_first(self, mark: Mark, part: int) -> int | None:
        """The fewest days within which ``part`` per cent of the reports with this mark came to it;
        None where there is none.
        """
        return days_of_first(self.marks, mark, part, of=self.count(mark))


def days_of_first(
    marks: dict[tuple[Mark, int], int], mark: Mark, part: int, *, of: int
) -> int | None:
    """The same where ``part`` is of so many reports; None where so many never came to the mark."""
    reached = 0
    for (_mark, days), total in sorted(one for one in marks.items() if one[0][0] == mark):
        reached += total
        if 100 * reached >= part * of:
            return days
    return None


def read(wanted: Wanted) -> dict[By, dict[Any, Figures]]:
    """Figures of each month (its first day), and of each key of units, categories and districts;
    those without a report are left out. One statement, so all are of one instant.
    """
    values: dict[str, Any] = {"months": list(wanted.months)}
    chosen = {By.UNIT: wanted.units, By.CATEGORY: wanted.categories, By.DISTRICT: wanted.districts}
    values |= {column: list(keys) for column, keys in chosen.items() if keys is not None}
    parts = []
    for by in By:
        conditions = ["month = ANY(%(months)s)"]
        for column, keys in chosen.items():
            any_of = f"{column} > 0" if column == by else f"{column} = 0"
            conditions.append(any_of if keys is None else f"{column} = ANY(%({column})s)")
        key = f"month - date '{EPOCH}'" if by == By.MONTH else by
        # Names of columns; the values are parameters.
        parts.append(
            f"SELECT '{by}', {key}, mark, sum(total)::int FROM reports_tally t"
            " CROSS JOIN LATERAL unnest(t.marks, t.totals) m (mark, total)"
            f" WHERE {' AND '.join(conditions)} GROUP BY 2, 3"
        )
    found: dict[By, dict[Any, Figures]] = {by: {} for by in By}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        for word, key, mark, total in cursor.fetchall():
            by = By(word)
            named = EPOCH + timedelta(days=key) if by == By.MONTH else key
            found[by].setdefault(named, Figures()).marks[unpacked(mark)] = total
    return found


def unpacked(mark: int) -> tuple[Mark, int]:
    """A mark and its number."""
    kind, number = divmod(mark, STEP)
    return Mark(kind), number
