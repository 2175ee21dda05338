"""The lists of staff with a million reports, two thousand of them waiting for the operator."""

import re
import statistics
import time

import requests

from benchmarks.machine import machine
from benchmarks.reports import Client, copying

REPORTS, TURNS = 1_000_000, 5
# What waits is little beside what is done. Time limits from five months ago to two months ahead.
SPREAD = {
    "reference": "substr(md5(number::text), 1, 11)",
    "submission_id": "gen_random_uuid()",
    "location": "ST_SetSRID(ST_MakePoint(19.36 + random() * 0.2, 51.70 + random() * 0.12), 4326)",
    "created_at": "now() - random() * interval '150 days'",
    "updated_at": "now() - random() * interval '100 days'",
    "expected_by": "current_date - 150 + floor(random() * 210)::int",
    "status": "CASE WHEN number %% 500 = 0 THEN 'with_operator' WHEN number %% 20 = 0"
    " THEN 'in_progress' ELSE (ARRAY['resolved','rejected'])[1 + floor(random() * 2)] END",
}
PAGES = {
    "what waits for the operator": "operator/",
    "all reports": "operator/?zakres=wszystkie",
    "all reports, page 1000": "operator/?zakres=wszystkie&strona=1000",
    "found by a number": "operator/?zakres=wszystkie&q={reference}",
    "found by an address": "operator/?zakres=wszystkie&q=Piotrkowska+104",
    "found by a word": "operator/?zakres=wszystkie&q=latarnia",
    "overdue": "operator/?zakres=wszystkie&overdue=tak",
    "what a unit has to do": "jednostka/",
}
TARGETS = {"what waits for the operator": "≤ 500 ms", "found by a number": "≤ 500 ms"}


def run() -> list[tuple[str, str, str]]:
    """Rows of (what, measured, target)."""
    with machine(web_processes=2) as portal:
        Client(portal.url).send()
        reference = fill(portal)
        rows = []
        for name, path in PAGES.items():
            with requests.Session() as session:
                log_in(session, portal.url, "jednostka" if "jednostka" in path else "operator")
                url = f"{portal.url}/panel/{path.format(reference=reference)}"
                rows.append(row(session, name, url))
        return rows


def fill(portal) -> str:
    """A million reports beside the first one, whose number is returned."""
    with portal.filling() as connection:
        insert = copying(connection, "reports_report", **SPREAD).removesuffix(" RETURNING id")
        head, values = insert.split(" VALUES ", 1)
        found = connection.execute("SELECT reference FROM reports_report LIMIT 1").fetchone()
        connection.execute(
            f"{head} SELECT {values[1:-1]} FROM generate_series(1, {REPORTS}) AS number", {}
        )
    assert found
    return found[0]


def log_in(session: requests.Session, url: str, name: str) -> None:
    page = session.get(f"{url}/konto/logowanie/", timeout=30)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
    assert token
    values = {"login": name, "password": "demo-lodz-2026", "csrfmiddlewaretoken": token[1]}
    assert session.post(f"{url}/konto/logowanie/", values, timeout=60).ok


def row(session: requests.Session, name: str, url: str) -> tuple[str, str, str]:
    took = []
    for _turn in range(2 + TURNS):
        start = time.perf_counter()
        answer = session.get(url, timeout=120)
        took.append((time.perf_counter() - start) * 1000)
        assert answer.ok, answer.text
    median = statistics.median(took[2:])
    return f"{name}: median", f"{median:.0f} ms", TARGETS.get(name, "–")
