"""Compares the tallies with a recount of all reports, and mends them, a month at a time."""

from datetime import date

import structlog
from django.db import connection, transaction
from django.utils import timezone

from reports.models import TallyState

from .statements import COUNTED, IS_SINGLE, KEYS, LEVELS, SUM_KEYS, TALLIED, WRITE, same

_log = structlog.get_logger(__name__)
_MONTHS = """
SELECT month FROM reports_tally UNION
SELECT generate_series(date_trunc('month', reports_day(min(created_at))::timestamp),
    reports_day(max(created_at))::timestamp, '1 month')::date
FROM reports_report ORDER BY 1
"""
_COUNTED = COUNTED.format(
    reports="""(
    SELECT * FROM reports_report WHERE created_at >= reports_month_start(%(month)s, 0)
        AND created_at < reports_month_start(%(month)s, 1)
) r"""
)
_SUMMED = TALLIED.format(
    marked=f"""
    SELECT {SUM_KEYS}, m.mark, m.total
    FROM single t CROSS JOIN {LEVELS} CROSS JOIN LATERAL unnest(t.marks, t.totals) m (mark, total)
    """,
    total="sum(total)",
)
_ALL = f"(SELECT * FROM single UNION ALL ({_SUMMED}))"
# One statement, so reports, log and tallies are those of one instant. What waits in the log is as
# it was counted last.
_COMPARED = f"""
WITH waiting AS MATERIALIZED (
    SELECT DISTINCT {KEYS} FROM reports_tallychange WHERE month = %(month)s
),
single AS MATERIALIZED (
    SELECT * FROM ({_COUNTED}) c WHERE NOT EXISTS (SELECT FROM waiting w WHERE {same("w", "c")})
    UNION ALL
    SELECT {KEYS}, marks, totals FROM reports_tally t
    WHERE {IS_SINGLE} AND EXISTS (SELECT FROM waiting w WHERE {same("w", "t")})
)
SELECT count(*) FROM {_ALL} a
FULL JOIN (SELECT * FROM reports_tally WHERE month = %(month)s) t USING ({KEYS})
WHERE a.marks IS DISTINCT FROM t.marks OR a.totals IS DISTINCT FROM t.totals
"""
_FILL = f"WITH single AS MATERIALIZED ({_COUNTED}) {WRITE.format(tallies=_ALL)}"


def check() -> int:
    """How many tallies differ from the reports; nothing is changed."""
    return sum(_wrong_in(month) for month in _months())


def repair() -> int:
    """Count the months again in which a tally is wrong, all of them before they were first filled;
    returns how many tallies were wrong. Reports come in meanwhile as always; folding waits for the
    end of a month.
    """
    count = sum(_repair(month) for month in _months())
    TallyState.objects.bulk_create([TallyState(counted_at=timezone.now())], ignore_conflicts=True)
    if count:
        _log.warning("tallies_repaired", tallies=count)
    return count


@transaction.atomic
def _repair(month: date) -> int:
    # The first filling has no row to lock, and nobody folds before it is there.
    TallyState.objects.select_for_update().first()
    wrong = _wrong_in(month)
    if wrong:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM reports_tally WHERE month = %s", [month])
            cursor.execute(_FILL, {"month": month})
    return wrong


def _wrong_in(month: date) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_COMPARED, {"month": month})
        ((count,),) = cursor.fetchall()
    return count


def _months() -> list[date]:
    with connection.cursor() as cursor:
        cursor.execute(_MONTHS)
        return [month for (month,) in cursor.fetchall()]
