"""Adds what reports changed to the cells of the summary, in batches."""

from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from maps.models import SummaryState

from .statements import ADD, SPREAD, SUMMED, reports

_BATCH = 5_000

_FOLD = f"""
WITH first_ones AS MATERIALIZED (
    SELECT id FROM maps_summarychange ORDER BY id LIMIT %(most)s FOR UPDATE SKIP LOCKED
),
taken AS (
    DELETE FROM maps_summarychange WHERE id IN (SELECT id FROM first_ones) RETURNING *
),
source AS (
    SELECT x, y, category, status, district, resolved_on, sign AS n,
        sign * (day >= maps_since(%(day)s, 'year'))::int AS n_year,
        sign * (day >= maps_since(%(day)s, 'month'))::int AS n_month,
        sign * x::bigint AS n_x, sign * y::bigint AS n_y, sign AS n_resolved
    FROM taken
),
changes AS ({SUMMED.format(spread=SPREAD.format(source="source"))}),
added AS ({ADD.format(changes="changes")}),
counted AS (UPDATE maps_summarystate SET folded = folded + (SELECT count(*) FROM taken))
SELECT count(*) FROM taken
"""

_LEAVING = """
AND (r.created_at >= (SELECT maps_start(year_from) FROM days)
    AND r.created_at < (SELECT maps_start(year_to) FROM days)
OR r.created_at >= (SELECT maps_start(month_from) FROM days)
    AND r.created_at < (SELECT maps_start(month_to) FROM days))
"""
# The reports whose day leaves a period, as far as they are in the cells: all that are there,
# without what the log still holds of them. Clocks can go back, so days come back too.
_MOVE_ON = f"""
WITH days AS (
    SELECT CASE WHEN %(day)s::date > %(was)s::date THEN -1 ELSE 1 END AS direction,
        least(maps_since(%(was)s, 'year'), maps_since(%(day)s, 'year')) AS year_from,
        greatest(maps_since(%(was)s, 'year'), maps_since(%(day)s, 'year')) AS year_to,
        least(maps_since(%(was)s, 'month'), maps_since(%(day)s, 'month')) AS month_from,
        greatest(maps_since(%(was)s, 'month'), maps_since(%(day)s, 'month')) AS month_to
),
moving AS (
    SELECT x, y, category, status, day, district, 1 AS sign FROM (
        {reports(_LEAVING)}
    ) there
    UNION ALL
    SELECT x, y, category, status, day, district, -sign FROM maps_summarychange
),
source AS (
    SELECT x, y, category, status, district, NULL::date AS resolved_on, 0 AS n,
        direction * sign * (day >= year_from AND day < year_to)::int AS n_year,
        direction * sign * (day >= month_from AND day < month_to)::int AS n_month,
        0::bigint AS n_x, 0::bigint AS n_y, 0 AS n_resolved
    FROM moving, days
),
changes AS ({SUMMED.format(spread=SPREAD.format(source="source"))})
{ADD.format(changes="changes")}
"""


def fold_due() -> int:
    """Add the whole log to the cells; returns how many of its rows. Any number of calls may run at
    once, and each may be killed: a batch leaves the log and enters the cells together.
    """
    count = 0
    while folded := fold():
        count += folded
    return count


def fold(*, most: int = _BATCH) -> int:
    """One batch, after the periods were moved on to today. 0 also while somebody else folds, and
    before the summary was filled.
    """
    with transaction.atomic():
        state = SummaryState.objects.select_for_update(skip_locked=True).first()
        if state is None:
            return 0
        move_on(state, timezone.localdate())
        with connection.cursor() as cursor:
            cursor.execute(_FOLD, {"most": most, "day": state.day})
            ((count,),) = cursor.fetchall()
    return count


def move_on(state: SummaryState, day: date) -> None:
    """Let the periods of the cells end on ``day``; ``state`` is locked."""
    if state.day == day:
        return
    with connection.cursor() as cursor:
        cursor.execute(_MOVE_ON, {"was": state.day, "day": day})
    state.day = day
    state.save(update_fields=["day"])
