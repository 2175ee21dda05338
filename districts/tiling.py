"""Vector tiles (MVT 2.1) of an edition, for other maps. PostGIS draws them."""

from dataclasses import dataclass

from django.contrib.gis.db.models import Extent
from django.db import connection

from .models import District, Edition

# Beyond it maps enlarge the last tiles; there a unit of a tile is 15 cm.
MAX_ZOOM = 16
# From here on a simplified outline would be seen to leave the real border, by a pixel or more.
_FULL_DETAIL_FROM = 13
# Units of a tile to a side, and how far beyond its edge it is drawn, so that no seam is seen.
_UNITS, _BEYOND = 4096, 64
# Names stand at one point of a district, once, however many tiles it lies in.
_TILE = """
WITH tile AS (
    SELECT ST_TileEnvelope(%(z)s, %(x)s, %(y)s) AS box,
        ST_TileEnvelope(%(z)s, %(x)s, %(y)s, margin => %(margin)s) AS wide
),
shapes AS (
    SELECT d.code, d.name, NULLIF(d.borough, '') AS borough,
        ST_AsMVTGeom(ST_Transform(d.{column}, 3857), tile.box, %(units)s, %(beyond)s, true) AS shape
    FROM districts_district d, tile
    WHERE d.edition_id = %(edition)s AND d.{column} && ST_Transform(tile.wide, 4326)
),
names AS (
    SELECT d.code, d.name, NULLIF(d.borough, '') AS borough,
        ST_AsMVTGeom(ST_Transform(d.label_point, 3857), tile.box, %(units)s, 0, true) AS shape
    FROM districts_district d, tile
    WHERE d.edition_id = %(edition)s
)
SELECT
    (SELECT ST_AsMVT(s.*, 'districts', %(units)s, 'shape')
        FROM (SELECT * FROM shapes WHERE shape IS NOT NULL ORDER BY code) s)
    || (SELECT ST_AsMVT(n.*, 'names', %(units)s, 'shape')
        FROM (SELECT * FROM names WHERE shape IS NOT NULL ORDER BY code) n)
"""


@dataclass(frozen=True, slots=True)
class Tile:
    """Of the usual scheme (Web Mercator, ``y`` from the north). ``ValueError`` for one that does
    not exist.
    """

    z: int
    x: int
    y: int

    def __post_init__(self) -> None:
        if not 0 <= self.z <= MAX_ZOOM:
            raise ValueError("no such zoom")
        if not (0 <= self.x < 2**self.z and 0 <= self.y < 2**self.z):
            raise ValueError("no such column or row at this zoom")


def draw_tile(edition: Edition, tile: Tile) -> bytes:
    """The layers ``districts`` (polygons) and ``names`` (a point each) with code, name and borough;
    empty where the edition does not reach. One statement.
    """
    column = "boundary" if tile.z >= _FULL_DETAIL_FROM else "outline"
    values = {
        "z": tile.z,
        "x": tile.x,
        "y": tile.y,
        "edition": edition.pk,
        "units": _UNITS,
        "beyond": _BEYOND,
        "margin": _BEYOND / _UNITS,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TILE.format(column=column), values)
        [[drawn]] = cursor.fetchall()
    return bytes(drawn or b"")


def extent_of(edition: Edition) -> tuple[float, float, float, float] | None:
    """West, south, east, north (EPSG:4326); None of an edition without districts."""
    return District.objects.filter(edition=edition).aggregate(all=Extent("boundary"))["all"]
