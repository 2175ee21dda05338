"""Vector tiles (MVT 2.1) of the reports that may be shown. PostGIS draws them."""

from dataclasses import dataclass

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maps.selection import Selection
from web.errors import PortalError

from .asking import Asked, Squares, looked_at, one_by_one, summed
from .reading import MOST_LOOKED_AT, is_summed_in_squares
from .squares import FINEST

# Beyond it maps enlarge the last tiles; there one is 47 m wide.
MAX_ZOOM = 19
# Below, a tile has squares only, eight to a side; from here on reports, if they are not too many.
_REPORTS_FROM, _SQUARES = 16, 3
MOST_REPORTS = 1_000
_UNITS = 4096
# Metres of Web Mercator around the world, by which squares of the finest level become places.
_WORLD = 40_075_016.68557849
_PLACE = f"""
ST_AsMVTGeom(ST_SetSRID(ST_MakePoint(
    (({{x}} + 0.5) / 2::float8^{FINEST} - 0.5) * {_WORLD},
    (0.5 - ({{y}} + 0.5) / 2::float8^{FINEST}) * {_WORLD}), 3857),
    ST_TileEnvelope(%(z)s, %(column)s, %(row)s), {_UNITS}, 0, false)
"""
_EDITION = """
(SELECT folded FROM maps_summarystate) + (SELECT count(*) FROM maps_summarychange)
"""
_SQUARES_DRAWN = f"""
SELECT ST_AsMVT(t, 'reports', {_UNITS}, 'place'), coalesce(sum(count), 0)::int, {_EDITION} FROM (
    SELECT {_PLACE.format(x="sum(sum_x) / sum(whole)", y="sum(sum_y) / sum(whole)")} AS place,
        sum(n)::int AS count,
        coalesce(sum(n) FILTER (WHERE status = 0), 0)::int AS waiting,
        coalesce(sum(n) FILTER (WHERE status = 1), 0)::int AS in_progress,
        coalesce(sum(n) FILTER (WHERE status = 2), 0)::int AS resolved,
        coalesce(sum(n) FILTER (WHERE status = 3), 0)::int AS closed
    FROM ({{rows}}) s (x, y, status, n, whole, sum_x, sum_y)
    GROUP BY x, y ORDER BY x, y
) t
"""
_REPORTS_DRAWN = f"""
SELECT ST_AsMVT(t, 'reports', {_UNITS}, 'place'), count(*), {_EDITION} FROM (
    SELECT {_PLACE.format(x="x", y="y")} AS place, 1 AS count, reference,
        (SELECT code FROM catalogue_category WHERE id = category) AS category,
        (ARRAY['waiting', 'in_progress', 'resolved', 'closed'])[status + 1] AS status,
        to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS created_at
    FROM ({{rows}} LIMIT {MOST_REPORTS} + 1) found ORDER BY reference
) t
"""


class TooManyToCount(PortalError):
    """More than ``MOST_LOOKED_AT`` reports would have to be looked at."""

    code = "too_many_reports"
    status = 422
    detail = _("Na tym kafelku jest za dużo zgłoszeń. Przybliż mapę albo zmień filtry.")


@dataclass(frozen=True, slots=True)
class Tile:
    """Of the usual scheme (``y`` from the north). ``ValueError`` for one that does not exist."""

    z: int
    x: int
    y: int

    def __post_init__(self) -> None:
        if not (0 <= self.z <= MAX_ZOOM and 0 <= self.x < 2**self.z and 0 <= self.y < 2**self.z):
            raise ValueError("no such tile")

    def squares(self, level: int) -> Squares:
        """Columns and rows of a deeper ``level`` that it has."""
        many = 2 ** (level - self.z)
        return self.x * many, (self.x + 1) * many - 1, self.y * many, (self.y + 1) * many - 1


def draw_tile(tile: Tile, selection: Selection) -> tuple[bytes, str]:
    """The layer ``reports``, empty where there are none, and the edition of the data that it shows
    (as of ``read_edition``). A point for each square with ``count`` and the numbers of each status;
    from zoom 16 on one for each report (``count`` 1, ``reference``, ``category``, ``status``,
    ``created_at``), unless there are more than ``MOST_REPORTS``. Every report is in one tile of a
    zoom only, so the counts of all tiles add up to all reports. Raises ``TooManyToCount``.
    """
    if tile.z < _REPORTS_FROM:
        return _draw_squares(tile, selection, tile.z + _SQUARES)
    columns = ", r.reference, r.created_at"
    reports = one_by_one(selection, tile.z, tile.squares(tile.z), columns=columns)
    drawn, count, edition = _draw(_REPORTS_DRAWN, reports, tile)
    if count <= MOST_REPORTS:
        return drawn, edition
    return _draw_squares(tile, selection, tile.z + _SQUARES + 1)


def read_edition() -> str:
    """Of the data: another one after every change that shows, and on every day. None of a summary
    that was never filled is ever the same.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_EDITION}")
        [[changes]] = cursor.fetchall()
    return _edition_after(changes)


def _edition_after(changes: int | None) -> str:
    now = timezone.localtime()
    return f"{changes}.{now:%Y%m%d}" if changes is not None else f"{now:%Y%m%d%H%M%S%f}"


def _draw_squares(tile: Tile, selection: Selection, level: int) -> tuple[bytes, str]:
    squares = tile.squares(level)
    if is_summed_in_squares(selection, level):
        drawn, _count, edition = _draw(_SQUARES_DRAWN, summed(selection, level, squares), tile)
        return drawn, edition
    rows = looked_at(selection, level, squares, most=MOST_LOOKED_AT)
    drawn, count, edition = _draw(_SQUARES_DRAWN, rows, tile)
    if count > MOST_LOOKED_AT:
        raise TooManyToCount
    return drawn, edition


def _draw(statement: str, rows: Asked, tile: Tile) -> tuple[bytes, int, str]:
    inner, values = rows
    values = values | {"z": tile.z, "column": tile.x, "row": tile.y}
    with connection.cursor() as cursor:
        cursor.execute(statement.format(rows=inner), values)
        [[drawn, count, changes]] = cursor.fetchall()
    return bytes(drawn or b""), count, _edition_after(changes)
