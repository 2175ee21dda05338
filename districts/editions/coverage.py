"""Checks that districts fit together: no overlap, no gap, no hole."""

from collections.abc import Sequence

import shapely


def check_coverage(polygons: Sequence[shapely.Polygon]) -> None:
    """``ValueError`` unless the polygons fit edge to edge and make one whole without holes.

    For GEOS, a coverage with a gap between neighbours is valid. The union of the polygons shows
    such a gap, so it is checked too.
    """
    if not all(polygon.is_valid for polygon in polygons):
        raise ValueError("a district touches or crosses itself")
    whole = shapely.union_all(polygons)
    if (
        not shapely.coverage_is_valid(polygons)
        or whole.geom_type != "Polygon"
        or len(whole.interiors)
    ):
        raise ValueError("the districts overlap or leave a gap")
