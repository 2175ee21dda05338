"""From EPSG:4326 (degrees, longitude first) to EPSG:2180 (PL-1992, metres) and back, by PROJ."""

import shapely
from django.contrib.gis.geos import GEOSGeometry

_WGS84, _PL1992 = 4326, 2180


def to_metres(geometry: shapely.Geometry) -> shapely.Geometry:
    return _reproject(geometry, _WGS84, _PL1992)


def to_wgs84(geometry: shapely.Geometry) -> shapely.Geometry:
    return _reproject(geometry, _PL1992, _WGS84)


def _reproject(geometry: shapely.Geometry, source: int, target: int) -> shapely.Geometry:
    moved = GEOSGeometry(memoryview(shapely.to_wkb(geometry)), srid=source)
    moved.transform(target)
    return shapely.from_wkb(bytes(moved.wkb))
