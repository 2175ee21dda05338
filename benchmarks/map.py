"""The map over 10,000, 100,000 and 1,000,000 reports spread like a city's: the centre dense, hot
spots, five years. One client, two web processes; views are drawn at random, the same each time.

"Flat" is the p95 over 1,000,000 against the one over 10,000. The rate of submitting is measured in
turns with the triggers of the summary switched off, so that a slow moment meets both.
"""

import json
import random
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from urllib.parse import urlsplit

import psycopg
import requests

from benchmarks import map_page, reports
from benchmarks.asking import asked, summed
from benchmarks.machine import machine
from benchmarks.reports import Client, copying
from maps.summary.squares import column_of, row_of

SIZES = (10_000, 100_000, 1_000_000)
VIEWS, TURNS, SECONDS, FLOODING = 120, 3, 4, 8
CENTRE = (19.457, 51.770)
WIDTH, HEIGHT = 1280, 800
# Where a report lies: in one of 400 hot spots of 150 m (a crossing, a stop), around the centre, or
# anywhere in the city. When it was sent: five years, the last ones fuller.
SPREAD = {
    "reference": "substr(md5(%(size)s::text || number::text), 1, 11)",
    "submission_id": "gen_random_uuid()",
    "location": "place.at",
    "district_id": "place.district",
    "category_id": "place.category",
    "created_at": "place.sent",
    "updated_at": "least(now(), place.sent + random() * interval '30 days')",
    "status": "CASE WHEN place.sent > now() - interval '60 days' AND random() < 0.5"
    " THEN (ARRAY['received','forwarded','in_progress'])[1 + floor(random() * 3)]"
    " WHEN random() < 0.03 THEN 'in_progress'"
    " ELSE (ARRAY['resolved','resolved','resolved','rejected','passed_on','duplicate'])"
    "[1 + floor(random() * 6)] END",
    "is_hidden": "random() < 0.01",
}
PLACES = """
CREATE TEMP TABLE spots AS SELECT number, ST_SetSRID(ST_MakePoint(
    19.457 + (random() + random() + random() - 1.5) * 0.07,
    51.770 + (random() + random() + random() - 1.5) * 0.05), 4326) AS at
FROM generate_series(0, 399) number;
CREATE TEMP TABLE kinds AS SELECT row_number() OVER (ORDER BY id) - 1 AS number, id,
    count(*) OVER () AS many FROM catalogue_category WHERE kind = 'report' AND is_active;
CREATE TEMP TABLE areas AS SELECT id, boundary FROM districts_district
    WHERE edition_id = (SELECT edition_id FROM districts_activation WHERE layer_id = 'osiedla'
        ORDER BY at DESC LIMIT 1);
CREATE TEMP TABLE dice AS SELECT number, random() AS kind_of_place,
    floor(power(random(), 2) * 400)::int AS spot,
    floor(power(random(), 1.5) * (SELECT max(many) FROM kinds))::int AS kind
FROM generate_series(1, {size}) number;
CREATE TEMP TABLE drawn AS
SELECT d.number, d.kind, now() - power(random(), 1.3) * interval '1826 days' AS sent,
    ST_SetSRID(CASE WHEN kind_of_place < 0.35 THEN ST_MakePoint(
        ST_X(s.at) + (random() - 0.5) * 0.002, ST_Y(s.at) + (random() - 0.5) * 0.0014)
    WHEN kind_of_place < 0.8 THEN ST_MakePoint(
        19.457 + (random() + random() + random() - 1.5) * 0.06,
        51.770 + (random() + random() + random() - 1.5) * 0.045)
    ELSE ST_MakePoint(19.36 + random() * 0.2, 51.70 + random() * 0.12) END, 4326) AS at
FROM dice d JOIN spots s ON s.number = d.spot;
CREATE TEMP TABLE places AS
SELECT d.number, d.at, d.sent, k.id AS category,
    coalesce((SELECT a.id FROM areas a WHERE ST_Covers(a.boundary, d.at) LIMIT 1),
        (SELECT min(id) FROM areas)) AS district
FROM drawn d JOIN kinds k ON k.number = d.kind;
DROP TABLE spots, kinds, areas, dice, drawn;
"""
TILES = """
import gzip, json, random, statistics, time
from django.db import connection
from django.test import RequestFactory
from maps import tiles
from maps.summary.squares import column_of, row_of
drawn, took, within, sizes = random.Random(20261126), [], [], []
def timed(execute, statement, *asked):
    start = time.perf_counter()
    try:
        return execute(statement, *asked)
    finally:
        if "ST_AsMVT(" in statement:
            within[-1] += time.perf_counter() - start
for number in range(360):
    zoom = 8 + number % 12
    lon, lat = 19.457 + drawn.uniform(-0.02, 0.02), 51.770 + drawn.uniform(-0.014, 0.014)
    names = [str(one) for one in (zoom, column_of(lon, zoom), row_of(lat, zoom))]
    request = RequestFactory().get("/tiles/reports/%s/%s/%s.mvt" % tuple(names))
    within.append(0.0)
    with connection.execute_wrapper(timed):
        start = time.perf_counter()
        answer = tiles.tile(request, *names)
        took.append(time.perf_counter() - start)
    sizes.append(len(gzip.compress(answer.content, 6)))
took, within = took[60:], within[60:]
ratio = statistics.median(one / bare for one, bare in zip(took, within))
middle = [statistics.median(one) * 1000 for one in (took, within)]
print(json.dumps([*middle, ratio, max(sizes)]))
"""
NAMED = {
    "no filter": {},
    "a category": {"kategoria": "dziura-w-jezdni"},
    "a group": {"grupa": "czystosc"},
    "a status": {"status": "w-realizacji"},
    "category and status": {"kategoria": "latarnia", "status": "zalatwione"},
    "12 months": {"okres": "12-miesiecy"},
    "30 days": {"okres": "30-dni"},
    "all of these": {"grupa": "drogi", "status": "zalatwione", "okres": "12-miesiecy"},
}
OTHERS = {
    "a month": {"miesiac": "2026-03"},
    "a district": {"osiedle": "katedralna"},
    "month, district, category": {
        "miesiac": "2025-10",
        "osiedle": "katedralna",
        "kategoria": "dziura-w-jezdni",
    },
}


