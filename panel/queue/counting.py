"""How many reports there are in each of several selections, by one statement."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Count, IntegerField, Value

from maps.time_limit import read_within

from .rooms import Desk
from .selection import Scope, Selection

# Milliseconds. An unusual choice among a million reports may take longer.
LONGEST = 1_500
# More are not counted where no index tells the number.
MOST_COUNTED = 1_000


def count_selections(desk: Desk, wanted: Sequence[Selection]) -> Sequence[int | None]:
    """The numbers, in order; None where counting takes too long. One more than ``MOST_COUNTED``
    means that there are more, where ``is_bounded``.

    The statement goes through the open reports once for all selections that the index of the list
    can count, and looks at the first reports of each other one.
    """
    if not wanted:
        return []
    return read_within(LONGEST, lambda: _count(desk, wanted)) or [None] * len(wanted)


def _count(desk: Desk, wanted: Sequence[Selection]) -> Sequence[int]:
    parts: list[str] = []
    values: list[Any] = []
    for place, one in enumerate(wanted):
        if not is_bounded(one):
            parts.append(f"coalesce(quick.n{place}, 0)")
            continue
        some = one.filter(desk.reports, desk.user).order_by().values("pk")[: MOST_COUNTED + 1]
        statement, needed = some.query.sql_with_params()
        # Statements of QuerySets; their values are parameters.
        parts.append(f"(SELECT count(*) FROM ({statement}) first_ones)")  # noqa: S608
        values += needed
    filtered = {
        f"n{place}": Count("pk", filter=one.condition(desk.user))
        for place, one in enumerate(wanted)
        if not is_bounded(one)
    }
    rows = desk.reports.open().order_by().annotate(one=Value(1, IntegerField())).values("one")
    statement, needed = rows.annotate(**filtered).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(parts)} FROM (SELECT 1) always"  # noqa: S608
            f" LEFT JOIN ({statement}) quick ON true",
            [*values, *needed],
        )
        return cursor.fetchone()


def is_bounded(selection: Selection) -> bool:
    """Whether only so many are counted as ``MOST_COUNTED``: the open reports alone are few enough
    for the index of the list to count them all.
    """
    return selection.scope == Scope.ALL or selection.reads_reports
