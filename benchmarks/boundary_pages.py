"""What GIS staff, their programs and the public open about boundaries, with 1,000,000 reports.

The draft exchanges ten districts of the north for ten of the south, far more than any council
does. One client, two web processes; half a minute a page at most.
"""

import statistics
import time

import requests

from benchmarks import rerouting
from benchmarks.machine import Portal, machine
from benchmarks.panel_queue import log_in
from benchmarks.reports import Client

TURNS = 5
ROOM = "/panel/granice"
DRAFT = f"{ROOM}/wydania/bench"
PAGES = {
    "list of editions": f"{ROOM}/",
    "one edition": f"{DRAFT}/",
    "what would change": f"{DRAFT}/zmiany/",
    "reports that it moves, a page": f"{DRAFT}/zmiany/zgloszenia/",
    "reports that it moves, on the map": f"{DRAFT}/zmiany/zgloszenia.geojson",
    "way back": f"{ROOM}/warstwy/osiedla/powrot/",
    "where nobody answers": f"{ROOM}/pokrycie/",
    "claimed twice": f"{ROOM}/pokrycie/dwa-razy/",
    "handed over at borders": f"{ROOM}/pokrycie/przekazane/",
    "public list": "/granice/",
    "public page of an edition": "/granice/bench/",
    "tile of the city": "/api/v1/districts/tiles/11/1135/679.mvt",
}
# Of the reports' collection, whose owner is a person with this name.
COLLECTION = {
    "a page for the operator": ("operator", "limit=1000"),
    "a later page": ("operator", "limit=1000&after=500000"),
    "a page for a unit with few reports": ("jednostka", "limit=1000"),
    "in a box of the centre": ("operator", "limit=1000&bbox=19.44,51.76,19.46,51.78"),
    "of last month": ("operator", "limit=1000&datetime=2026-10-01T00:00:00Z/.."),
}
TARGETS = {"what would change": "≤ 10 s"}


def run() -> list[tuple[str, str, str]]:
    """Rows of (what, measured, target)."""
    with machine(web_processes=2) as portal:
        Client(portal.url).send()
        time.sleep(2)
        rerouting.fill(portal)
        rerouting.connect(portal)
        try:
            rerouting.half_exchanged()
            tokens = {name: token_of(name) for name in ("operator", "jednostka")}
        finally:
            rerouting.disconnect()
        return pages(portal) + collection(portal, tokens)


def token_of(name: str) -> str:
    from accounts.models import User
    from accounts.tokens import make_token

    return make_token(User.objects.get(username=name), name="bench", days=1)


def pages(portal: Portal) -> list[tuple[str, str, str]]:
    with requests.Session() as session:
        log_in(session, portal.url, "gis")
        return [measured(session, name, portal.url + path) for name, path in PAGES.items()]


def collection(portal: Portal, tokens: dict[str, str]) -> list[tuple[str, str, str]]:
    rows = []
    for name, (person, query) in COLLECTION.items():
        with requests.Session() as session:
            session.headers["Authorization"] = f"Bearer {tokens[person]}"
            url = f"{portal.url}/ogc/collections/zgloszenia/items?{query}"
            rows.append(measured(session, f"reports for programs: {name}", url))
    return rows


def measured(session: requests.Session, name: str, url: str) -> tuple[str, str, str]:
    took = []
    for _turn in range(1 + TURNS):
        begun = time.perf_counter()
        answer = session.get(url, timeout=30)
        took.append((time.perf_counter() - begun) * 1000)
        assert answer.ok, (name, answer.status_code, answer.text[:500])
    return f"{name}: median", f"{statistics.median(took[1:]):.0f} ms", TARGETS.get(name, "–")
