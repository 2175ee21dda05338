"""Reads GeoJSON from outside strictly, in the same way for pages and the API.

EPSG:4326, longitude first. Refused are other types, a third coordinate, a ``crs`` or any other
member, NaN, infinity, numbers as text, values out of range, and swapped coordinates.
"""

import math
from collections.abc import Sequence

import shapely
from django.contrib.gis.geos import LineString, Point, Polygon
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .covering import ExtentOutside
from .neighbourhood import is_near_city

_MOST_CORNERS = 200
# Of the districts of one change of a draft, together.
_MOST_VERTICES = 100_000
# Nobody draws anything below a centimetre; it only brings geometry to the end of its arithmetic.
_DECIMALS = 7
_MEMBERS = {"type", "coordinates"}

_NOT_A_POINT = _('Podaj punkt GeoJSON: {"type": "Point", "coordinates": [długość, szerokość]}.')
_NOT_AN_EXTENT = _("Podaj LineString albo Polygon GeoJSON z jednym pierścieniem.")
_WRONG_CORNERS = _("Odcinek ma od 2 do 200 punktów, obszar od 3.")
_NOT_AN_AREA = _("Podaj Polygon albo MultiPolygon GeoJSON z zamkniętymi pierścieniami.")
_TOO_MANY_VERTICES = _("Zmieniane obszary mają razem za dużo wierzchołków, najwyżej 100 000.")
_FAR_AWAY = _("Wierzchołek leży daleko od miasta.")
_NOT_NUMBERS = _("Współrzędne muszą być dwiema skończonymi liczbami: długość, szerokość.")
_OUT_OF_RANGE = _("Współrzędne poza zakresem: długość −180…180, szerokość −90…90 stopni.")
_SWAPPED = _("Współrzędne są zamienione miejscami: najpierw długość, potem szerokość.")


class GeometryRefused(ValueError):
    """``detail``: what is wrong, as a sentence for people."""

    def __init__(self, detail: Promise | str) -> None:
        self.detail = detail
        super().__init__(str(detail))


def read_point(value: object) -> Point:
    """GeoJSON Point (a decoded JSON value) → ``geos.Point``, srid 4326. ``GeometryRefused``."""
    if not isinstance(value, dict) or set(value) != _MEMBERS or value["type"] != "Point":
        raise GeometryRefused(_NOT_A_POINT)
    return Point(*_read_position(value["coordinates"]), srid=4326)


def read_extent(value: object) -> LineString | Polygon:
    """GeoJSON LineString, or Polygon of one closed ring → ``geos`` geometry, srid 4326.

    At most ``_MOST_CORNERS`` positions, to a centimetre. Raises ``GeometryRefused``, and
    ``ExtentOutside`` if one of them is far from the city.
    """
    if not isinstance(value, dict) or set(value) != _MEMBERS:
        raise GeometryRefused(_NOT_AN_EXTENT)
    coordinates = value["coordinates"]
    if value["type"] == "LineString":
        return LineString(_read_corners(coordinates, least=2), srid=4326)
    is_one_ring = isinstance(coordinates, list) and len(coordinates) == 1
    if value["type"] != "Polygon" or not is_one_ring:
        raise GeometryRefused(_NOT_AN_EXTENT)
    ring = _read_corners(coordinates[0], least=4)
    if ring[0] != ring[-1]:
        raise GeometryRefused(_NOT_AN_EXTENT)
    return Polygon(ring, srid=4326)


def read_areas(values: Sequence[object]) -> list[shapely.MultiPolygon]:
    """GeoJSON Polygons or MultiPolygons → EPSG:4326, every digit kept, valid or not.

    Together at most ``_MOST_VERTICES`` positions, all near the city. Raises ``GeometryRefused``.
    """
    given = [_polygons_of(value) for value in values]
    rings = [ring for polygons in given for polygon in polygons for ring in polygon]
    if not all(isinstance(ring, list) and len(ring) > 3 for ring in rings):
        raise GeometryRefused(_NOT_AN_AREA)
    if sum(map(len, rings)) > _MOST_VERTICES:
        raise GeometryRefused(_TOO_MANY_VERTICES)
    return [
        shapely.MultiPolygon([_read_polygon(polygon) for polygon in polygons]) for polygons in given
    ]


def _polygons_of(value: object) -> list[list]:
    if not isinstance(value, dict) or set(value) != _MEMBERS:
        raise GeometryRefused(_NOT_AN_AREA)
    coordinates = value["coordinates"]
    polygons = [coordinates] if value["type"] == "Polygon" else coordinates
    if value["type"] not in ("Polygon", "MultiPolygon") or not _are_lists(polygons):
        raise GeometryRefused(_NOT_AN_AREA)
    return polygons


def _are_lists(value: object) -> bool:
    """Whether it is a list of lists, with something in each."""
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(each, list) and each for each in value)
    )


def _read_polygon(rings: list[list]) -> shapely.Polygon:
    outer, *holes = (_read_ring(ring) for ring in rings)
    return shapely.Polygon(outer, holes)


def _read_ring(ring: list) -> list[tuple[float, float]]:
    exact = [_read_position(position) for position in ring]
    if exact[0] != exact[-1]:
        raise GeometryRefused(_NOT_AN_AREA)
    if not all(is_near_city(lon, lat) for lon, lat in exact):
        raise GeometryRefused(_FAR_AWAY)
    return exact


def _read_corners(positions: object, *, least: int) -> list[tuple[float, float]]:
    if not isinstance(positions, list) or not least <= len(positions) <= _MOST_CORNERS:
        raise GeometryRefused(_WRONG_CORNERS)
    exact = [_read_position(position) for position in positions]
    if not all(is_near_city(lon, lat) for lon, lat in exact):
        raise ExtentOutside
    corners = [(round(lon, _DECIMALS), round(lat, _DECIMALS)) for lon, lat in exact]
    # Repeated taps on one spot count as one corner; the rest must still be a line or an area.
    if len(set(corners)) < min(least, 3):
        raise GeometryRefused(_WRONG_CORNERS)
    return corners


def _read_position(coordinates: object) -> tuple[float, float]:
    """Longitude and latitude."""
    if not isinstance(coordinates, list) or len(coordinates) != 2:
        raise GeometryRefused(_NOT_NUMBERS)
    if not all(_is_finite_number(number) for number in coordinates):
        raise GeometryRefused(_NOT_NUMBERS)
    lon, lat = coordinates
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise GeometryRefused(_OUT_OF_RANGE)
    # With latitude first the pair would lie in Poland, so the two are swapped.
    if 49 <= lon <= 55 and 14 <= lat <= 24.2:
        raise GeometryRefused(_SWAPPED)
    return float(lon), float(lat)


def _is_finite_number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:  # an integer of hundreds of digits
        return False
