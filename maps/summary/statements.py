"""Parts of statements that folding, reading and recounting share. No part takes a value from
outside; what differs are parameters.
"""

from .squares import DEEPEST, FINEST

# Levels that are no squares.
DISTRICTS, RESOLVED_DAYS = -1, -2
KEYS = "level, category, x, y, status"
NUMBERS = ("total", "year", "month", "sum_x", "sum_y")
COLUMNS = ", ".join(NUMBERS)

# What every row of ``{source}`` adds to each cell. The source has the columns of the log and what
# it adds: ``n``, ``n_year``, ``n_month``, ``n_x``, ``n_y``, ``n_resolved``. Squares count all
# reports (``category`` 0), those of each category, and those of each district (its key, negative).
SPREAD = f"""
SELECT level::smallint, k.category, (s.x >> ({FINEST} - level)) AS x,
    (s.y >> ({FINEST} - level)) AS y, s.status, n, n_year, n_month, n_x, n_y
FROM {{source}} s, generate_series(0, {DEEPEST}) level,
    LATERAL (VALUES (0), (s.category), (-s.district)) k (category)
UNION ALL
SELECT {DISTRICTS}, k.category, s.district, 0, s.status, n, n_year, n_month, 0, 0
FROM {{source}} s, LATERAL (VALUES (0), (s.category)) k (category)
UNION ALL
SELECT {RESOLVED_DAYS}, 0, s.resolved_on - date '2000-01-01', 0, s.status, n_resolved, 0, 0, 0, 0
FROM {{source}} s WHERE s.resolved_on IS NOT NULL
"""

# Adds the rows of ``{changes}`` (a cell's keys and numbers) to the cells.
ADD = f"""
INSERT INTO maps_summarycell AS c ({KEYS}, {COLUMNS})
SELECT {KEYS}, {COLUMNS} FROM {{changes}} changes
ON CONFLICT ({KEYS}) DO UPDATE SET
    {", ".join(f"{name} = c.{name} + excluded.{name}" for name in NUMBERS)}
"""

# The rows of ``{spread}`` added up to one row a cell; cells that stay as they are, are left out.
SUMMED = f"""
SELECT {KEYS}, sum(n)::int AS total, sum(n_year)::int AS year, sum(n_month)::int AS month,
    sum(n_x)::bigint AS sum_x, sum(n_y)::bigint AS sum_y
FROM ({{spread}}) spread GROUP BY {KEYS}
HAVING sum(n) <> 0 OR sum(n_year) <> 0 OR sum(n_month) <> 0 OR sum(n_x) <> 0 OR sum(n_y) <> 0
"""


def reports(where: str = "", columns: str = "") -> str:
    """Reports (``r``) that may be shown, as the log knows them; with further conditions and
    columns, each with its ``AND`` or comma.
    """
    return f"""
    SELECT maps_column(ST_X(p.place)) AS x, maps_row(ST_Y(p.place)) AS y,
        r.category_id::int AS category, maps_status(r.status) AS status,
        maps_day(r.created_at) AS day, r.district_id::int AS district,
        CASE WHEN r.status = 'resolved' THEN maps_day(r.updated_at) END AS resolved_on{columns}
    FROM reports_report r, LATERAL (SELECT coalesce(r.rounded_location, r.location) AS place) p
    WHERE NOT r.is_hidden {where}
    """
