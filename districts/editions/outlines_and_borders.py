"""What follows from the boundaries of an edition: outlines for drawing, and borders in metres."""

from collections.abc import Sequence

import numpy as np
import shapely
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon
from django.db import connection

from districts.flattening import to_metres, to_wgs84
from districts.models import District, Edition

from .measuring import flatten

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
    simplified = shapely.coverage_simplify(flatten(polygons), _OUTLINE_TOLERANCE)
    drawn = shapely.get_parts(to_wgs84(shapely.GeometryCollection(list(simplified))))
    return list(shapely.transform(drawn, lambda corners: corners.round(6)))


def write_outlines(districts: Sequence[District]) -> None:
    """Write the outlines of ``districts``, which are simplified from their boundaries."""
    outlines = outlines_of([shapely.from_wkb(bytes(row.boundary.wkb)) for row in districts])
    shapes = [as_multipolygon(outline).hexewkb.decode() for outline in outlines]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE districts_district SET outline = given.shape::geometry"
            " FROM unnest(%s::bigint[], %s::text[]) AS given (id, shape)"
            " WHERE districts_district.id = given.id",
            [[row.pk for row in districts], shapes],
        )


def write_borders(edition: Edition, districts: Sequence[District]) -> None:
    """Write every straight piece of border once, with the districts on its two sides, in place of
    those that the edition has.
    """
    edition.borders.all().delete()
    polygons = [shapely.from_wkb(bytes(row.boundary.wkb)) for row in districts]
    parts, owners = shapely.get_parts(polygons, return_index=True)
    rings, ring_parts = shapely.get_rings(parts, return_index=True)
    lines, line_rings = _straight_lines(rings)
    # The same line, whichever way its two districts draw it.
    backwards = (lines[:, 0] > lines[:, 2]) | (
        (lines[:, 0] == lines[:, 2]) & (lines[:, 1] > lines[:, 3])
    )
    lines[backwards] = lines[backwards][:, [2, 3, 0, 1]]
    ends, first, which = np.unique(lines, axis=0, return_index=True, return_inverse=True)
    keys = np.array([row.pk for row in districts])[owners[ring_parts[line_rings]]]
    right = np.zeros(len(ends), dtype=np.int64)
    others = np.setdiff1d(np.arange(len(lines)), first)
    right[which.ravel()[others]] = keys[others]
    flat, of = _flatten(ends)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO districts_border (edition_id, left_id, right_id, segment)"
            " SELECT %s, a, nullif(b, 0),"
            " ST_SetSRID(ST_MakeLine(ST_MakePoint(x, y), ST_MakePoint(u, v)), 2180)"
            " FROM unnest(%s::bigint[], %s::bigint[], %s::float8[], %s::float8[], %s::float8[],"
            " %s::float8[]) AS line (a, b, x, y, u, v)",
            [edition.pk, keys[first][of].tolist(), right[of].tolist(), *flat.T.tolist()],
        )


def refresh_index(*, concurrently: bool) -> None:
    """Give the index of nearest borders and the planner fresh data, after many new rows.

    ``concurrently``: nobody who locates waits; not within a transaction.
    """
    word = "CONCURRENTLY" if concurrently else ""
    with connection.cursor() as cursor:
        cursor.execute(f"REINDEX INDEX {word} districts_border_segment_4617ad91_id")
        cursor.execute("ANALYZE districts_edition, districts_district, districts_border")


def _flatten(ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Straight lines in EPSG:2180 for those in degrees (rows of x, y, x, y); of which row each is.

    A line that is straight in degrees bends on the plane (by 5 cm on 1.3 km), so long ones are cut
    into pieces. One call transforms all of them.
    """
    lines = shapely.segmentize(shapely.linestrings(ends.reshape(-1, 2, 2)), _LONGEST_PIECE)
    return _straight_lines(shapely.get_parts(to_metres(shapely.MultiLineString(list(lines)))))


def _straight_lines(lines: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """From vertex to vertex of all ``lines``: rows of x, y, x, y; and of which line each is."""
    corners, of = shapely.get_coordinates(lines, return_index=True)
    straight = np.hstack([corners[:-1], corners[1:]])
    is_one = (of[:-1] == of[1:]) & (corners[:-1] != corners[1:]).any(axis=1)
    return straight[is_one], of[:-1][is_one]
