"""From the coordinate system of a file to EPSG:4326, and what to say of data that then lies
elsewhere than in the city.
"""

import re
from collections.abc import Sequence

import numpy as np
import shapely
from django.conf import settings
from django.contrib.gis.gdal import CoordTransform, GDALException, SpatialReference
from django.contrib.gis.geos import GEOSGeometry

from districts.neighbourhood import roughly_metres_to_city

from .faults import NotLoaded, problem

# What people may choose in place of what the file says; with "-yx" its two numbers change places.
USUAL = ("2180", "2177", "2178", "3857", "4326")
CHOICES = (*USUAL, *(f"{code}-yx" for code in USUAL))
# Degrees around the map of the city within which a district may reach.
_MARGIN = 0.1
# About 0.1 mm. What went to another system and back is then the same number again, so that a border
# that nobody moved is not moved.
_DECIMALS = 9
_EPSG = re.compile(r"EPSG:(\d{4,6})")
# A system in full, as GDAL writes it. It names no file and no address.
_WKT = re.compile(r"(PROJ|GEOG|GEOD|COMPD|BOUND|COMPOUND|DERIVED)[A-Z_]*\[")
_FILES = ("EXTENSION", "PARAMETERFILE", "nadgrids")


def to_wgs84(areas: Sequence[shapely.Geometry], crs: str | None) -> np.ndarray:
    """``areas`` in EPSG:4326. ``crs``: as GDAL says it, or one of ``CHOICES``; None: unknown.

    Raises ``NotLoaded`` if the system is unknown, or if any of them lies far from the city; if most
    of them do, it says which systems would fit.
    """
    read = _system(crs)
    coordinates = shapely.get_coordinates(areas)
    moved = _transform(coordinates, *read)
    centres = _transform(_centres(areas), *read)
    far = [number for number, centre in enumerate(centres) if not _is_near(*centre)]
    if len(far) * 2 > len(centres):
        raise NotLoaded([_elsewhere(_centres(areas), centres, crs)])
    result = shapely.set_coordinates(np.array(areas, dtype=object), moved.round(_DECIMALS))
    low, high = shapely.bounds(result)[:, :2], shapely.bounds(result)[:, 2:]
    astray = [
        problem("far_from_city", feature=row + 1, **_place(*centres[row]))
        for row in range(len(result))
        if not (_is_near(*low[row]) and _is_near(*high[row]))
    ]
    if astray:
        raise NotLoaded(astray[:20], count=len(astray))
    return result


def position_of(point: Sequence[float], crs: str | None) -> dict[str, float]:
    """``lon`` and ``lat`` of a point of the file; nothing if they cannot be told."""
    try:
        return _place(*_transform(np.array([point]), *_system(crs))[0])
    except NotLoaded:
        return {}


def drawn_in_wgs84(shapes: Sequence[shapely.Geometry], crs: str | None) -> np.ndarray | None:
    """Shapes for a drawing, wherever they lie; None if that cannot be told."""
    try:
        system = _system(crs)
    except NotLoaded:
        return None
    moved = _transform(shapely.get_coordinates(shapes), *system)
    if not np.isfinite(moved).all():
        return None
    return shapely.set_coordinates(np.array(shapes, dtype=object), moved.round(6))


def _system(crs: str | None) -> tuple[SpatialReference, bool]:
    """The system, and whether its two numbers change places."""
    if crs in CHOICES:
        return SpatialReference(int(crs.removesuffix("-yx"))), crs.endswith("-yx")
    try:
        if epsg := _EPSG.fullmatch(crs or ""):
            return SpatialReference(int(epsg[1])), False
        if crs and _WKT.match(crs) and not any(word in crs for word in _FILES):
            return SpatialReference(crs, "wkt"), False
    except GDALException as fault:
        raise NotLoaded([problem("crs_unknown", crs=(crs or "")[:80])]) from fault
    raise NotLoaded([problem("crs_unknown", crs=(crs or "")[:80])])


def _transform(points: np.ndarray, system: SpatialReference, is_swapped: bool) -> np.ndarray:
    """n × 2 numbers to longitudes and latitudes; infinite where there are none."""
    ordered = points[:, ::-1] if is_swapped else points
    if not len(ordered):
        return ordered
    transform = CoordTransform(system, SpatialReference(4326))
    try:
        many = GEOSGeometry(memoryview(shapely.to_wkb(shapely.MultiPoint(ordered))))
        many.srid = 4326
        many.transform(transform)
        return shapely.get_coordinates(shapely.from_wkb(bytes(many.wkb)))
    except GDALException:
        # One that cannot be transformed spoils all of them.
        if len(ordered) == 1:
            return np.full((1, 2), np.inf)
        return np.vstack([_transform(ordered[[n]], system, False) for n in range(len(ordered))])


def _centres(areas: Sequence[shapely.Geometry]) -> np.ndarray:
    bounds = shapely.bounds(areas)
    return (bounds[:, :2] + bounds[:, 2:]) / 2


def _is_near(lon: float, lat: float) -> bool:
    west, south, east, north = settings.MAP_BOUNDS
    return west - _MARGIN <= lon <= east + _MARGIN and south - _MARGIN <= lat <= north + _MARGIN


def _elsewhere(given: np.ndarray, centres: np.ndarray, crs: str | None) -> dict:
    middle = np.median(given, axis=0)[None, :]
    fits = [
        code for code in CHOICES if code != crs and _is_near(*_transform(middle, *_system(code))[0])
    ]
    return problem("data_elsewhere", crs=crs, fits=fits, **_place(*np.median(centres, axis=0)))


def _place(lon: float, lat: float) -> dict[str, float]:
    if not (np.isfinite(lon) and np.isfinite(lat) and abs(lon) <= 360 and abs(lat) <= 90):
        return {}
    kilometres = round(roughly_metres_to_city(lon, lat) / 1000)
    return {"lon": round(float(lon), 5), "lat": round(float(lat), 5), "kilometres": kilometres}
