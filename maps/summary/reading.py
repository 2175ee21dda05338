"""Reads how many reports there are: from the summary where it has what is asked for, else by
looking at the reports. Either is one statement, so the numbers are those of one instant.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.db import OperationalError, connection, transaction
from django.utils import timezone

from maps.models import SummaryState
from maps.selection import Period, Selection, StatusClass, district_keys
from reports.models import Report, Status

from .squares import DEEPEST, FINEST, Box, box_of, latitude_of, longitude_of, squares_in
from .statements import DISTRICTS, REPORTS, RESOLVED_DAYS

# How many reports are looked at, and for how many milliseconds, before the answer is "more than".
MOST_LOOKED_AT, _LONGEST = 100_000, 280
_CANCELLED = "57014"
_CLASSES = list(StatusClass)
_was_filled = False
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
    WHERE level = %(level)s AND category = ANY(%(categories)s) AND status = ANY(%(statuses)s)
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
_RESOLVED = f"""
SELECT coalesce(sum(n), 0)::int FROM (
    SELECT total AS n FROM maps_summarycell
    WHERE level = {RESOLVED_DAYS} AND category = 0 AND x >= %(since)s - date '2000-01-01'
    UNION ALL
    SELECT sign FROM maps_summarychange WHERE resolved_on >= %(since)s
) found
"""
_IN_BOX = """
AND coalesce(r.rounded_location, r.location)
    && ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 4326)
