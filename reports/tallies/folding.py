"""Counts the tallies again in which reports changed, in batches."""

from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from reports.models import TallyState

from .statements import (
    COUNTED,
    IS_SINGLE,
    KEYS,
    LEVELS,
    SUM_KEYS,
    TALLIED,
    WRITE,
    same,
)

_BATCH = 500
_Key = tuple[date, int, int, int]
_OF_TALLY = """
changed d JOIN reports_report r ON r.unit_id = d.unit AND r.category_id = d.category
    AND r.district_id = d.district AND r.created_at >= reports_month_start(d.month, 0)
    AND r.created_at < reports_month_start(d.month, 1)
"""
# One statement: what leaves the log and what is counted are of one instant.
_COUNT = f"""
WITH taken AS (
    DELETE FROM reports_tallychange WHERE id IN (
        SELECT id FROM reports_tallychange ORDER BY id LIMIT %(most)s
    ) RETURNING {KEYS}
),
changed AS MATERIALIZED (SELECT DISTINCT {KEYS} FROM taken),
counted AS ({COUNTED.format(reports=_OF_TALLY)}),
gone AS (
    DELETE FROM reports_tally t USING changed d
    WHERE {same("t", "d")} AND NOT EXISTS (SELECT FROM counted c WHERE {same("c", "d")})
),
written AS ({WRITE.format(tallies="counted")})
SELECT {KEYS} FROM changed
"""
_SUMMED = f"""
SELECT {SUM_KEYS}, m.mark, m.total
FROM reports_tally t CROSS JOIN {LEVELS}
JOIN touched d ON d.month = t.month AND d.unit = t.unit * l.of_unit
    AND d.category = t.category * l.of_category AND d.district = t.district * l.of_district
CROSS JOIN LATERAL unnest(t.marks, t.totals) m (mark, total)
WHERE {IS_SINGLE} AND t.month = ANY(%(months)s)
"""
_SUM = f"""
WITH touched AS MATERIALIZED (
    SELECT DISTINCT {SUM_KEYS}
    FROM unnest(%(months)s::date[], %(units)s::int[], %(categories)s::int[], %(districts)s::int[])
        t ({KEYS}) CROSS JOIN {LEVELS}
),
summed AS ({TALLIED.format(marked=_SUMMED, total="sum(total)")}),
gone AS (
    DELETE FROM reports_tally t USING touched d
    WHERE {same("t", "d")} AND NOT EXISTS (SELECT FROM summed s WHERE {same("s", "d")})
)
{WRITE.format(tallies="summed")}
"""


def fold_due() -> int:
    """Count everything again that changed; returns how many changes there were. Any number of
    calls may run at once, and each may be killed: a batch leaves the log and enters the tallies
    together.
    """
    count = 0
    while folded := fold():
        count += folded
    return count


def fold(*, most: int = _BATCH) -> int:
    """One batch of at most so many changes; returns how many tallies were counted again. 0 also
    while somebody else folds, and before the tallies were filled.
    """
    with transaction.atomic():
        state = TallyState.objects.select_for_update(skip_locked=True).first()
        if state is None:
            return 0
        instant = timezone.now()
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, {"most": most})
            changed: list[_Key] = cursor.fetchall()
            if changed:
                columns = [list(column) for column in zip(*changed, strict=True)]
                names = ("months", "units", "categories", "districts")
                cursor.execute(_SUM, dict(zip(names, columns, strict=True)))
            else:
                state.counted_at = instant
                state.save(update_fields=["counted_at"])
    return len(changed)