def run() -> list[tuple[str, str, str]]:
    """Rows of (what, measured, target)."""
    rows: list[tuple[str, str, str]] = []
    flat: dict[str, dict[int, float]] = {}
    with machine(web_processes=2) as portal:
        Client(portal.url).send()
        there = 0
        for size in SIZES:
            took = fill(portal, size - there)
            there = size
            rows.append((f"{size:,} reports: filled and counted", f"{took:.0f} s", "–"))
            for name, (p95, median, most) in measure(portal).items():
                flat.setdefault(name, {})[size] = p95
                said = f"{median:.0f} ms, p95 {p95:.0f} ms, ≤ {most / 1000:.0f} kB"
                rows.append((f"{size:,} reports: {name}: median, p95, most", said, TARGETS[name]))
                print(rows[-1], flush=True)
        few, many = SIZES[0], SIZES[-1]
        for name, limit in LIMITS.items():
            ratio = flat[name][many] / flat[name][few]
            rows.append((f"flat: {name}", f"{ratio:.2f}×", limit))
        rows += worst_named(flat)
        rows += map_page.measure(portal)
        rows += map_page.matching(portal)
        rows += tiles(portal)
        rows += folding(portal)
        rows += submitting(portal)
    return rows


TARGETS = {
    **{f"view, {name}": "p95 ≤ 40 ms, ≤ 60 kB" for name in NAMED},
    **{f"view, {name}": "p95 ≤ 300 ms" for name in OTHERS},
    "front page": "p95 ≤ 30 ms",
}
LIMITS = {"view, no filter": "≤ 1.5×", "front page": "–"}


def worst_named(flat: dict[str, dict[int, float]]) -> Iterator[tuple[str, str, str]]:
    many = SIZES[-1]
    plain = flat["view, no filter"][many]
    worst = max(NAMED, key=lambda name: flat[f"view, {name}"][many])
    ratio = flat[f"view, {worst}"][many] / plain
    yield f"the slowest named filter ({worst}) against none, {many:,}", f"{ratio:.2f}×", "≤ 2×"


