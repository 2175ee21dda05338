"""The list of the map, its feed, and finding out who follows a place: part of ``bin/bench map``."""

import json
import random
import subprocess
import sys
from collections.abc import Iterator

import psycopg
import requests

from benchmarks.asking import asked, summed
from reports.references import new_reference

ASKED, FOLLOWERS = 80, 10_000
CATEGORIES = ("dziura-w-jezdni", "dzikie-wysypisko", "latarnia", "parkowanie")
MONTHS = [f"{year}-{month:02}" for year in (2024, 2025) for month in range(1, 13)]
# The page answers instead of looking for longer, see maps/pages/listing.py.
TARGET = "p95 ≤ 300 ms"
# Half of those who follow follow a district, half a circle around the centre.
FOLLOWING = """
INSERT INTO maps_watch (email, mailbox, state, district, centre, reach, metres, place, language,
    secret, created_at, last_day)
SELECT number || '@example.org', md5(number::text), 'confirmed',
    CASE WHEN metres IS NULL THEN code ELSE '' END, centre,
    ST_Envelope(ST_Buffer(centre::geography, metres * 1.01)::geometry), metres, '', 'pl',
    md5('secret' || number), now(), current_date + 365
FROM (
    SELECT number, codes[1 + number %% array_length(codes, 1)] AS code,
        CASE WHEN number %% 2 = 0 THEN (ARRAY[100, 250, 500, 1000, 2000])[1 + number / 2 %% 5] END
            AS metres,
        CASE WHEN number %% 2 = 0 THEN ST_SetSRID(ST_MakePoint(
            19.457 + (random() + random() - 1) * 0.05,
            51.770 + (random() + random() - 1) * 0.035), 4326) END AS centre
    FROM generate_series(1, %(followers)s) number,
        (SELECT array_agg(DISTINCT code::text) AS codes FROM districts_district
         WHERE edition_id = (SELECT edition_id FROM districts_activation WHERE layer_id = 'osiedla'
            ORDER BY at DESC LIMIT 1)) known
) drawn
"""
MATCHING = """
import json, statistics, time
from django.utils import timezone
from maps.following.matching import match_due
from maps.following.models import WatchLine
from reports.models import Report
took = []
for report in Report.objects.public().order_by("?")[:ASKED]:
    report.changes.create(status=report.status, at=timezone.now(), unit=report.unit)
    start = time.perf_counter()
    assert match_due() == 1
    took.append((time.perf_counter() - start) * 1000)
found = WatchLine.objects.count() / len(took)
print(json.dumps([statistics.median(took), statistics.quantiles(took, n=20)[-1], found]))
"""


def measure(portal) -> Iterator[tuple[str, str, str]]:
    """The page with its list from the beginning, and far behind; the feed, also in a circle."""
    pages = {
        "no filter": lambda drawn: {"okres": "wszystkie"},
        "a category": lambda drawn: {"kategoria": drawn.choice(CATEGORIES)},
        "a district and month": lambda drawn: {
            "osiedle": drawn.choice(codes),
            "miesiac": drawn.choice(MONTHS),
        },
        "districts coloured": lambda drawn: {"okres": "wszystkie", "pokaz": "osiedla-na-1000"},
    }
    feeds = {
        "no filter": lambda drawn: {},
        "a category": pages["a category"],
        "a circle of 500 m": lambda drawn: {
            "kolo": f"{drawn.uniform(19.43, 19.49):.5f},{drawn.uniform(51.75, 51.79):.5f},500"
        },
    }
    with psycopg.connect(portal.dsn) as connection:
        rows = connection.execute("SELECT DISTINCT code FROM districts_district").fetchall()
        codes = sorted(code for [code] in rows)
        # Anywhere in the five years. What filled the table made no numbers that a page accepts.
        behind = [new_reference() for _number in range(ASKED)]
        connection.execute(
            "UPDATE reports_report SET reference = given FROM unnest(%s::text[], ARRAY("
            " SELECT id FROM reports_report WHERE NOT is_hidden ORDER BY random() LIMIT %s"
            " )) AS numbered (given, key) WHERE id = key",
            [behind, ASKED],
        )
    for name, of in pages.items():
        yield _row(f"list, {name}, first page", portal, "/mapa/", of, [{}] * ASKED)
        later = [{"po": reference} for reference in behind]
        yield _row(f"list, {name}, a later page", portal, "/mapa/", of, later)
    for name, of in feeds.items():
        yield _row(f"feed, {name}", portal, "/mapa/kanal.atom", of, [{}] * ASKED)


def _row(name: str, portal, path: str, of, more: list[dict]) -> tuple[str, str, str]:
    drawn = random.Random(20261127)
    with requests.Session() as session:
        queries = [of(drawn) | one for one in more]
        for query in queries[:10]:
            asked(session, portal.url + path, query)
        p95, median, most = summed([asked(session, portal.url + path, one) for one in queries])
    row = (name, f"{median:.0f} ms, p95 {p95:.0f} ms, ≤ {most / 1000:.0f} kB", TARGET)
    print(row, flush=True)
    return row


def matching(portal) -> Iterator[tuple[str, str, str]]:
    """One change of a report each time, for ten thousand who follow a place."""
    with psycopg.connect(portal.dsn, autocommit=True) as connection:
        connection.execute(FOLLOWING, {"followers": FOLLOWERS})
        connection.execute("VACUUM ANALYZE maps_watch")
        script = MATCHING.replace("ASKED", str(ASKED))
        done = subprocess.run(
            [sys.executable, "manage.py", "shell", "-v", "0", "-c", script],
            cwd=portal.root, env=portal.environment, stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
        connection.execute("DELETE FROM maps_watchline")
        connection.execute("DELETE FROM maps_watch")
    median, p95, found = json.loads(done.stdout.strip().splitlines()[-1])
    said = f"{median:.1f} ms, p95 {p95:.1f} ms, for {found:.0f} of them"
    yield f"a change, {FOLLOWERS:,} follow a place: median, p95", said, "p95 ≤ 50 ms"
