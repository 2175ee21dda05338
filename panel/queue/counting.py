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


def count_selections(desk: Desk, wanted: Sequence[tuple[Selection, int]]) -> Sequence[int | None]:
    """The numbers, in order; None where counting takes too long. Beside each selection stands up to
    how many are counted where no index tells the number; one more means that there are more.

    The statement goes through the open reports once for all selections that the index of the list
    can count, and looks at the first reports of each other one.
    """
    if not wanted:
        return []
    return read_within(LONGEST, lambda: _count(desk, wanted)) or [None] * len(wanted)


def _count(desk: Desk, wanted: Sequence[tuple[Selection, int]]) -> Sequence[int]:
    parts: list[str] = []
    values: list[Any] = []
    for place, (one, most) in enumerate(wanted):
        if _is_quick(one):
            parts.append(f"coalesce(quick.n{place}, 0)")
            continue
        some = one.filter(desk.reports, desk.user).order_by().values("pk")[: most + 1]
        statement, needed = some.query.sql_with_params()
        # Statements of QuerySets; their values are parameters.
        parts.append(f"(SELECT count(*) FROM ({statement}) first_ones)")  # noqa: S608
        values += needed
    filtered = {
        f"n{place}": Count("pk", filter=one.condition(desk.user))
        for place, (one, _most) in enumerate(wanted)
        if _is_quick(one)
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


def _is_quick(selection: Selection) -> bool:
    return selection.scope != Scope.ALL and not selection.reads_reports