"""
# Degrees, by which a box is wider than its squares: the squares themselves decide.
_EDGE = 1e-7


@dataclass(frozen=True, slots=True)
class Count:
    """How many reports, by status; ``more_than`` is set instead where counting would take too long:
    there are more than so many.
    """

    statuses: dict[StatusClass, int] = field(default_factory=dict)
    more_than: int | None = None

    @property
    def total(self) -> int:
        return sum(self.statuses.values())


@dataclass(frozen=True, slots=True)
class Cell:
    """Reports of one square (``x``, ``y`` at ``level``). ``lon``, ``lat``: the middle of them
    (EPSG:4326), of all of their kind whenever they were sent.
    """

    level: int
    x: int
    y: int
    statuses: dict[StatusClass, int]
    lon: float
    lat: float

    @property
    def count(self) -> int:
        return sum(self.statuses.values())

    @property
    def extent(self) -> Box:
        return box_of(self.x, self.y, self.level)


@dataclass(frozen=True, slots=True)
class Cells:
    """The squares of ``level`` that hold reports, of those asked for. ``more_than``: as in
    ``Count``; no cells then. ``is_summed``: whether nobody had to look at the reports.
    """

    level: int
    cells: list[Cell]
    more_than: int | None = None
    is_summed: bool = False

    @property
    def total(self) -> int:
        return sum(cell.count for cell in self.cells)

    @property
    def extent(self) -> Box:
        """Of all the cells; there is at least one."""
        wests, souths, easts, norths = zip(*(cell.extent for cell in self.cells), strict=True)
        return min(wests), min(souths), max(easts), max(norths)


_Row = tuple[int, int, int, int, int, int, int]


def count_cells(selection: Selection, extent: Box, zoom: int) -> Cells:
    """The reports in the squares that ``extent`` (EPSG:4326) touches, as a map of ``zoom`` (0 to
    22) shows them: in squares of half a tile, 128 points to a side.
    """
    return count_squares(selection, squares_in(extent, zoom + 1), zoom + 1)


def count_squares(selection: Selection, squares: tuple[int, int, int, int], level: int) -> Cells:
    """The same for columns and rows (first and last of each) of ``level``."""
    if level <= DEEPEST and _is_summed(selection) and not selection.district:
        rows = _read_summed(selection, level, squares)
        return Cells(level, _cells(level, rows), is_summed=True)
    found = _look_at(selection, level, squares)
    if isinstance(found, int):
        return Cells(level, [], more_than=found)
    return Cells(level, _cells(level, found))


def count_all(selection: Selection) -> Count:
    """All that are selected, wherever they lie."""
    if not _is_summed(selection):
        found = _look_at(selection, 0, None)
        return Count(more_than=found) if isinstance(found, int) else Count(_by_status(found))
    if selection.district:
        rows = _read_summed(selection, DISTRICTS, keys=district_keys(selection.district))
        return Count(_by_status(rows))
    return Count(_by_status(_read_summed(selection, 0, (0, 0, 0, 0))))


def count_districts(selection: Selection) -> dict[int, Count]:
    """The selected reports by the key of their district, of whatever edition it is; empty where
    counting would take too long.
    """
    if _is_summed(selection):
        keys = district_keys(selection.district) if selection.district else None
        rows: list[_Row] = _read_summed(selection, DISTRICTS, keys=keys)
    else:
        found = _look_at(selection, DISTRICTS, None)
        rows = [] if isinstance(found, int) else found
    counts: dict[int, Count] = {}
    for row in rows:
        counts.setdefault(row[0], Count()).statuses[_status(row)] = row[3]
    return counts


def count_resolved(days: int) -> int:
    """Reports that were resolved and not changed since, in the last ``days`` calendar days."""
    since = timezone.localdate() - timedelta(days=days - 1)
    if not _is_filled():
        day = timezone.make_aware(datetime.combine(since, time.min))
        return Report.objects.public().filter(status=Status.RESOLVED, updated_at__gte=day).count()
    with connection.cursor() as cursor:
        cursor.execute(_RESOLVED, {"since": since})
        [[count]] = cursor.fetchall()
    return count


def _read_summed(
    selection: Selection,
    level: int,
    squares: tuple[int, int, int, int] | None = None,
    *,
    keys: list[int] | None = None,
) -> list[_Row]:
    """Rows of (x, y, status, reports, reports of any time, sums of their squares). ``keys``: of the
    districts that are asked for.
    """
    categories, where = selection.category_keys, _where(level, squares)
    if keys is not None:
        where = where | {"inside": "x = ANY(%(keys)s)", "log_inside": "district = ANY(%(keys)s)"}
    statement = _SUMMED.format(
        column=_COLUMN[selection.period],
        of_category="true" if categories is None else "category = ANY(%(categories)s)",
        reports=REPORTS.format(where=_BETWEEN),
        **where,
    )
    values = {
        "level": level,
        "categories": [0] if categories is None else categories,
        "statuses": selection.status_numbers,
        "period": _WORD[selection.period],
        "today": timezone.localdate(),
        "keys": keys,
    }
    return _fetch(statement, values | _edges(squares))


def _look_at(
    selection: Selection, level: int, squares: tuple[int, int, int, int] | None
) -> list[_Row] | int:
    """The same by looking at the reports; a number if there are more than that, or too many to be
    looked at in time.
    """
    where = _where(level, squares)
    conditions, values = conditions_of(selection)
    if squares:
        conditions += _IN_BOX
    statement = _LOOKED_AT.format(
        x=where["x"],
        y=where["y"],
        inside=where["log_inside"],
        reports=REPORTS.format(where=conditions),
    )
    values |= {"level": level, "most": MOST_LOOKED_AT, **_edges(squares), **_box(squares, level)}
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = {_LONGEST}")
            cursor.execute(statement, values)
            rows = cursor.fetchall()
            cursor.execute("SET LOCAL statement_timeout = DEFAULT")
    except OperationalError as fault:
        if getattr(fault.__cause__, "sqlstate", "") != _CANCELLED:
            raise
        return 0
    return MOST_LOOKED_AT if sum(row[3] for row in rows) > MOST_LOOKED_AT else rows


def conditions_of(selection: Selection) -> tuple[str, dict[str, Any]]:
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


def _where(level: int, squares: tuple[int, int, int, int] | None) -> dict[str, str]:
    """How a row of the log says where it lies, at a level; and what is inside."""
    if level == DISTRICTS:
        return {"x": "district", "y": "0", "inside": "true", "log_inside": "true"}
    x, y = (f"({name} >> ({FINEST} - %(level)s))" for name in "xy")
    if squares is None:
        return {"x": x, "y": y, "inside": "true", "log_inside": "true"}
    inside = "{} BETWEEN %(first_x)s AND %(last_x)s AND {} BETWEEN %(first_y)s AND %(last_y)s"
    return {"x": x, "y": y, "inside": inside.format("x", "y"), "log_inside": inside.format(x, y)}


def _edges(squares: tuple[int, int, int, int] | None) -> dict[str, int]:
    return dict(zip(("first_x", "last_x", "first_y", "last_y"), squares or (), strict=False))


def _box(squares: tuple[int, int, int, int] | None, level: int) -> dict[str, float]:
    if squares is None:
        return {}
    west, _south, _east, north = box_of(squares[0], squares[2], level)
    _west, south, east, _north = box_of(squares[1], squares[3], level)
    return {
        "west": west - _EDGE,
        "south": south - _EDGE,
        "east": east + _EDGE,
        "north": north + _EDGE,
    }


def _fetch(statement: str, values: dict) -> list[_Row]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def _is_summed(selection: Selection) -> bool:
    """Whether the summary has what is asked for."""
    return selection.month is None and _is_filled()


def _is_filled() -> bool:
    """Once it was filled the summary stays so; until then it is not asked."""
    global _was_filled
    _was_filled = _was_filled or SummaryState.objects.exists()
    return _was_filled


def _by_status(rows: Iterable[_Row]) -> dict[StatusClass, int]:
    counts: dict[StatusClass, int] = {}
    for row in rows:
        counts[_status(row)] = counts.get(_status(row), 0) + row[3]
    return counts


def _status(row: _Row) -> StatusClass:
    return _CLASSES[row[2]]


def _cells(level: int, rows: Iterable[_Row]) -> list[Cell]:
    squares: dict[tuple[int, int], list[_Row]] = {}
    for row in rows:
        squares.setdefault(row[:2], []).append(row)
    return [_cell(level, rows) for _square, rows in sorted(squares.items())]


def _cell(level: int, rows: list[_Row]) -> Cell:
    whole = sum(row[4] for row in rows)
    # The middle of a square of the finest level.
    x, y = (sum(row[number] for row in rows) / whole + 0.5 for number in (5, 6))
    lon, lat = longitude_of(x, FINEST), latitude_of(y, FINEST)
    return Cell(level, rows[0][0], rows[0][1], _by_status(rows), lon, lat)
