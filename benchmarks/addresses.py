"""Suggestions for an address through the API, with 500,000 addresses in 17,000 streets.

The city's own addresses eight times, in streets of different names. One client, two web processes;
the texts are beginnings of streets, whole addresses, and addresses with a typing error.
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


def run() -> list[tuple[str, str, str]]:
    """Rows of (what, measured, target)."""
    with machine(web_processes=2) as portal:
        with psycopg.connect(portal.dsn, autocommit=True) as connection:
            connection.execute(GROW.format(copies=COPIES))
            connection.execute(STREETS)
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
    """A third each: beginnings of streets, addresses, and addresses with a missing letter."""
    dice = random.Random(7)
    rows = connection.execute(
        "SELECT street, number FROM districts_address TABLESAMPLE BERNOULLI (1) REPEATABLE (7)"
    ).fetchall()
    return [(begun, whole, slipped)[turn % 3](dice, *dice.choice(rows)) for turn in range(ASKED)]


def begun(dice: random.Random, street: str, _number: str) -> str:
    return street[: dice.randint(2, 8)]


def whole(_dice: random.Random, street: str, number: str) -> str:
    return f"{street} {number}"


def slipped(dice: random.Random, street: str, number: str) -> str:
    place = dice.randrange(1, max(2, len(street) - 1))
    return f"{street[:place]}{street[place + 1 :]} {number}"


def milliseconds(url: str, text: str) -> float:
    start = time.perf_counter()
    answer = requests.get(f"{url}/api/v1/addresses/", {"q": text}, timeout=30)
    assert answer.ok, answer.text
    return (time.perf_counter() - start) * 1000
