"""Publishes editions of boundaries from files of districts."""

import itertools
import json
from collections import defaultdict
from datetime import date, datetime
from pathlib import Path

import shapely
from django.contrib.gis.geos import GEOSGeometry, LineString, MultiPolygon, Point
from django.db import connection, transaction
from django.utils import timezone
from shapely.geometry import shape

from districts.flattening import to_metres, to_wgs84
from districts.models import Border, District, Edition

from .coverage import check_coverage

# Simplified outlines may lie this far from the real border (metres).
_OUTLINE_TOLERANCE = 5
# The longest piece of a border segment, in degrees (about 100 m).
_LONGEST_PIECE = 0.001
# The first edition also holds for all reports of the past, so it is in force from this day.
_BEGINNING = datetime(2020, 1, 1, tzinfo=timezone.get_default_timezone())


class EditionDiffers(Exception):
    """The file differs from the published edition of its code; a change needs a new edition."""


@transaction.atomic
def publish_edition(path: Path) -> tuple[Edition, bool]:
    """The edition of a GeoJSON file (EPSG:4326), and whether this call made it.

    The first edition is in force from ``_BEGINNING``, a later one from the moment of this call. An
    edition of that code that exists already stays as it is; ``EditionDiffers`` if the file differs
    from it. ``ValueError`` if the districts overlap or leave a gap.
    """
    collection = json.loads(path.read_text())
    if edition := Edition.objects.filter(code=collection["edition"]).first():
        _check_same(edition, collection["features"])
        return edition, False
    is_first = not Edition.objects.filter(published_at__isnull=False).exists()
    edition = Edition.objects.create(
        code=collection["edition"],
        in_force_from=_BEGINNING if is_first else timezone.now(),
        source=collection["source"],
        credit=collection["credit"],
        source_date=date.fromisoformat(collection["source_date"]),
    )
    districts = _write_districts(edition, collection["features"])
    _write_borders(edition, districts)
    edition.published_at = timezone.now()
    edition.save(update_fields=["published_at"])
    # After so many new rows, the index of nearest borders and the planner need fresh data.
    with connection.cursor() as cursor:
        cursor.execute("REINDEX INDEX districts_border_segment_4617ad91_id")
        cursor.execute("ANALYZE districts_edition, districts_district, districts_border")
    return edition, True


def _check_same(edition: Edition, features: list[dict]) -> None:
    stored = {row.code: row for row in edition.districts.defer("outline", "label_point")}
    same = len(features) == len(stored) and all(
        (row := stored.get(feature["properties"]["code"]))
        and row.name == feature["properties"]["name"]
        and row.borough == feature["properties"]["borough"]
        and row.boundary.equals(_as_multipolygon(shape(feature["geometry"])))
        for feature in features
    )
    if not same:
        raise EditionDiffers(f"edition {edition} is published; give the new boundaries a new code")


def _write_districts(edition: Edition, features: list[dict]) -> list[District]:
    polygons = [shape(feature["geometry"]) for feature in features]
    check_coverage(polygons)
    # Outlines are the same coverage with fewer vertices; shared borders stay shared.
    flat = [to_metres(polygon) for polygon in polygons]
    simplified = shapely.coverage_simplify(flat, _OUTLINE_TOLERANCE)
    outlines = [
        shapely.transform(to_wgs84(polygon), lambda c: c.round(6)) for polygon in simplified
    ]
    rows = [
        District(
            edition=edition,
            label_point=Point(feature["properties"].pop("label_point"), srid=4326),
            boundary=_as_multipolygon(polygon),
            outline=_as_multipolygon(outline),
            **feature["properties"],
        )
        for feature, polygon, outline in zip(features, polygons, outlines, strict=True)
    ]
    return District.objects.bulk_create(rows)


def _as_multipolygon(polygon: shapely.Polygon) -> MultiPolygon:
    """EPSG:4326."""
    return MultiPolygon(GEOSGeometry(memoryview(shapely.to_wkb(polygon)), srid=4326), srid=4326)


def _write_borders(edition: Edition, districts: list[District]) -> None:
    """Write every straight piece of border once, with the districts on its two sides."""
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
