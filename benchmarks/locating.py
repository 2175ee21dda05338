"""Locating with the real districts: one point, and a million points by one statement.

A round trip is a prepared statement from one local connection; "in the database" is the time inside
a PL/pgSQL loop, without connection and driver. Locating does more than the bare query: it also
finds the edition in force, the metres to the border and the neighbour. Medians of alternating runs.
"""

import statistics
import time
from contextlib import contextmanager

import psycopg

from benchmarks.machine import Portal

POINTS, ONE_BY_ONE, REPEATS = 1_000_000, 3_000, 5
BARE = """
SELECT code FROM districts_district
WHERE edition_id = 1 AND ST_Covers(boundary, ST_SetSRID(ST_MakePoint({x}, {y}), 4326))
"""
LOCATE = "SELECT * FROM districts_locate({x}, {y}, NULL)"
JOIN = """
SELECT p.id, d.code FROM sample p
JOIN {table} d ON d.edition_id = 1 AND ST_Covers(d.{column}, p.place)
"""
PIECES = """
CREATE TABLE pieces AS
SELECT edition_id, code, ST_Subdivide(boundary, 64) AS piece FROM districts_district
"""
SAMPLE = """
CREATE TABLE sample AS
SELECT row_number() OVER () AS id, place FROM (
    SELECT (ST_Dump(ST_GeneratePoints(ST_Union(boundary), %(number)s, 7))).geom AS place
    FROM districts_district WHERE edition_id = 1
) inside ORDER BY random()
"""
LOOP = """
DO $$ DECLARE p record; begun timestamptz := clock_timestamp(); BEGIN
FOR p IN SELECT ST_X(place) AS x, ST_Y(place) AS y FROM sample LIMIT {number} LOOP
PERFORM {query}; END LOOP;
PERFORM set_config('bench.ms',
    (extract(epoch FROM clock_timestamp() - begun) * 1000 / {number})::text, false);
END $$
"""


def run() -> list[tuple[str, str, str]]:
    """Rows of (what, measured, target)."""
    with database() as connection:
        return one_point(connection) + many_points(connection)


@contextmanager
def database():
    """A connection to a new database with the districts and the sample; dropped afterwards."""
    portal = Portal(0)
    portal.create()
    try:
        with psycopg.connect(portal.dsn, autocommit=True) as connection:
            connection.execute(SAMPLE.replace("%(number)s", str(POINTS)))
            connection.execute(PIECES)
            connection.execute("CREATE INDEX ON pieces USING gist (piece)")
            connection.execute("VACUUM ANALYZE")
            yield connection
    finally:
        portal.drop()


def one_point(connection: psycopg.Connection) -> list[tuple[str, str, str]]:
    bare, ours = alternating(
        lambda: round_trip(connection, BARE), lambda: round_trip(connection, LOCATE)
    )
    bare_inside, ours_inside = alternating(
        lambda: inside(connection, BARE), lambda: inside(connection, LOCATE)
    )
    return [
        ("bare prepared ST_Covers, round trip", f"{bare:.3f} ms", "–"),
        ("locate, round trip", f"{ours:.3f} ms = {ours / bare:.2f}×", "≤ 1.5×"),
        ("bare ST_Covers, in the database", f"{bare_inside:.3f} ms", "–"),
        (
            "locate, in the database",
            f"{ours_inside:.3f} ms = {ours_inside / bare_inside:.1f}×",
            "–",
        ),
    ]


def many_points(connection: psycopg.Connection) -> list[tuple[str, str, str]]:
    many = our_statement()
    whole = JOIN.format(table="districts_district", column="boundary")
    bare, ours, pieces = alternating(
        lambda: seconds(connection, whole),
        lambda: seconds(connection, many),
        lambda: seconds(connection, JOIN.format(table="pieces", column="piece")),
    )
    return [
        (f"{POINTS:,} points, bare join, whole polygons", f"{bare:.2f} s", "–"),
        (
            f"{POINTS:,} points located by one statement",
            f"{ours:.2f} s = {ours / bare:.2f}×",
            "≤ 1.5×",
        ),
        (f"{POINTS:,} points, bare join, pieces of ≤ 64 vertices", f"{pieces:.2f} s", "–"),
    ]


def our_statement() -> str:
    """What ``locate_rows`` sends, for the edition in force."""
    import django

    django.setup()
    from districts.locating import LOCATE_ROWS

    return LOCATE_ROWS.format(source="SELECT id, place FROM sample").replace("%s", "NULL")


def alternating(*measures) -> list[float]:
    """The median of each; they take turns, so that a busy moment affects all of them."""
    rounds = [[measure() for measure in measures] for _round in range(REPEATS)]
    return [statistics.median(column) for column in zip(*rounds, strict=True)]


def round_trip(connection: psycopg.Connection, query: str) -> float:
    """Median milliseconds."""
    query = query.format(x="%s::float8", y="%s::float8")
    took = []
    for point in places(connection):
        begun = time.perf_counter()
        connection.execute(query, point, prepare=True).fetchall()
        took.append((time.perf_counter() - begun) * 1000)
    return statistics.median(took)


def places(connection: psycopg.Connection) -> list[tuple[float, float]]:
    query = f"SELECT ST_X(place), ST_Y(place) FROM sample LIMIT {ONE_BY_ONE}"
    return connection.execute(query).fetchall()


def inside(connection: psycopg.Connection, query: str) -> float:
    """Mean milliseconds."""
    body = query.format(x="p.x", y="p.y").strip().removeprefix("SELECT ")
    connection.execute(LOOP.format(number=ONE_BY_ONE, query=body))
    return float(connection.execute("SELECT current_setting('bench.ms')").fetchone()[0])


def seconds(connection: psycopg.Connection, query: str) -> float:
    begun = time.perf_counter()
    connection.execute(f"SELECT count(*), count(code) FROM ({query}) AS answer (id, code)")
    return time.perf_counter() - begun
