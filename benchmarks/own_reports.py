"""A resident's own list and map: 2,000 of 1,000,000 reports are hers.

One client who is logged in, two web processes. Measured are the list page, the points that its map
fetches (all 2,000), the list with filters, and the files.
"""

import re
import statistics
import time

import requests

from benchmarks.machine import machine
from benchmarks.reports import Client, copying

REPORTS, OWN, TURNS = 1_000_000, 2_000, 100
LOGIN = {"login": "mieszkanka", "password": "demo-lodz-2026"}
# Spread over the city and the last 150 days; every five hundredth report is the resident's.
SPREAD = {
    "reference": "substr(md5(number::text), 1, 11)",
    "submission_id": "gen_random_uuid()",
    "location": "ST_SetSRID(ST_MakePoint(19.36 + random() * 0.2, 51.70 + random() * 0.12), 4326)",
    "created_at": "now() - random() * interval '150 days'",
    "updated_at": "now() - random() * interval '100 days'",
    "status": "(ARRAY['received','forwarded','in_progress','resolved','rejected'])"
    "[1 + floor(random() * 5)]",
    "owner_id": f"CASE WHEN number %% {REPORTS // OWN} = 0 THEN %(owner)s END",
}
PAGES = {
    "list page": "",
    "points of the map": "punkty/",
    "list page, filtered by a word": "?q=dziura",
    "list page, resolved": "?status=resolved",
    "GeoJSON": "geojson/",
    "CSV": "csv/",
}
TARGETS = {"list page": "≤ 120 ms", "points of the map": "≤ 120 ms"}


def run() -> list[tuple[str, str, str]]:
    """Rows of (what, measured, target)."""
    with machine(web_processes=2) as portal:
        Client(portal.url).send()
        fill(portal)
        with requests.Session() as session:
            log_in(session, portal.url)
            return [row(session, portal.url, name) for name in PAGES]


def fill(portal, *, reports: int = REPORTS) -> None:
    with portal.filling() as connection:
        insert = copying(connection, "reports_report", **SPREAD).removesuffix(" RETURNING id")
        head, values = insert.split(" VALUES ", 1)
        (owner,) = connection.execute(
            "SELECT id FROM accounts_user WHERE username = 'mieszkanka'"
        ).fetchone()
        connection.execute(
            f"{head} SELECT {values[1:-1]} FROM generate_series(1, {reports}) AS number",
            {"owner": owner},
        )


def log_in(session: requests.Session, url: str) -> None:
    page = session.get(f"{url}/konto/logowanie/", timeout=30)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
    assert token
    values = LOGIN | {"csrfmiddlewaretoken": token[1]}
    assert session.post(f"{url}/konto/logowanie/", values, timeout=30).ok


def row(session: requests.Session, url: str, name: str) -> tuple[str, str, str]:
    took = [milliseconds(session, url, PAGES[name]) for _turn in range(10 + TURNS)][10:]
    p95 = statistics.quantiles(took, n=20)[-1]
    measured = f"{statistics.median(took):.0f} ms, p95 {p95:.0f} ms"
    return f"{name}: median, p95", measured, TARGETS.get(name, "–")


def milliseconds(session: requests.Session, url: str, path: str) -> float:
    start = time.perf_counter()
    answer = session.get(f"{url}/konto/zgloszenia/{path}", timeout=60)
    took = (time.perf_counter() - start) * 1000
    assert answer.ok, answer.text
    return took
