"""Between EPSG:4326 (degrees, longitude first) and EPSG:2180 (PL-1992, metres), by PROJ."""

import shapely
from django.contrib.gis.geos import GEOSGeometry

WGS84, PL1992 = 4326, 2180


def to_metres(geometry: shapely.Geometry) -> shapely.Geometry:
    return transformed(geometry, WGS84, PL1992)


def to_wgs84(geometry: shapely.Geometry) -> shapely.Geometry:
    return transformed(geometry, PL1992, WGS84)


def transformed(geometry: shapely.Geometry, source: int, target: int) -> shapely.Geometry:
    moved = GEOSGeometry(memoryview(shapely.to_wkb(geometry)), srid=source)
    moved.transform(target)
    return shapely.from_wkb(bytes(moved.wkb))
