"""The statements that read numbers: of the summary, and by looking at the reports. Each comes with
its values.
"""

from typing import Any

from django.utils import timezone

from maps.selection import Period, Selection, district_keys

from .squares import FINEST, box_of
from .statements import DISTRICTS, reports

Squares = tuple[int, int, int, int]
Asked = tuple[str, dict[str, Any]]
_COLUMN = {Period.ALL: "total", Period.YEAR: "year", Period.MONTH: "month"}
_WORD = {Period.ALL: "all", Period.YEAR: "year", Period.MONTH: "month"}

# ``n``: in the period; ``whole``: in all, for the middle. What is not added up yet is counted by
# the day of the cells, like them; then the days between that and today are taken away, or put back.
_SUMMED = """
WITH known AS (
    SELECT day AS until, maps_since(day, %(period)s) AS theirs,
        maps_since(%(today)s, %(period)s) AS ours
    FROM maps_summarystate
),
found AS (
    SELECT x, y, status, {column} AS n, total AS whole, sum_x, sum_y
    FROM maps_summarycell
    WHERE level = %(level)s AND category = ANY(%(kinds)s) AND status = ANY(%(statuses)s)
        AND {inside}
    UNION ALL
    SELECT {x}, {y}, status, sign * (day >= theirs)::int, sign, sign * x::bigint, sign * y::bigint
    FROM maps_summarychange, known
    WHERE {of_category} AND status = ANY(%(statuses)s) AND {log_inside}
    UNION ALL
    SELECT {x}, {y}, status, CASE WHEN ours > theirs THEN -1 ELSE 1 END, 0, 0, 0
    FROM ({reports}) there, known
    WHERE {of_category} AND status = ANY(%(statuses)s) AND {log_inside}
)
SELECT x, y, status, sum(n)::int, sum(whole)::int, sum(sum_x)::bigint, sum(sum_y)::bigint
FROM found GROUP BY x, y, status HAVING sum(n) > 0
"""
_BETWEEN = """
AND r.created_at >= (SELECT maps_start(least(theirs, ours)) FROM known)
AND r.created_at < (SELECT maps_start(greatest(theirs, ours)) FROM known)
"""
_LOOKED_AT = """
SELECT {x}, {y}, status, count(*)::int, count(*)::int, sum(x)::bigint, sum(y)::bigint
FROM (SELECT * FROM ({reports}) there WHERE {inside} LIMIT %(most)s + 1) found GROUP BY 1, 2, 3
"""
# An index leads to either. The squares themselves decide; the edge belongs to both.
_BOX = "ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 4326)"
_IN_BOX = f"""
AND (r.rounded_location IS NULL AND r.location && {_BOX} OR r.rounded_location && {_BOX})
"""


def summed(
    selection: Selection,
    level: int,
    squares: Squares | None = None,
) -> Asked:
    """Rows of (x, y, status, reports, reports of any time, sums of their squares) from the summary,
    for the columns and rows (first and last of each) of ``level``. See ``is_summed_in_squares``
    for what squares do not know.
    """
    keys = district_keys(selection.district) if selection.district else None
    categories, where = selection.category_keys, _where(level, squares)
    of_category = "true" if categories is None else "category = ANY(%(categories)s)"
    kinds = [0] if categories is None else categories
    if keys is not None and level == DISTRICTS:
        where = where | {"inside": "x = ANY(%(keys)s)", "log_inside": "district = ANY(%(keys)s)"}
    elif keys is not None:
        of_category, kinds = "district = ANY(%(keys)s)", [-key for key in keys]
    statement = _SUMMED.format(
        column=_COLUMN[selection.period],
        of_category=of_category,
        reports=reports(_BETWEEN),
        **where,
    )
    values = {
        "level": level,
        "kinds": kinds,
        "categories": categories,
        "statuses": selection.status_numbers,
        "period": _WORD[selection.period],
        "today": timezone.localdate(),
        "keys": keys,
    }
    return statement, values | _edges(squares)


def looked_at(selection: Selection, level: int, squares: Squares | None, *, most: int) -> Asked:
    """The same rows by looking at the reports, at ``most`` and one more."""
    where = _where(level, squares)
    found, values = _found(selection, level, squares)
    statement = _LOOKED_AT.format(
        x=where["x"], y=where["y"], inside=where["log_inside"], reports=found
    )
    return statement, values | {"most": most}


def one_by_one(selection: Selection, level: int, squares: Squares, *, columns: str) -> Asked:
    """``columns`` of each report ``r`` in these squares, with the finest square of each."""
    found, values = _found(selection, level, squares, columns)
    inside = _where(level, squares)["log_inside"]
    return f"SELECT * FROM ({found}) there WHERE {inside}", values


def _found(selection: Selection, level: int, squares: Squares | None, columns: str = "") -> Asked:
    conditions, values = _conditions(selection)
    if squares:
        conditions += _IN_BOX
    values |= {"level": level, **_edges(squares), **_box(squares, level)}
    return reports(conditions, columns), values


def _conditions(selection: Selection) -> tuple[str, dict[str, Any]]:
    """Conditions on the row ``r`` of a report, and their values."""
    begin, end = selection.bounds()
    parts = {
        "r.category_id = ANY(%(categories)s)": ("categories", selection.category_keys),
        "r.status = ANY(%(words)s)": ("words", selection.status_words),
        "r.created_at >= %(begin)s": ("begin", begin),
        "r.created_at < %(end)s": ("end", end),
        "r.district_id = ANY(%(districts)s)": (
            "districts",
            district_keys(selection.district) if selection.district else None,
        ),
    }
    used = {text: given for text, given in parts.items() if given[1] is not None}
    return "".join(f" AND {text}" for text in used), dict(used.values())


def _where(level: int, squares: Squares | None) -> dict[str, str]:
    """How a row of the log says where it lies, at a level; and what is inside."""
    if level == DISTRICTS:
        return {"x": "district", "y": "0", "inside": "true", "log_inside": "true"}
    x, y = (f"({name} >> ({FINEST} - %(level)s))" for name in "xy")
    if squares is None:
        return {"x": x, "y": y, "inside": "true", "log_inside": "true"}
    inside = "{} BETWEEN %(first_x)s AND %(last_x)s AND {} BETWEEN %(first_y)s AND %(last_y)s"
    return {"x": x, "y": y, "inside": inside.format("x", "y"), "log_inside": inside.format(x, y)}


def _edges(squares: Squares | None) -> dict[str, int]:
    return dict(zip(("first_x", "last_x", "first_y", "last_y"), squares or (), strict=False))


def _box(squares: Squares | None, level: int) -> dict[str, float]:
    if squares is None:
        return {}
    west, _south, _east, north = box_of(squares[0], squares[2], level)
    _west, south, east, _north = box_of(squares[1], squares[3], level)
    return {"west": west, "south": south, "east": east, "north": north}
