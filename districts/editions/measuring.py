"""Sizes of geometries of EPSG:4326 in metres of EPSG:2180, many by one call."""

from collections.abc import Sequence

import numpy as np
import shapely

from districts.flattening import to_metres


def flatten(geometries: Sequence[shapely.Geometry]) -> np.ndarray:
    """The same geometries in EPSG:2180."""
    if not len(geometries):
        return np.array([], dtype=object)
    return shapely.get_parts(to_metres(shapely.GeometryCollection(list(geometries))))


def square_metres(geometries: Sequence[shapely.Geometry]) -> np.ndarray:
    return shapely.area(flatten(geometries))


def metres(geometries: Sequence[shapely.Geometry]) -> np.ndarray:
    return shapely.length(flatten(geometries))


def polygons_of(geometry: shapely.Geometry) -> list[shapely.Polygon]:
    """The polygons among the parts of a geometry, without those of no area."""
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return [part for part in parts if isinstance(part, shapely.Polygon) and part.area > 0]


def made_valid(polygon: shapely.Geometry) -> shapely.Polygon | shapely.MultiPolygon:
    """What is valid stays the very same; else the ground that the rings enclose."""
    if polygon.is_valid:
        return polygon
    parts = polygons_of(shapely.make_valid(polygon, method="structure", keep_collapsed=False))
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
