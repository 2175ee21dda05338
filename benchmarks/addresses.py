"""Suggestions for an address through the API, with 500,000 addresses in 17,000 streets.

The city's own addresses eight times, in streets of different names, with 3,000 streets that have
10,000 crossings, and 5,000 places by name. One client, two web processes; the texts are beginnings
of streets, whole addresses, addresses with a typing error, crossings (half of them with a typing
error) and names of places.
"""

import random
import statistics
import time

import psycopg
import requests

from benchmarks.machine import machine

COPIES, ASKED = 7, 400
GROW = """
INSERT INTO districts_address
    (street, number, street_key, number_key, district_code, location)
SELECT street || ' ' || copy, number, street_key || ' ' || substr(md5(copy::text), 1, 5),
    number_key, district_code, location
FROM districts_address, generate_series(2, 1 + {copies}) AS copy
"""
STREETS = """
INSERT INTO districts_street (key, name)
SELECT min(street_key), street FROM districts_address GROUP BY street ON CONFLICT DO NOTHING
"""
# Each of 3,000 streets crosses a few of the next, at places of addresses.
CROSSINGS = """
INSERT INTO districts_streetline (name, key, line)
SELECT name, key, ST_Multi(ST_MakeLine(place, ST_Translate(place, 0.01, 0)))
FROM (SELECT name, key, ST_SetSRID(ST_MakePoint(19.4 + random() / 10, 51.75), 4326) AS place
    FROM districts_street ORDER BY md5(name) LIMIT 3000) streets;
INSERT INTO districts_crossing (street, other, street_key, other_key, location)
SELECT LEAST(a.name, b.name), GREATEST(a.name, b.name), CASE WHEN a.name < b.name THEN a.key
    ELSE b.key END, CASE WHEN a.name < b.name THEN b.key ELSE a.key END, ST_StartPoint(
    ST_GeometryN(a.line, 1))
FROM (SELECT *, row_number() OVER (ORDER BY md5(name)) AS place FROM districts_streetline) a
JOIN (SELECT *, row_number() OVER (ORDER BY md5(name)) AS place FROM districts_streetline) b
    ON b.place - a.place IN (1, 2, 7) OR (b.place - a.place = 30 AND a.place % 3 = 0)
"""
PLACES = """
INSERT INTO districts_namedplace (name, key, kind, shape, location, reach)
SELECT 'Szkoła ' || name || ' ' || copy, key || ' ' || copy, 'school', place, place, 0
FROM (SELECT name, key, ST_SetSRID(ST_MakePoint(19.4 + random() / 10, 51.75), 4326) AS place
    FROM districts_street ORDER BY md5(name) DESC LIMIT 1000) streets, generate_series(1, 5) AS copy
"""


def run() -> list[tuple[str, str, str]]:
    """Rows of (what, measured, target)."""
    with machine(web_processes=2) as portal:
        with psycopg.connect(portal.dsn, autocommit=True) as connection:
            connection.execute(GROW.format(copies=COPIES))
            connection.execute(STREETS)
            connection.execute(CROSSINGS)
            connection.execute(PLACES)
            connection.execute("VACUUM ANALYZE")
            (number,) = connection.execute("SELECT count(*) FROM districts_address").fetchone()
            asked = typed(connection)
        took = [milliseconds(portal.url, text) for text in asked[:40] + asked][40:]
    return [
        (
            f"suggestions among {number:,} addresses: median",
            f"{statistics.median(took):.1f} ms",
            "–",
        ),
        ("the same: p95", f"{statistics.quantiles(took, n=20)[-1]:.1f} ms", "≤ 30 ms"),
    ]


def typed(connection: psycopg.Connection) -> list[str]:
    """A fifth each: beginnings of streets, addresses, addresses with a missing letter, crossings,
    and names of places.
    """
    dice = random.Random(7)
    rows = connection.execute(
        "SELECT street, number FROM districts_address TABLESAMPLE BERNOULLI (1) REPEATABLE (7)"
    ).fetchall()
    crossings = connection.execute("SELECT street, other FROM districts_crossing").fetchall()
    places = connection.execute("SELECT name, '' FROM districts_namedplace").fetchall()
    kinds = [(begun, rows), (whole, rows), (slipped, rows), (crossed, crossings), (named, places)]
    return [
        write(dice, *dice.choice(source))
        for write, source in (kinds[turn % len(kinds)] for turn in range(ASKED))
    ]


def begun(dice: random.Random, street: str, _number: str) -> str:
    return street[: dice.randint(2, 8)]


def whole(_dice: random.Random, street: str, number: str) -> str:
    return f"{street} {number}"


def slipped(dice: random.Random, street: str, number: str) -> str:
    place = dice.randrange(1, max(2, len(street) - 1))
    return f"{street[:place]}{street[place + 1 :]} {number}"


def crossed(dice: random.Random, street: str, other: str) -> str:
    slip = dice.choice([slipped, whole])
    return f"{street} / {slip(dice, other, '')}"


def named(dice: random.Random, name: str, _nothing: str) -> str:
    return name[: dice.randint(8, 30)]


def milliseconds(url: str, text: str) -> float:
    start = time.perf_counter()
    answer = requests.get(f"{url}/api/v1/addresses/", {"q": text}, timeout=30)
    assert answer.ok, answer.text
    return (time.perf_counter() - start) * 1000
