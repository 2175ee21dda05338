"""The front page over 1,000,000 reports, and what changed near a place.

One client without an account, two web processes; the numbers come from the summary of the map.
"""

import statistics
import time

import requests

from benchmarks.machine import machine
from benchmarks.own_reports import REPORTS, fill
from benchmarks.reports import Client

TURNS = 200
PAGES = {
    "front page": ("/", "≤ 30 ms"),
    "what changed near a place": ("/w-poblizu/?place=51.765,19.457", "≤ 50 ms"),
}


def run() -> list[tuple[str, str, str]]:
    """Rows of (what, measured, target)."""
    with machine(web_processes=2) as portal:
        portal.python("manage.py", "load_pages").wait()
        Client(portal.url).send()
        empty = p95(portal.url, "/")
        fill(portal)
        rows = [
            (f"{name}, {REPORTS:,} reports: median, p95", p95(portal.url, path), target)
            for name, (path, target) in PAGES.items()
        ]
    return [
        ("front page, one report: median, p95", empty, "–"),
        *rows,
    ]


def p95(url: str, path: str) -> str:
    with requests.Session() as session:
        took = [milliseconds(session, url + path) for _turn in range(20 + TURNS)][20:]
    return f"{statistics.median(took):.0f} ms, p95 {statistics.quantiles(took, n=20)[-1]:.0f} ms"


def milliseconds(session: requests.Session, address: str) -> float:
    start = time.perf_counter()
    answer = session.get(address, timeout=60)
    took = (time.perf_counter() - start) * 1000
    assert answer.ok, answer.text
    return took
