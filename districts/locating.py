"""Which district a point lies in. The one answer for the form, the API, staff and bulk work.

The work is done by SQL functions (migration ``0002_locate``) on the edition in force: whole
polygons for ``covers`` (measured against subdivided ones, see the ADR), single border segments in
EPSG:2180 for metres. No polygon is kept in a process, so no process can be stale.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.gis.geos import Point
from django.db import connection

from .errors import OutsideCity
from .models import District, Edition

WGS84 = 4326
COLUMNS = ("id", "edition_id", "code", "name", "borough")


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a point lies.

    ``metres_to_border``: to the nearest point of the district's own border. ``neighbour``: the
    district on the other side there; None where that is the city limit. The districts come without
    their geometries (deferred).
    """

    edition: Edition
    district: District
    metres_to_border: float
    neighbour: District | None


def locate(point: Point, *, edition: Edition | None = None) -> Placement:
    """The district that covers ``point`` (EPSG:4326), in ``edition`` or the one in force.

    A point on a border belongs to the district whose code comes first. One statement. Raises
    ``OutsideCity``; ``ValueError`` for what is no point (empty, not finite, 3-D, another CRS).
    """
    check_point(point)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM districts_locate(%s::float8, %s::float8, %s::bigint)",
            [point.x, point.y, edition.pk if edition else None],
        )
        row = cursor.fetchone()
    if row is None:
        raise OutsideCity(metres_to_city(point, edition))
    return placement(row)


def locate_many(points: Sequence[Point], *, edition: Edition | None = None) -> list[str | None]:
    """Codes of the districts of many points, None outside the city; by one statement."""
    for point in points:
        check_point(point)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code FROM districts_locate_many(%s::float8[], %s::float8[], %s::bigint)"
            " ORDER BY place_number",
            [[p.x for p in points], [p.y for p in points], edition.pk if edition else None],
        )
        return [code for (code,) in cursor.fetchall()]


def check_point(point: Point) -> None:
    if point.empty or point.hasz or point.srid != WGS84:
        raise ValueError("a 2-D point in EPSG:4326 is needed")
    if not (math.isfinite(point.x) and math.isfinite(point.y)):
        raise ValueError("coordinates must be finite")


def placement(row: tuple) -> Placement:
    edition = Edition.from_db("default", ("id", "code"), row[:2])
    own, other, metres = row[2:6], row[6:10], row[10]
    neighbour = district(edition, other) if other[0] is not None else None
    return Placement(edition, district(edition, own), metres, neighbour)


def district(edition: Edition, values: tuple) -> District:
    """A District without geometries."""
    pk, *words = values
    found = District.from_db("default", COLUMNS, (pk, edition.pk, *words))
    found.edition = edition
    return found


def metres_to_city(point: Point, edition: Edition | None = None) -> float:
    """Metres from a point outside to the city limit (geodesic, WGS 84)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT districts_metres_to_city(%s::float8, %s::float8, %s::bigint)",
            [point.x, point.y, edition.pk if edition else None],
        )
        return cursor.fetchone()[0]
