"""Pages for everybody, read by people who are not logged in, from two web processes.

Four clients on the same machine, each with one kept connection, as browsers that take gzip. "Known"
asks with the tag of the page that the browser has already.
"""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urlsplit

from benchmarks.machine import machine
from benchmarks.pages import sent_report
from benchmarks.reports import p95

CLIENTS, SECONDS = 4, 2
PAGES = {
    "home": "/",
    "status": "/status/",
    "rules": "/regulamin/",
    "news": "/aktualnosci/",
    "questions": "/faq/",
    "annex": "/zalacznik/",
    "map": "/mapa/",
    "procedures": "/procedury/",
}
_HEADERS = {"Accept": "text/html", "Accept-Encoding": "gzip", "Accept-Language": "pl"}


def run() -> list[tuple[str, str, str]]:
    """Rows of (what, measured, target)."""
    with machine(web_processes=2) as portal:
        for _number in range(8):
            sent_report(portal.url)
        portal.python("manage.py", "load_pages").wait()
        there = [name for name in PAGES if _ask(portal.url, PAGES[name])[0] == 200]
        rows = [row for name in there for row in measured(portal.url, name)]
    return [*rows, ("load of the machine at the end, 1 min", f"{os.getloadavg()[0]:.1f}", "–")]


def measured(url: str, name: str) -> list[tuple[str, str, str]]:
    path = PAGES[name]
    _status, tag = _ask(url, path)
    new, known = flat_out(url, path, {}), flat_out(url, path, {"If-None-Match": tag})
    return [
        (f"{name}: rate", f"{len(new) / SECONDS:.0f}/s", "≥ 300/s"),
        (f"{name}: p95", f"{p95(new):.1f} ms", "≤ 50 ms"),
        (f"{name}, known: rate", f"{len(known) / SECONDS:.0f}/s", "–"),
    ]


def flat_out(url: str, path: str, headers: dict[str, str]) -> list[float]:
    """Milliseconds of each answer that all clients get in ``SECONDS``."""
    end = time.monotonic() + SECONDS
    with ThreadPoolExecutor(CLIENTS) as clients:
        asked = [clients.submit(_until, end, url, path, headers) for _number in range(CLIENTS)]
        return [took for one in asked for took in one.result()]


def _until(end: float, url: str, path: str, headers: dict[str, str]) -> list[float]:
    connection, took = HTTPConnection(urlsplit(url).netloc, timeout=30), []
    wanted = 304 if headers else 200
    while time.monotonic() < end:
        start = time.perf_counter()
        connection.request("GET", path, headers=_HEADERS | headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != wanted:
            raise RuntimeError(f"{path} answered {answer.status}, not {wanted}")
        took.append((time.perf_counter() - start) * 1000)
    return took


def _ask(url: str, path: str) -> tuple[int, str]:
    connection = HTTPConnection(urlsplit(url).netloc, timeout=30)
    connection.request("GET", path, headers=_HEADERS)
    answer = connection.getresponse()
    answer.read()
    return answer.status, answer.headers.get("ETag", "")
