"""A first edition comes out of a file of districts: checked, completed, published."""

import itertools
import json
from collections import defaultdict
from datetime import date, datetime
from pathlib import Path

import shapely
from django.contrib.gis.geos import GEOSGeometry, LineString, MultiPolygon, Point
from django.db import transaction
from django.utils import timezone
from shapely.geometry import shape

from .flattening import to_metres, to_wgs84
from .models import Border, District, Edition

# Drawn outlines may lie this far from the real border (metres).
OUTLINE_TOLERANCE = 5
# Reports of the past were routed by the first edition.
BEGINNING = datetime(2020, 1, 1, tzinfo=timezone.get_default_timezone())


@transaction.atomic
def publish_file(path: Path) -> tuple[Edition, bool]:
    """The edition of a GeoJSON file (EPSG:4326) and whether this call made it.

    An edition of that code that exists already is left as it is.
    """
    collection = json.loads(path.read_text())
    if edition := Edition.objects.filter(code=collection["edition"]).first():
        return edition, False
    edition = Edition.objects.create(
        code=collection["edition"],
        in_force_from=BEGINNING,
        source=collection["source"],
        credit=collection["credit"],
        source_date=date.fromisoformat(collection["source_date"]),
    )
    districts = write_districts(edition, collection["features"])
    write_borders(edition, districts)
    edition.published_at = timezone.now()
    edition.save(update_fields=["published_at"])
    return edition, True


def write_districts(edition: Edition, features: list[dict]) -> list[District]:
    polygons = [shape(feature["geometry"]) for feature in features]
    if not shapely.coverage_is_valid(polygons):
        raise ValueError("the districts overlap or leave a gap")
    outlines = simplified(polygons)
    rows = [
        District(
            edition=edition,
            label_point=point(feature["properties"].pop("label_point")),
            boundary=multipolygon(polygon),
            outline=multipolygon(outline),
            **feature["properties"],
        )
        for feature, polygon, outline in zip(features, polygons, outlines, strict=True)
    ]
    return District.objects.bulk_create(rows)


def simplified(polygons: list[shapely.Polygon]) -> list[shapely.Polygon]:
    """The coverage with fewer vertices, shared borders kept, at most about 5 m off."""
    flat = [to_metres(polygon) for polygon in polygons]
    simple = shapely.coverage_simplify(flat, OUTLINE_TOLERANCE)
    return [shapely.transform(to_wgs84(polygon), lambda c: c.round(5)) for polygon in simple]


def multipolygon(polygon: shapely.Polygon) -> MultiPolygon:
    return MultiPolygon(GEOSGeometry(memoryview(shapely.to_wkb(polygon)), srid=4326), srid=4326)


def write_borders(edition: Edition, districts: list[District]) -> None:
    """Every straight piece of border once, with the districts on its two sides."""
    sides = defaultdict(list)
    for row in districts:
        for polygon in row.boundary.coords:
            for ring in polygon:
                for pair in itertools.pairwise(ring):
                    sides[tuple(sorted(pair))].append(row)
    Border.objects.bulk_create(
        [
            Border(edition=edition, left=owners[0], right=(*owners, None)[1], segment=line(ends))
            for ends, owners in sorted(sides.items(), key=lambda item: item[0])
        ]
    )


def line(ends: tuple) -> LineString:
    flat = to_metres(shapely.LineString(ends))
    return LineString(*flat.coords, srid=2180)


def point(position: list[float]) -> Point:
    lon, lat = position
    return Point(lon, lat, srid=4326)
