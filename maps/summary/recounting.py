"""Compares the summary with a recount of all reports that may be shown, and mends it."""

from collections.abc import Iterator

import structlog
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from maps.models import SummaryState

from .folding import move_on
from .squares import DEEPEST, FINEST
from .statements import (
    ADD,
    DISTRICTS,
    KEYS,
    NUMBERS,
    RESOLVED_DAYS,
    SPREAD,
    SUMMED,
    reports,
)

_log = structlog.get_logger(__name__)
_COUNTED = (
    "sum(n) AS n, sum(n_year) AS n_year, sum(n_month) AS n_month, sum(n_x) AS n_x, sum(n_y) AS n_y"
)


def _levels() -> Iterator[str]:
    """Each level counted from the one below it, which is far less than from the reports: the
    squares of each category and of each district.
    """
    yield f"""
    level_{DEEPEST} AS MATERIALIZED (
        SELECT k.category, x >> ({FINEST} - {DEEPEST}) AS x, y >> ({FINEST} - {DEEPEST}) AS y,
            status, {_COUNTED}
        FROM source s, LATERAL (VALUES (s.category), (-s.district)) k (category)
        GROUP BY 1, 2, 3, 4
    )"""
    for level in reversed(range(DEEPEST)):
        yield f"""
    level_{level} AS MATERIALIZED (
        SELECT category, x >> 1 AS x, y >> 1 AS y, status, {_COUNTED}
        FROM level_{level + 1} GROUP BY 1, 2, 3, 4
    )"""


def _squares() -> Iterator[str]:
    for level in range(DEEPEST + 1):
        numbers = "n, n_year, n_month, n_x, n_y"
        yield f"SELECT {level} AS level, category, x, y, status, {numbers} FROM level_{level}"
        yield (
            f"SELECT {level}, 0, x, y, status, {_COUNTED} FROM level_{level}"
            " WHERE category > 0 GROUP BY x, y, status"
        )


# One statement, so reports, log and cells are those of one instant. What the reports give, less
# what the cells and the log have, is what is missing.
_MISSING = f"""
WITH source AS MATERIALIZED (
    SELECT x, y, category, status, district, resolved_on, 1 AS n,
        (day >= maps_since(%(day)s, 'year'))::int AS n_year,
        (day >= maps_since(%(day)s, 'month'))::int AS n_month,
        x::bigint AS n_x, y::bigint AS n_y, 1 AS n_resolved
    FROM ({reports()}) there
),
log AS (
    SELECT x, y, category, status, district, resolved_on, -sign AS n,
        -sign * (day >= maps_since(%(day)s, 'year'))::int AS n_year,
        -sign * (day >= maps_since(%(day)s, 'month'))::int AS n_month,
        -sign * x::bigint AS n_x, -sign * y::bigint AS n_y, -sign AS n_resolved
    FROM maps_summarychange
),
{",".join(_levels())},
missing AS ({
    SUMMED.format(
        spread=f'''
    {" UNION ALL ".join(_squares())}
    UNION ALL
    SELECT {DISTRICTS}, k.category, s.district, 0, s.status, sum(n), sum(n_year), sum(n_month), 0, 0
    FROM source s, LATERAL (VALUES (0), (s.category)) k (category) GROUP BY 2, 3, 5
    UNION ALL
    SELECT {RESOLVED_DAYS}, 0, resolved_on - date '2000-01-01', 0, status, count(*), 0, 0, 0, 0
    FROM source WHERE resolved_on IS NOT NULL GROUP BY 3, 5
    UNION ALL
    {SPREAD.format(source="log")}
    UNION ALL
    SELECT {KEYS}, {", ".join(f"-{name}" for name in NUMBERS)} FROM maps_summarycell
'''
    )
})
"""
_EMPTY = "DELETE FROM maps_summarycell WHERE " + " AND ".join(f"{name} = 0" for name in NUMBERS)


def check() -> int:
    """In how many cells the summary differs from the reports; nothing is changed."""
    state = SummaryState.objects.first()
    day = state.day if state else timezone.localdate()
    with connection.cursor() as cursor:
        cursor.execute(f"{_MISSING} SELECT count(*) FROM missing", {"day": day})
        ((count,),) = cursor.fetchall()
    return count


def repair() -> int:
    """Add what is missing to the cells, and fill the summary where it was never filled; returns how
    many cells were wrong. Reports come in meanwhile as always; folding waits for the end.
    """
    with transaction.atomic():
        SummaryState.objects.bulk_create(
            [SummaryState(day=timezone.localdate())], ignore_conflicts=True
        )
        state = SummaryState.objects.select_for_update().get()
        move_on(state, timezone.localdate())
        with connection.cursor() as cursor:
            cursor.execute(
                f"{_MISSING}, added AS ({ADD.format(changes='missing')} RETURNING 1)"
                " SELECT count(*) FROM added",
                {"day": state.day},
            )
            ((count,),) = cursor.fetchall()
            # What became zero is of no use any more.
            cursor.execute(_EMPTY)
    if count:
        SummaryState.objects.update(folded=F("folded") + 1)
        _log.warning("summary_of_map_repaired", cells=count)
    return count
