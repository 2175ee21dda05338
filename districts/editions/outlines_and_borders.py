"""What follows from the boundaries of an edition: outlines for drawing, and borders in metres."""

import itertools
from collections import defaultdict
from collections.abc import Sequence

import shapely
from django.contrib.gis.geos import GEOSGeometry, LineString, MultiPolygon
from django.db import connection

from districts.flattening import to_metres, to_wgs84
from districts.models import Border, District, Edition

# Simplified outlines may lie this far from the real border (metres).
_OUTLINE_TOLERANCE = 5
# The longest piece of a border segment, in degrees (about 100 m).
_LONGEST_PIECE = 0.001


def as_multipolygon(polygon: shapely.Polygon | shapely.MultiPolygon) -> MultiPolygon:
    """EPSG:4326."""
    geometry = GEOSGeometry(memoryview(shapely.to_wkb(polygon)), srid=4326)
    return geometry if isinstance(geometry, MultiPolygon) else MultiPolygon(geometry, srid=4326)


def outlines_of(polygons: Sequence[shapely.Geometry]) -> list[shapely.Geometry]:
    """The same coverage (EPSG:4326) with fewer vertices; shared borders stay shared."""
    flat = [to_metres(polygon) for polygon in polygons]
    simplified = shapely.coverage_simplify(flat, _OUTLINE_TOLERANCE)
    return [shapely.transform(to_wgs84(polygon), lambda c: c.round(6)) for polygon in simplified]


def write_borders(edition: Edition, districts: Sequence[District]) -> None:
    """Write every straight piece of border once, with the districts on its two sides, in place of
    those that the edition has.
    """
    edition.borders.all().delete()
    sides = defaultdict(list)
    for row in districts:
        for polygon in row.boundary.coords:
            for ring in polygon:
                for start, end in itertools.pairwise(ring):
                    if start != end:
                        sides[min(start, end), max(start, end)].append(row)
    ends = sorted(sides)
    Border.objects.bulk_create(
        [
            Border(
                edition=edition, left=sides[pair][0], right=(*sides[pair], None)[1], segment=line
            )
            for pair, lines in zip(ends, _flatten(ends), strict=True)
            for line in lines
        ]
    )


def refresh_index(*, concurrently: bool) -> None:
    """Give the index of nearest borders and the planner fresh data, after many new rows.

    ``concurrently``: nobody who locates waits; not within a transaction.
    """
    word = "CONCURRENTLY" if concurrently else ""
    with connection.cursor() as cursor:
        cursor.execute(f"REINDEX INDEX {word} districts_border_segment_4617ad91_id")
        cursor.execute("ANALYZE districts_edition, districts_district, districts_border")


def _flatten(ends: list[tuple]) -> list[list[LineString]]:
    """For each pair of ends (degrees), the straight line between them as lines of EPSG:2180.

    A line that is straight in degrees bends on the plane (by 5 cm on 1.3 km), so long ones are cut
    into pieces. One call transforms all of them.
    """
    lines = [shapely.segmentize(shapely.LineString(pair), _LONGEST_PIECE) for pair in ends]
    flat = to_metres(shapely.MultiLineString(lines))
    return [
        [LineString(*pair, srid=2180) for pair in itertools.pairwise(line.coords)]
        for line in flat.geoms
    ]
