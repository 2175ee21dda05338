"""Finds out whom a change concerns. It costs by what changed and by who follows that place."""

from django.db import connection

# So many changes are taken at once: a statement stays short.
_AT_ONCE = 500
# What is taken is deleted in the same statement as what follows from it is written. Rows that
# another worker has taken are passed over. In one order, so that two never wait in a circle.
_MATCH = """
WITH first_ones AS MATERIALIZED (
    SELECT id FROM maps_watchchange ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
),
taken AS (
    DELETE FROM maps_watchchange WHERE id IN (SELECT id FROM first_ones) RETURNING report, change
),
latest AS (
    SELECT r.id, max(t.change) AS change, r.district_id,
        coalesce(r.rounded_location, r.location) AS place
    FROM taken t JOIN reports_report r ON r.id = t.report AND NOT r.is_hidden GROUP BY r.id
),
concerned AS (
    SELECT w.id AS watch, l.id AS report, l.change
    FROM latest l JOIN districts_district d ON d.id = l.district_id
        JOIN maps_watch w ON w.district = d.code AND w.district <> '' AND w.state <> 'waiting'
    UNION ALL
    SELECT w.id, l.id, l.change
    FROM latest l JOIN maps_watch w ON w.reach && l.place AND w.state <> 'waiting'
        AND ST_DistanceSphere(w.centre, l.place) <= w.metres
),
written AS (
    INSERT INTO maps_watchline (watch_id, report_id, change_id)
    SELECT watch, report, change FROM concerned ORDER BY watch, report
    ON CONFLICT (watch_id, report_id)
        DO UPDATE SET change_id = greatest(maps_watchline.change_id, EXCLUDED.change_id)
)
SELECT count(*) FROM taken
"""


def match_due() -> int:
    """Write a line for everybody whom a change concerns; returns how many changes there were."""
    number = 0
    while taken := _match_some():
        number += taken
        if taken < _AT_ONCE:
            break
    return number


def _match_some() -> int:
    with connection.cursor() as cursor:
        cursor.execute(_MATCH, [_AT_ONCE])
        [[taken]] = cursor.fetchall()
    return taken
