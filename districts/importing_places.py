"""Reads streets, crossings and places by name of an OpenStreetMap extract, and replaces those that
are there in one transaction.
"""

from dataclasses import asdict, astuple, dataclass
from pathlib import Path

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

from .address_rows import AddressFileError
from .gazetteer import street_key
from .locating import locate_rows
from .models import Crossing, NamedPlace, StreetLine
from .named_places import name_to_show, place_key
from .osm_places import read_named_places
from .osm_streets import CrossingPoint, read_streets

_INCOMING = """
DROP TABLE IF EXISTS pg_temp.incoming_street, pg_temp.incoming_crossing, pg_temp.incoming_place,
    pg_temp.heaped_place;
CREATE TEMPORARY TABLE incoming_street (
    id bigint GENERATED ALWAYS AS IDENTITY, name text, key text, shape geometry
) ON COMMIT DROP;
CREATE TEMPORARY TABLE incoming_crossing (
    id bigint GENERATED ALWAYS AS IDENTITY, street text, other text, street_key text,
    other_key text, shape geometry
) ON COMMIT DROP;
CREATE TEMPORARY TABLE incoming_place (
    id bigint GENERATED ALWAYS AS IDENTITY, kind text, name text, keys text[], shape geometry
) ON COMMIT DROP
"""
# Outlines are kept to two metres, which is more exact than they are drawn.
_PREPARE = """
UPDATE incoming_street SET shape = ST_SetSRID(shape, 4326);
UPDATE incoming_crossing SET shape = ST_SetSRID(shape, 4326);
UPDATE incoming_place
SET shape = ST_MakeValid(ST_SimplifyPreserveTopology(ST_SetSRID(shape, 4326), 2e-5))
"""
_TABLES = ("incoming_street", "incoming_crossing", "incoming_place")
# Points of one crossing lie up to 60 m apart: wide streets meet in several. Poles of one stop, and
# parts of one school, lie up to 200 m apart.
_EXCHANGE = """
DELETE FROM districts_streetline;
INSERT INTO districts_streetline (name, key, line)
SELECT name, min(key), ST_Multi(ST_LineMerge(ST_Collect(shape))) FROM incoming_street GROUP BY name;

DELETE FROM districts_crossing;
INSERT INTO districts_crossing (street, other, street_key, other_key, location)
SELECT street, other, min(street_key), min(other_key),
    ST_SnapToGrid(ST_Centroid(ST_Collect(shape)), 1e-6)
FROM (
    SELECT *, ST_ClusterDBSCAN(ST_Transform(shape, 2180), 60, 1)
        OVER (PARTITION BY street, other) AS heap
    FROM incoming_crossing
) points GROUP BY street, other, heap;

CREATE TEMPORARY TABLE heaped_place ON COMMIT DROP AS
SELECT *, ST_ClusterDBSCAN(ST_Transform(shape, 2180), 200, 1)
    OVER (PARTITION BY kind, name) AS heap
FROM incoming_place;
DELETE FROM districts_namedplace;
INSERT INTO districts_namedplace (name, key, kind, shape, location, reach)
SELECT name, key, kind, shape, location,
    ceil(ST_MaxDistance(ST_Transform(shape, 2180), ST_Transform(location, 2180)))
FROM (
    SELECT kind, name, heap, shape, ST_SnapToGrid(
        CASE WHEN ST_Dimension(shape) = 2 THEN ST_PointOnSurface(shape)
        ELSE ST_ClosestPoint(shape, ST_Centroid(shape)) END, 1e-6) AS location
    FROM (
        SELECT kind, name, heap, COALESCE(
            ST_Union(shape) FILTER (WHERE ST_Dimension(shape) = 2), ST_Union(shape)) AS shape
        FROM heaped_place GROUP BY kind, name, heap
    ) merged
) places
JOIN (SELECT DISTINCT kind, name, heap, unnest(keys) AS key FROM heaped_place) named
    USING (kind, name, heap);
ANALYZE districts_streetline, districts_crossing, districts_namedplace
"""
# An extract with fewer than this share of what was there is one of another region.
_LEAST_SHARE = 0.95


@dataclass(frozen=True, slots=True)
class PlaceCounts:
    streets: int
    crossings: int
    places: int


@transaction.atomic
def import_places(path: Path, *, accept_fewer: bool = False) -> PlaceCounts:
    """Replace streets, crossings and places by name with those of the extract ``path`` that lie in
    the city; returns how many there are then.

    Raises ``AddressFileError``, also if one of the three becomes fewer by more than 5 %, unless
    ``accept_fewer``. What was there stays in both cases.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE districts_namedplace IN SHARE ROW EXCLUSIVE MODE")
        before = _count()
        cursor.execute(_INCOMING)
        _copy_streets(cursor, path)
        _copy_named_places(cursor, path)
        cursor.execute(_PREPARE)
        for table in _TABLES:
            # Constants only; a point of each is located.
            source = f"SELECT id, ST_PointOnSurface(shape) AS place FROM {table}"  # noqa: S608
            outside = [pk for pk, code in locate_rows(source) if not code]
            cursor.execute(f"DELETE FROM {table} WHERE id = ANY(%s)", [outside])  # noqa: S608
        cursor.execute(_EXCHANGE)
    now = _count()
    is_fewer = any(
        new < _LEAST_SHARE * old for new, old in zip(astuple(now), astuple(before), strict=True)
    )
    if is_fewer and not accept_fewer:
        problem = _(
            "Plik ma ulic: %(streets)s, skrzyżowań: %(crossings)s, nazw miejsc: %(places)s; teraz"
            " jest ich %(old_streets)s, %(old_crossings)s i %(old_places)s. Nic nie zmieniliśmy."
        )
        old = {f"old_{name}": count for name, count in asdict(before).items()}
        raise AddressFileError(problem % (asdict(now) | old))
    return now


def _copy_streets(cursor: CursorWrapper, path: Path) -> None:
    """The crossings come when all streets have been read, and two COPYs cannot run at once."""
    points: list[CrossingPoint] = []
    with cursor.copy("COPY incoming_street (name, key, shape) FROM STDIN") as copy:
        for row in read_streets(path):
            if isinstance(row, CrossingPoint):
                points.append(row)
                continue
            corners = ", ".join(f"{lon} {lat}" for lon, lat in row.line)
            copy.write_row((row.name, street_key(row.name), f"LINESTRING({corners})"))
    columns = "street, other, street_key, other_key, shape"
    with cursor.copy(f"COPY incoming_crossing ({columns}) FROM STDIN") as copy:
        for street, other, (lon, lat) in points:
            keys = street_key(street), street_key(other)
            copy.write_row((street, other, *keys, f"POINT({lon} {lat})"))


def _copy_named_places(cursor: CursorWrapper, path: Path) -> None:
    with cursor.copy("COPY incoming_place (kind, name, keys, shape) FROM STDIN") as copy:
        for row in read_named_places(path):
            keys = list({key for name in row.names if (key := place_key(name))})
            copy.write_row((row.kind, name_to_show(row.kind, row.names[0]), keys, row.shape))


def _count() -> PlaceCounts:
    return PlaceCounts(
        StreetLine.objects.count(), Crossing.objects.count(), NamedPlace.objects.count()
    )
