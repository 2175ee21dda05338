"""A page of 1,000 points of the public map out of 1,000,000 reports, and what it costs a row.

One client, two web processes. The bare query is the same rows by one statement, without the portal.
"""

import statistics
import time

import psycopg
import requests

from benchmarks.machine import machine
from benchmarks.own_reports import fill
from benchmarks.reports import Client

TURNS = 40
BARE = """
SELECT r.reference, c.code, r.status, r.created_at, r.updated_at, ST_X(r.location), ST_Y(r.location)
FROM reports_report r JOIN catalogue_category c ON c.id = r.category_id
WHERE NOT r.is_hidden ORDER BY r.created_at DESC, r.id DESC LIMIT 1001
"""


def run() -> list[tuple[str, str, str]]:
    """Rows of (what, measured, target)."""
    with machine(web_processes=2) as portal:
        Client(portal.url).send()
        fill(portal)
        with requests.Session() as session:
            page = [_page_ms(session, portal.url) for _turn in range(5 + TURNS)][5:]
        with psycopg.connect(portal.dsn) as connection:
            bare = [_bare_ms(connection) for _turn in range(5 + TURNS)][5:]
    return [
        ("1,000 points of the public map: median", f"{statistics.median(page):.0f} ms", "≤ 30 ms"),
        ("the same rows by bare SQL: median", f"{statistics.median(bare):.1f} ms", "–"),
    ]


def _page_ms(session: requests.Session, url: str) -> float:
    start = time.perf_counter()
    answer = session.get(f"{url}/api/v1/reports/?limit=1000", timeout=60)
    took = (time.perf_counter() - start) * 1000
    assert len(answer.json()["features"]) == 1000
    return took


def _bare_ms(connection: psycopg.Connection) -> float:
    start = time.perf_counter()
    connection.execute(BARE).fetchall()
    return (time.perf_counter() - start) * 1000
