"""The lists of staff over 1,000,000 reports of which 60,000 are open, spread as in `map`; texts of
some thousand words. One client, two web processes. "p95": of the pages of each address, by turns.
"""

import random
import statistics
import time
from collections.abc import Iterator

import requests

from benchmarks.machine import machine
from benchmarks.map import PLACES
from benchmarks.panel_queue import log_in
from benchmarks.reports import Client, copying

REPORTS, OPEN_ONES, TURNS = 1_000_000, 60_000, 20
TARGET = "p95 ≤ 150 ms"
# Six words of a thousand, the first ones in far more reports than the last; and in each thousandth
# report one that stands nowhere else.
_WORDS = """
SELECT string_agg('slowo' || floor(power(random(), 3) * 1000 + (turn + place.number) * 0)::int, ' ')
FROM generate_series(1, 6) turn
"""
SPREAD = {
    "reference": "substr(md5(%(size)s::text || place.number::text), 1, 11)",
    "submission_id": "gen_random_uuid()",
    "location": "place.at",
    "district_id": "place.district",
    "category_id": "place.category",
    "created_at": "place.sent",
    "updated_at": "least(now(), place.sent + random() * interval '30 days')",
    "expected_by": "CASE WHEN place.number %% 20 = 0 THEN NULL"
    " ELSE current_date - 60 + floor(random() * 120)::int END",
    "description": f"({_WORDS})"
    " || CASE WHEN place.number %% 1000 = 0 THEN ' osobliwosc' ELSE '' END",
    "status": "CASE WHEN place.number <= %(open)s"
    " THEN (ARRAY['received','with_operator','forwarded','forwarded','in_progress','in_progress'])"
    "[1 + floor(random() * 6)] ELSE (ARRAY['resolved','resolved','resolved','rejected',"
    "'passed_on','duplicate'])[1 + floor(random() * 6)] END",
    "is_hidden": "random() < 0.01",
    "metres_to_border": "random() * 600",
    "unit_id": "(SELECT id FROM reporting_units WHERE number = place.number %% many)",
}
UNITS = """
CREATE TEMP TABLE reporting_units AS SELECT row_number() OVER (ORDER BY id) - 1 AS number, id,
    count(*) OVER () AS many FROM units_unit WHERE takes_reports
"""
OPEN, ALL = "zakres=otwarte", "zakres=wszystkie"
LISTS = {
    "what needs a decision": "operator/?",
    "near a border": "operator/?powod=przy-granicy",
    "open": f"operator/?{OPEN}",
    "open, the newest": f"operator/?{OPEN}&kolejnosc=najnowsze",
    "open, overdue": f"operator/?{OPEN}&termin=po-terminie",
    "open, of a category and a district": f"operator/?{OPEN}&kategoria=wrak&osiedle=nowosolna",
    "open, of a borough, old": f"operator/?{OPEN}&dzielnica=Widzew&wiek=ponad-90-dni",
    "open, near a point": f"operator/?{OPEN}&kolo=19.457,51.77,500",
    "open, a common word": f"operator/?{OPEN}&q=slowo1",
    "open, a rare word": f"operator/?{OPEN}&q=osobliwosc",
    "all": f"operator/?{ALL}",
    "all, of a category and a district": f"operator/?{ALL}&kategoria=wrak&osiedle=nowosolna",
    "all, of a status and a unit": f"operator/?{ALL}&status=passed_on&jednostka=zzm",
    "all, a common word": f"operator/?{ALL}&q=slowo1",
    "all, a rare word": f"operator/?{ALL}&q=osobliwosc",
    "all, two words": f"operator/?{ALL}&q=slowo1 osobliwosc",
    "all, a word that is nowhere": f"operator/?{ALL}&q=niemanigdzie",
    "all, a rare word of a category": f"operator/?{ALL}&q=osobliwosc&kategoria=wrak",
    "all, near a point": f"operator/?{ALL}&kolo=19.457,51.77,200",
    "found by a number": "operator/?q={reference}",
    "of a unit": "jednostka/?",
    "of a unit, all": f"jednostka/?{ALL}",
}
VIEWS = {
    "map of what is open": f"operator/mapa/?{OPEN}&bbox=19.3,51.6,19.7,51.9&zoom=11",
    "map of what is open, near": f"operator/mapa/?{OPEN}&bbox=19.44,51.76,19.47,51.78&zoom=15",
}


def run() -> list[tuple[str, str, str]]:
    """Rows of (what, measured, target)."""
    with machine(web_processes=2) as portal:
        Client(portal.url).send()
        reference = fill(portal)
        rows = []
        for name, path in (LISTS | VIEWS).items():
            person = "jednostka" if path.startswith("jednostka") else "operator"
            with requests.Session() as session:
                log_in(session, portal.url, person)
                rows.append(_row(session, name, portal.url, path.format(reference=reference)))
                print(rows[-1], flush=True)
        return rows


def fill(portal) -> str:
    """All reports beside the first one, whose number is returned."""
    with portal.filling() as connection:
        connection.execute(UNITS)
        connection.execute(PLACES.format(size=REPORTS))
        insert = copying(connection, "reports_report", **SPREAD).removesuffix(" RETURNING id")
        head, values = insert.split(" VALUES ", 1)
        found = connection.execute("SELECT reference FROM reports_report LIMIT 1").fetchone()
        connection.execute(
            f"{head} SELECT {values[1:-1]} FROM places AS place, (SELECT many FROM reporting_units"
            " LIMIT 1) counted",
            {"size": REPORTS, "open": OPEN_ONES},
        )
        connection.execute("DROP TABLE places, reporting_units")
    assert found
    return found[0]


def _row(session: requests.Session, name: str, url: str, path: str) -> tuple[str, str, str]:
    took = []
    for address in _pages(session, f"{url}/panel/{path}"):
        start = time.perf_counter()
        answer = session.get(address, timeout=120)
        took.append((time.perf_counter() - start) * 1000)
        assert answer.ok, answer.text
    p95 = statistics.quantiles(took[3:], n=20)[-1]
    said = f"{statistics.median(took[3:]):.0f} ms, p95 {p95:.0f} ms"
    return f"{name}: median, p95", said, "p95 ≤ 300 ms" if "mapa" in path else TARGET


def _pages(session: requests.Session, address: str) -> Iterator[str]:
    """The first page and some places far down the list, by turns."""
    drawn = random.Random(20261127)
    for turn in range(3 + TURNS):
        if turn % 2 == 0 or "mapa" in address or "q=" in address:
            yield address
            continue
        day = drawn.randrange(60)
        instant = int((time.time() - day * 86_400 * 10) * 1_000_000)
        limit = time.strftime("%Y-%m-%d", time.localtime(time.time() + (30 - day) * 86_400))
        yield f"{address}&po={limit}_{instant}_1"
