"""The coordinate reference systems in which features are given and boxes are asked for."""

from dataclasses import dataclass
from functools import cache

from django.contrib.gis.db.models import GeometryField
from django.contrib.gis.db.models.functions import AsGeoJSON, Transform
from django.contrib.gis.geos import Polygon
from django.db import connection
from django.db.models import Func

from districts.neighbourhood import Box, clip_to_neighbourhood

_STORED = 4326
# Sides of a box are curves in another system: so many pieces keep them within a centimetre as far
# as the city reaches.
_PIECES = 64
_WORLD = (-180.0, -90.0, 180.0, 90.0)


@dataclass(frozen=True, slots=True)
class Crs:
    """``is_northing_first``: whether the authority puts latitude or northing before longitude or
    easting. PostGIS never does.
    """

    uri: str
    srid: int
    is_northing_first: bool
    is_in_degrees: bool

    def geojson_of(self, field: str) -> AsGeoJSON:
        """The geometry ``field`` (EPSG:4326) as GeoJSON text, to 0.1 mm, in the order of axes of
        the authority.
        """
        drawn: Func | str = Transform(field, self.srid) if self.srid != _STORED else field
        if self.is_northing_first:
            shape = GeometryField(srid=self.srid)
            drawn = Func(drawn, function="ST_FlipCoordinates", output_field=shape)
        return AsGeoJSON(drawn, precision=9 if self.is_in_degrees else 4)

    def areas_of(self, numbers: Box) -> list[Polygon]:
        """The box between two corners, in this system's order of axes, as far as it lies in the
        neighbourhood of the city; two areas where it spans the antimeridian, none if it lies
        elsewhere. ``ValueError`` if the corners are not the lower left and the upper right one.
        """
        first, second, third, fourth = numbers
        box = (second, first, fourth, third) if self.is_northing_first else numbers
        west, south, east, north = box
        if south > north or (west > east and not self.is_in_degrees):
            raise ValueError("corners in the wrong order")
        boxes = [box] if west <= east else [(west, south, 180, north), (-180, south, east, north)]
        return [_outline(part, self.srid) for part in map(self._clip, boxes) if part]

    def _clip(self, box: Box) -> Box | None:
        if self.is_in_degrees:
            return clip_to_neighbourhood(box)
        west, south, east, north = _neighbourhood(self.srid)
        clipped = max(west, box[0]), max(south, box[1]), min(east, box[2]), min(north, box[3])
        return clipped if clipped[0] <= clipped[2] and clipped[1] <= clipped[3] else None


def _outline(box: Box, srid: int) -> Polygon:
    west, south, east, north = box
    parts = [step / _PIECES for step in range(_PIECES)]
    ring = [
        *((west + (east - west) * part, south) for part in parts),
        *((east, south + (north - south) * part) for part in parts),
        *((east - (east - west) * part, north) for part in parts),
        *((west, north - (north - south) * part) for part in parts),
        (west, south),
    ]
    return Polygon(ring, srid=srid)


@cache
def _neighbourhood(srid: int) -> Box:
    """The neighbourhood of the city in another system, as (west, south, east, north)."""
    around = clip_to_neighbourhood(_WORLD)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT ST_XMin(box), ST_YMin(box), ST_XMax(box), ST_YMax(box) FROM (SELECT ST_Transform(
                ST_Segmentize(ST_MakeEnvelope(%s, %s, %s, %s, 4326), 0.1), %s) AS box) AS whole
            """,
            [*(around or _WORLD), srid],
        )
        return cursor.fetchone()


def _epsg(srid: int, **facts: bool) -> Crs:
    return Crs(f"http://www.opengis.net/def/crs/EPSG/0/{srid}", srid, **facts)


CRS84 = Crs(
    "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
    _STORED,
    is_northing_first=False,
    is_in_degrees=True,
)
ALL = (
    CRS84,
    _epsg(4326, is_northing_first=True, is_in_degrees=True),
    _epsg(3857, is_northing_first=False, is_in_degrees=False),
    _epsg(2177, is_northing_first=True, is_in_degrees=False),
    _epsg(2178, is_northing_first=True, is_in_degrees=False),
    _epsg(2180, is_northing_first=True, is_in_degrees=False),
)
BY_URI = {crs.uri: crs for crs in ALL}
