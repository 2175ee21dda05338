"""Which district a point lies in: one answer for the form, the API, staff and bulk work.

PostgreSQL does the work (migration ``0004_locate_without_gaps``) on the edition in force: whole
polygons for ``covers`` (measured against subdivided ones, see docs/adr/0005-locating.md), straight
border segments in EPSG:2180 for metres. No process keeps a polygon, so none can be stale.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.gis.geos import Point
from django.db import connection

from .errors import NoEdition, OutsideCity, OutsideLayer
from .models import OSIEDLA, District, Edition
from .neighbourhood import is_near_city, roughly_metres_to_city

_WGS84 = 4326
_COLUMNS = ("id", "edition_id", "code", "name", "borough")
# A join, with the first code for each row, because subqueries would keep PostgreSQL from working in
# parallel. Rows that no district covers are tried again within rounding, as ``districts_locate``
# does.
LOCATE_ROWS = """
WITH rows AS NOT MATERIALIZED ({source}),
asked AS MATERIALIZED (SELECT COALESCE(%s::bigint, districts_edition_in_force()) AS edition)
SELECT covered.id, COALESCE(covered.code, (
    SELECT min(d.code COLLATE "C") FROM districts_district d
    WHERE d.edition_id = (SELECT edition FROM asked)
    AND ST_DWithin(d.boundary, ST_SetSRID(ST_MakePoint(covered.lon, covered.lat), 4326), 1e-9)))
FROM (
    SELECT rows.id, min(ST_X(rows.place)) AS lon, min(ST_Y(rows.place)) AS lat,
        min(d.code COLLATE "C") AS code
    FROM rows LEFT JOIN districts_district d
        ON d.edition_id = (SELECT edition FROM asked) AND ST_Covers(d.boundary, rows.place)
    GROUP BY rows.id
) covered
"""


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


def locate(
    point: Point,
    *,
    at: datetime | None = None,
    layer: str = OSIEDLA,
    edition: Edition | None = None,
) -> Placement:
    """The district of ``layer`` that covers ``point`` (EPSG:4326), by the edition in force now or
    at ``at``, or by ``edition``.

    A point on a border belongs to the district whose code comes first. One statement. Raises
    ``OutsideCity``; ``OutsideLayer`` in a layer that need not cover the city;
    ``NoEdition`` if none was in force; ``ValueError`` for a point that is empty, not
    finite, 3-D or in another CRS.
    """
    _check_point(point)
    if not is_near_city(point.x, point.y):
        raise OutsideCity(roughly_metres_to_city(point.x, point.y))
    asked = "%s::bigint"
    values: list[int | str | datetime | None] = [edition.pk if edition else None]
    if edition is None and (at is not None or layer != OSIEDLA):
        # No edition has the number 0: then there is none to ask.
        asked = "COALESCE(districts_edition_in_force(%s, COALESCE(%s, now())), 0)"
        values = [layer, at]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM districts_locate(%s::float8, %s::float8, {asked})",  # noqa: S608
            [point.x, point.y, *values],
        )
        row = cursor.fetchone()
    if row[0] is None:
        raise NoEdition
    if row[2] is None:
        raise OutsideCity(row[10]) if layer == OSIEDLA else OutsideLayer(row[10])
    found = Edition.from_db("default", ("id", "code"), row[:2])
    own, other, metres = row[2:6], row[6:10], row[10]
    neighbour = _district_of(found, other) if other[0] is not None else None
    return Placement(found, _district_of(found, own), metres, neighbour)


def find_region(point: Point, layer: str, *, at: datetime | None = None) -> District | None:
    """The region of ``layer`` that covers ``point`` (EPSG:4326) by its edition in force, now or at
    ``at``; None where it does not reach, or if the layer had no edition yet. Raises ``ValueError``
    as ``locate`` does.
    """
    try:
        return locate(point, at=at, layer=layer).district
    except (OutsideCity, OutsideLayer, NoEdition):
        return None


def locate_many(points: Sequence[Point], *, edition: Edition | None = None) -> list[str | None]:
    """Codes of the districts of many points (EPSG:4326), None outside the city; one statement."""
    for point in points:
        _check_point(point)
    near = [point for point in points if is_near_city(point.x, point.y)]
    found = locate_rows(
        "SELECT number AS id, ST_SetSRID(ST_MakePoint(lon, lat), 4326) AS place"
        " FROM unnest(%s::float8[], %s::float8[]) WITH ORDINALITY AS given (lon, lat, number)",
        [[point.x for point in near], [point.y for point in near]],
        edition=edition,
    )
    codes = {id(near[number - 1]): code for number, code in found}
    return [codes.get(id(point)) for point in points]


def locate_rows(
    source: str, params: Sequence = (), *, edition: Edition | None = None
) -> list[tuple[int, str | None]]:
    """(id, code) of the rows of ``source``: a SELECT of ``id`` and ``place`` (point, EPSG:4326).

    It gives the same answer as ``locate``, by one statement that PostgreSQL may run in parallel.
    ``source`` becomes part of the statement, so it must never come from a user.
    """
    with connection.cursor() as cursor:
        pk = edition.pk if edition else None
        cursor.execute(LOCATE_ROWS.format(source=source), [*params, pk])
        return cursor.fetchall()


def _check_point(point: Point) -> None:
    if point.empty or point.hasz or point.srid != _WGS84:
        raise ValueError("a 2-D point in EPSG:4326 is needed")
    # A comparison with NaN is false, so this refuses coordinates that are not finite too.
    if not (abs(point.x) <= 180 and abs(point.y) <= 90):
        raise ValueError("coordinates must be finite degrees")


def _district_of(edition: Edition, values: tuple) -> District:
    """A District without geometries; ``values``: its id, code, name and borough."""
    pk, *words = values
    district = District.from_db("default", _COLUMNS, (pk, edition.pk, *words))
    district.edition = edition
    return district
