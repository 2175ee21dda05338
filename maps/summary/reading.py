"""Reads how many reports there are: from the summary where it has what is asked for, else by
looking at the reports. Either is one statement, so the numbers are those of one instant.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.db import connection
from django.utils import timezone

from maps.models import SummaryState
from maps.selection import Selection, StatusClass
from maps.time_limit import read_within
from reports.models import Report, Status

from .asking import Asked, Squares, looked_at, summed
from .squares import DEEPEST, FINEST, Box, box_of, latitude_of, longitude_of, squares_in
from .statements import DISTRICTS, RESOLVED_DAYS

# How many reports are looked at, and for how many milliseconds, before the answer is "more than".
MOST_LOOKED_AT, _LONGEST = 100_000, 280
_CLASSES = list(StatusClass)
_was_filled = False
_RESOLVED = f"""
SELECT coalesce(sum(n), 0)::int FROM (
    SELECT total AS n FROM maps_summarycell
    WHERE level = {RESOLVED_DAYS} AND category = 0 AND x >= %(since)s - date '2000-01-01'
    UNION ALL
    SELECT sign FROM maps_summarychange WHERE resolved_on >= %(since)s
) found
"""


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


def count_squares(selection: Selection, squares: Squares, level: int) -> Cells:
    """The same for columns and rows (first and last of each) of ``level``."""
    if is_summed_in_squares(selection, level):
        rows = _read_summed(selection, level, squares)
        return Cells(level, cells_of(level, rows), is_summed=True)
    found = _look_at(selection, level, squares)
    if isinstance(found, int):
        return Cells(level, [], more_than=found)
    return Cells(level, cells_of(level, found))


def count_all(selection: Selection) -> Count:
    """All that are selected, wherever they lie."""
    if not is_summed(selection):
        found = _look_at(selection, 0, None)
        return Count(more_than=found) if isinstance(found, int) else Count(_by_status(found))
    if selection.district:
        return Count(_by_status(_read_summed(selection, DISTRICTS)))
    return Count(_by_status(_read_summed(selection, 0, (0, 0, 0, 0))))


def count_districts(selection: Selection) -> dict[int, Count] | None:
    """The selected reports by the key of their district, of whatever edition it is; None where
    counting would take too long.
    """
    if is_summed(selection):
        rows: list[_Row] = _read_summed(selection, DISTRICTS)
    else:
        found = _look_at(selection, DISTRICTS, None)
        if isinstance(found, int):
            return None
        rows = found
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


def _read_summed(selection: Selection, level: int, squares: Squares | None = None) -> list[_Row]:
    return _fetch(summed(selection, level, squares))


def _look_at(selection: Selection, level: int, squares: Squares | None) -> list[_Row] | int:
    """The same by looking at the reports; a number if there are more than that, or too many to be
    looked at in time.
    """
    rows = read_within(
        _LONGEST, lambda: _fetch(looked_at(selection, level, squares, most=MOST_LOOKED_AT))
    )
    if rows is None:
        return 0
    return MOST_LOOKED_AT if sum(row[3] for row in rows) > MOST_LOOKED_AT else rows


def _fetch(statement: Asked) -> list[_Row]:
    with connection.cursor() as cursor:
        cursor.execute(*statement)
        return cursor.fetchall()


def is_summed(selection: Selection) -> bool:
    """Whether the summary has what is asked for."""
    return selection.month is None and _is_filled()


def is_summed_in_squares(selection: Selection, level: int) -> bool:
    """The same of the squares of ``level``: not where both district and category are chosen."""
    is_known = not selection.district or selection.category_keys is None
    return level <= DEEPEST and is_known and is_summed(selection)


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


def cells_of(level: int, rows: Iterable[_Row]) -> list[Cell]:
    """The squares of rows as ``maps.summary.asking`` reads them."""
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