def fill(portal, number: int) -> float:
    """Reports beside those that are there; seconds, with those of the recount."""
    start = time.perf_counter()
    with portal.filling() as connection:
        connection.execute(PLACES.format(size=number))
        insert = copying(connection, "reports_report", **SPREAD).removesuffix(" RETURNING id")
        head, values = insert.split(" VALUES ", 1)
        connection.execute(f"{head} SELECT {values[1:-1]} FROM places AS place", {"size": number})
        connection.execute("DROP TABLE places")
    with psycopg.connect(portal.dsn, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE maps_summarycell")
    return time.perf_counter() - start


def views(filters: dict) -> Iterator[dict]:
    """Views of a screen at zoom 10 to 19, three of four of them in the centre."""
    drawn = random.Random(20261126)
    for number in range(VIEWS):
        zoom = 10 + number % 10
        reach = 0.02 if drawn.random() < 0.75 else 0.09
        lon = CENTRE[0] + drawn.uniform(-reach, reach)
        lat = CENTRE[1] + drawn.uniform(-reach, reach) * 0.7
        # Degrees of half a screen; a degree of latitude is longer, by the factor 1.6.
        wide, high = (360 / 2**zoom / 256 * points / 2 for points in (WIDTH, HEIGHT))
        box = (lon - wide, lat - high * 0.62, lon + wide, lat + high * 0.62)
        yield {"bbox": ",".join(f"{one:.6f}" for one in box), "zoom": zoom} | filters


def measure(portal) -> dict[str, tuple[float, float, int]]:
    """p95 and median (ms), and the most bytes of a compressed answer, by what was asked."""
    address = f"{portal.url}/mapa/dane/"
    queries = {name: list(views(filters)) for name, filters in (NAMED | OTHERS).items()}
    answers: dict[str, list[tuple[float, int]]] = {name: [] for name in queries}
    with requests.Session() as session:
        for name in queries:
            for query in queries[name][:20]:
                asked(session, address, query)
        # In turns: a slow moment of the machine meets all of them.
        for turn in range(VIEWS):
            for name in queries:
                answers[name].append(asked(session, address, queries[name][turn]))
        found = {f"view, {name}": summed(answers[name]) for name in queries}
        pages = [asked(session, portal.url + "/", {"x": str(n)}) for n in range(20 + VIEWS)]
        found["front page"] = summed(pages[20:])
    return found


def tiles(portal) -> Iterator[tuple[str, str, str]]:
    """The view of a tile against the statement that draws it; the largest tile of all."""
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", TILES],
        cwd=portal.root, env=portal.environment, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    view, statement, ratio, largest = json.loads(done.stdout.strip().splitlines()[-1])
    said = f"{view:.1f} ms against {statement:.1f} ms = {ratio:.2f}×"
    yield "a tile against its bare statement: median", said, "≤ 1.3×"
    yield "the largest tile, compressed", f"{largest / 1000:.0f} kB", "bounded"


def folding(portal) -> Iterator[tuple[str, str, str]]:
    """The worker adds up the changes of 20,000 reports that are hidden and shown."""
    with psycopg.connect(portal.dsn, autocommit=True) as connection:
        for is_hidden in (True, False):
            connection.execute(
                "UPDATE reports_report SET is_hidden = %s WHERE is_hidden <> %s AND id IN"
                " (SELECT id FROM reports_report ORDER BY id DESC LIMIT 20000)",
                [is_hidden, is_hidden],
            )
        [changes] = connection.execute("SELECT count(*) FROM maps_summarychange").fetchone()
        start = time.perf_counter()
        folding = "from maps.summary.folding import fold_due; fold_due()"
        portal.python("manage.py", "shell", "-c", folding).wait()
        took = time.perf_counter() - start
        [left] = connection.execute("SELECT count(*) FROM maps_summarychange").fetchone()
    assert left == 0
    yield "folding, with the start of its process", f"{changes / took:.0f} changes/s", "≥ 100/s"


@contextmanager
def without_summary(portal) -> Iterator[None]:
    with psycopg.connect(portal.dsn, autocommit=True) as connection:
        for act in ("DISABLE", "ENABLE"):
            for name in ("summary_of_new", "summary_of_changed"):
                connection.execute(f"ALTER TABLE reports_report {act} TRIGGER {name}")
            if act == "DISABLE":
                yield


def submitting(portal) -> Iterator[tuple[str, str, str]]:
    """Four clients send reports: with the summary, without it, and under a flood of tiles."""
    rates: dict[str, list[float]] = {"with": [], "without": [], "flood": []}
    reports.warm_up(portal)
    for _turn in range(TURNS):
        rates["with"].append(reports.flat_out(portal, seconds=SECONDS)[1])
        with without_summary(portal):
            rates["without"].append(reports.flat_out(portal, seconds=SECONDS)[1])
    pace = in_background(flood(portal), threads=FLOODING)
    for _turn in range(TURNS):
        rates["flood"].append(reports.flat_out(portal, seconds=SECONDS)[1])
    asked = pace() / TURNS / SECONDS
    middle = {name: statistics.median(values) for name, values in rates.items() if values}
    share = middle["with"] / middle["without"]
    yield "submitting without the summary", f"{middle['without']:.0f}/s", "–"
    yield "submitting with it", f"{middle['with']:.0f}/s = {share:.0%}", "≥ 90 %"
    slower = middle["with"] / middle["flood"]
    said = f"{middle['flood']:.0f}/s = {slower:.1f}× slower ({asked:.0f} tiles/s)"
    yield "submitting under a flood of tiles", said, "≤ 2×"


def flood(portal) -> Callable[[], None]:
    """Asks for a tile, as often as the limit of one address lets the threads together. By a kept
    connection: ``requests`` would take the processor from those who send reports.
    """
    pause, local = FLOODING / 100, threading.local()

    def ask() -> None:
        start = time.perf_counter()
        if not hasattr(local, "connection"):
            local.connection = HTTPConnection(urlsplit(portal.url).netloc, timeout=60)
            local.drawn = random.Random()
        zoom = local.drawn.randrange(10, 20)
        lon, lat = (middle + local.drawn.uniform(-0.02, 0.02) for middle in CENTRE)
        place = f"{zoom}/{column_of(lon, zoom)}/{row_of(lat, zoom)}"
        local.connection.request("GET", f"/tiles/reports/{place}.mvt")
        local.connection.getresponse().read()
        time.sleep(max(0, pause - (time.perf_counter() - start)))

    return ask


def in_background(act: Callable[[], None], *, threads: int) -> Callable[[], int]:
    """Repeat ``act`` in threads until the returned function is called, which says how often."""
    is_over, counts = threading.Event(), [0] * threads

    def repeat(number: int) -> None:
        while not is_over.is_set():
            act()
            counts[number] += 1

    running = [threading.Thread(target=repeat, args=[number]) for number in range(threads)]
    for one in running:
        one.start()

    def end() -> int:
        is_over.set()
        for one in running:
            one.join()
        return sum(counts)

    return end
