"""Sending reports through the API, with the worker running: throughput, latency, backlog.

Two web processes and four clients on the same machine as database and worker.
"""

import json
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import psycopg.sql
from psycopg.types.json import Jsonb

from benchmarks.machine import machine

CLIENTS = 4
SECONDS = 20
STEADY_RATE = 50
STEADY_SECONDS = 60
_HEADERS = {"Content-Type": "application/json", "Accept": "application/json"}


def run() -> list[tuple[str, str, str]]:
    """Rows of (what, measured, target)."""
    with machine(web_processes=2) as portal:
        warm_up(portal)
        alone = one_after_another(portal, number=200)
        bare = bare_sql(portal, number=200)
        latencies, rate = flat_out(portal)
        backlog = steady(portal)
    return [
        ("POST /api/v1/reports/, 4 clients: rate", f"{rate:.0f}/s", "≥ 100/s"),
        ("POST /api/v1/reports/, 4 clients: p95", f"{p95(latencies):.1f} ms", "≤ 60 ms"),
        ("one client: median", f"{statistics.median(alone):.1f} ms", "–"),
        ("the same rows by bare SQL: median", f"{statistics.median(bare):.1f} ms", "–"),
        (
            "ratio to bare SQL, one client",
            f"{statistics.median(alone) / statistics.median(bare):.1f}×",
            "≤ 4×",
        ),
        (f"owed 10 s after {STEADY_SECONDS} s at {STEADY_RATE}/s", str(backlog), "0"),
    ]


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def body() -> dict:
    # Spread over the middle of the city, so that many districts and rules are used.
    spread = uuid4().int
    lon, lat = 19.41 + spread % 1000 / 12_000, 51.74 + spread // 1000 % 1000 / 20_000
    return {
        "submission_id": str(uuid4()),
        "category": "dziura-w-jezdni",
        "description": "Głęboka dziura przy przejściu dla pieszych, trudno ją ominąć.",
        "location": {"type": "Point", "coordinates": [lon, lat]},
    }


class Client:
    """One kept connection to the portal. ``requests`` would need half as long as the portal itself,
    on the same processors.
    """

    def __init__(self, url: str) -> None:
        self._connection = HTTPConnection(urlsplit(url).netloc, timeout=30)

    def send(self) -> float:
        """Send a report; returns the milliseconds until it is accepted."""
        values = json.dumps(body())
        start = time.perf_counter()
        self._connection.request("POST", "/api/v1/reports/", values, _HEADERS)
        answer = self._connection.getresponse()
        text = answer.read()
        took = (time.perf_counter() - start) * 1000
        assert answer.status == 201, text
        self.answer = json.loads(text)
        return took


def warm_up(portal) -> None:
    one_after_another(portal, number=40)


def one_after_another(portal, *, number: int) -> list[float]:
    client = Client(portal.url)
    return [client.send() for _number in range(number)]


def flat_out(portal, *, seconds: float = SECONDS) -> tuple[list[float], float]:
    """Four clients, each of which sends a report as soon as its last one is answered."""
    end = time.perf_counter() + seconds

    def send_on(_number: int) -> list[float]:
        client, latencies = Client(portal.url), []
        while time.perf_counter() < end:
            latencies.append(client.send())
        return latencies

    with ThreadPoolExecutor(CLIENTS) as pool:
        latencies = [
            took for took_by_one in pool.map(send_on, range(CLIENTS)) for took in took_by_one
        ]
    return latencies, len(latencies) / seconds


def steady(portal) -> int:
    """How many dispatches are owed ten seconds after a minute of reports at a steady rate."""
    pause = CLIENTS / STEADY_RATE

    def send_steadily(_number: int) -> None:
        begin, client = time.perf_counter(), Client(portal.url)
        for turn in range(int(STEADY_SECONDS / pause)):
            time.sleep(max(0, begin + turn * pause - time.perf_counter()))
            client.send()

    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(send_steadily, range(CLIENTS)))
    time.sleep(10)
    return portal.scalar("SELECT count(*) FROM reports_dispatch WHERE state = 'owed'")


def literal(value) -> psycopg.sql.Literal:
    """The literal of a column's value; a dictionary or a list comes from a JSON column."""
    return psycopg.sql.Literal(Jsonb(value) if isinstance(value, dict | list) else value)


def bare_sql(portal, *, number: int) -> list[float]:
    """Milliseconds of writing copies of one report's rows, one transaction a report."""
    with psycopg.connect(portal.dsn) as connection:
        insert_report = copying(
            connection,
            "reports_report",
            reference="substr(md5(random()::text), 1, 11)",
            submission_id="gen_random_uuid()",
        )
        followers = [
            copying(connection, "reports_statuschange", report_id="%(report)s"),
            copying(connection, "reports_assignment", report_id="%(report)s"),
        ]
        dispatch = copying(
            connection, "reports_dispatch", report_id="%(report)s", assignment_id="%(assignment)s"
        )
        connection.commit()
        return [one_by_sql(connection, insert_report, followers, dispatch) for _n in range(number)]


def copying(connection: psycopg.Connection, table: str, **changed: str) -> str:
    """An INSERT of a copy of the table's first row, with some columns changed."""
    columns = [
        name
        for (name,) in connection.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table]
        )
        if name != "id"
    ]
    first = connection.execute(f"SELECT {', '.join(columns)} FROM {table} LIMIT 1").fetchone()
    values = [
        changed.get(name) or literal(value).as_string(connection).replace("%", "%%")
        for name, value in zip(columns, first, strict=True)
    ]
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(values)}) RETURNING id"


def one_by_sql(connection, insert_report: str, followers: list[str], dispatch: str) -> float:
    start = time.perf_counter()
    ids = {"report": connection.execute(insert_report).fetchone()[0]}
    for follower in followers:
        ids["assignment"] = connection.execute(follower, ids).fetchone()[0]
    connection.execute(dispatch, ids)
    connection.commit()
    return (time.perf_counter() - start) * 1000
