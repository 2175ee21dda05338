"""Parts of statements that folding and recounting share. No part takes a value from outside."""

from reports.models.tally import Mark

# A mark and its number in one integer.
STEP = 1 << 20
KEYS = "month, unit, category, district"


def same(one: str, other: str) -> str:
    """The condition that two rows have the same keys."""
    return " AND ".join(f"{one}.{key} = {other}.{key}" for key in KEYS.split(", "))


# The marks of the reports ``r`` of ``{reports}`` (what follows FROM), row by row.
MARKED = f"""
SELECT date_trunc('month', sent.day::timestamp)::date AS month, r.unit_id::int AS unit,
    r.category_id::int AS category, r.district_id::int AS district,
    m.kind * {STEP} + coalesce(m.number, 0) AS mark
FROM {{reports}}
CROSS JOIN LATERAL (SELECT reports_day(r.created_at) AS day) sent
LEFT JOIN LATERAL (
    SELECT min(at) FILTER (WHERE status IN ('in_progress', 'resolved', 'rejected', 'passed_on'))
            AS answered,
        max(at) FILTER (WHERE status = 'resolved') AS resolved,
        min(at) FILTER (WHERE status IN ('resolved', 'rejected', 'passed_on')) AS closed,
        max(at) FILTER (
            WHERE status IN ('received', 'with_operator', 'forwarded', 'in_progress')
        ) AS opened
    FROM reports_statuschange c WHERE c.report_id = r.id
) h ON true
LEFT JOIN LATERAL (
    SELECT is_fixed FROM reports_verdict v WHERE v.report_id = r.id ORDER BY at DESC, id DESC
    LIMIT 1
) v ON true
CROSS JOIN LATERAL (
    SELECT r.status NOT IN ('resolved', 'rejected', 'passed_on', 'duplicate') AS is_open
) s
CROSS JOIN LATERAL (VALUES
    ({Mark.RECEIVED:d}, 0, true),
    ({Mark.ANSWERED:d}, greatest(reports_day(h.answered) - sent.day, 0), h.answered IS NOT NULL),
    ({Mark.RESOLVED:d}, greatest(reports_day(h.resolved) - sent.day, 0),
        r.status = 'resolved' AND h.resolved IS NOT NULL),
    ({Mark.OPEN:d}, 0, s.is_open),
    ({Mark.DUE:d}, r.expected_by - date '2000-01-01',
        s.is_open AND r.expected_by IS NOT NULL
            AND (r.asked_on IS NULL OR r.expected_by < r.asked_on)),
    ({Mark.CLOSED:d}, 0, h.closed IS NOT NULL),
    ({Mark.REOPENED:d}, 0, h.opened > h.closed),
    ({Mark.FIXED:d}, 0, v.is_fixed),
    ({Mark.BROKEN:d}, 0, NOT v.is_fixed)
) m (kind, number, holds)
WHERE NOT r.is_hidden AND m.holds
"""

# The rows of ``{marked}`` (keys and a mark; ``{total}`` of each) as tallies.
TALLIED = f"""
SELECT {KEYS}, array_agg(mark ORDER BY mark) AS marks, array_agg(n ORDER BY mark) AS totals
FROM (
    SELECT {KEYS}, mark, {{total}}::int AS n FROM ({{marked}}) marked GROUP BY {KEYS}, mark
) summed
GROUP BY {KEYS}
"""
COUNTED = TALLIED.format(marked=MARKED, total="count(*)")

# Which of the keys a sum keeps: 1 keeps, 0 is any.
_SUMS = ", ".join(
    f"({unit}, {category}, {district})"
    for unit in (0, 1)
    for category in (0, 1)
    for district in (0, 1)
    if not unit == category == district == 1
)
LEVELS = f"(VALUES {_SUMS}) l (of_unit, of_category, of_district)"
SUM_KEYS = (
    "t.month, t.unit * l.of_unit AS unit, t.category * l.of_category AS category,"
    " t.district * l.of_district AS district"
)
# A tally of one unit, one category and one district; the others are sums of these.
IS_SINGLE = "t.unit > 0 AND t.category > 0 AND t.district > 0"

WRITE = f"""
INSERT INTO reports_tally ({KEYS}, marks, totals)
SELECT {KEYS}, marks, totals FROM {{tallies}} given
ON CONFLICT ({KEYS}) DO UPDATE SET marks = excluded.marks, totals = excluded.totals
"""
