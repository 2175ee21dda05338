"""New boundaries with 1,000,000 reports, 100,000 of them open, half of which go to another unit.
Of the others 50,000 were handed to another unit by somebody.

Ten districts of the north change places with ten of the south. Measured are the preview, the
replay of the last year, the switch, and the time until all reports are routed again by the worker,
with twenty reports a second sent beside it. Two web processes and a worker.
"""

import os
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import psycopg

from benchmarks.machine import Portal, machine
from benchmarks.reports import Client, copying

REPORTS, OPEN_EVERY, RATE, PAIRS = 1_000_000, 8, 20, 10
SPREAD = {
    "reference": "substr(md5(number::text), 1, 11)",
    "submission_id": "gen_random_uuid()",
    "location": "ST_SetSRID(ST_MakePoint(19.36 + random() * 0.2, 51.70 + random() * 0.12), 4326)",
    "created_at": "now() - random() * interval '400 days'",
    "updated_at": "now() - random() * interval '100 days'",
    "status": f"CASE WHEN number %% {OPEN_EVERY} = 0 THEN 'in_progress' ELSE 'resolved' END",
}
# An open report lies in a district and is with the unit that the annex names there.
PLACED = """
WITH category AS (SELECT id FROM catalogue_category WHERE code = 'sliska-jezdnia')
UPDATE reports_report r SET district_id = d.id, category_id = category.id, unit_id = rule.unit_id
FROM category, districts_district d, catalogue_routingrule rule
WHERE r.status = 'in_progress' AND d.edition_id = districts_edition_in_force()
    AND ST_Covers(d.boundary, r.location) AND rule.is_active
    AND rule.category_id = category.id AND rule.borough = d.borough
"""
OUTSIDE = """
UPDATE reports_report SET status = 'resolved'
WHERE status = 'in_progress' AND category_id <> (
    SELECT id FROM catalogue_category WHERE code = 'sliska-jezdnia')
"""
# Every sixteenth report that is done was handed over by somebody once.
HANDED_OVER = """
{head} SELECT {values} FROM reports_report r WHERE r.status = 'resolved' AND r.id %% 16 = 0
"""
ASSIGNED = """
{head} SELECT {values} FROM reports_report r
JOIN districts_district d ON d.id = r.district_id
JOIN catalogue_routingrule rule ON rule.is_active AND rule.category_id = r.category_id
    AND rule.borough = d.borough
WHERE r.status = 'in_progress'
"""


def run() -> list[tuple[str, str, str]]:
    """Rows of (what, measured, target)."""
    with machine(web_processes=2) as portal:
        Client(portal.url).send()
        time.sleep(2)
        open_reports = fill(portal)
        connect(portal)
        try:
            return measured(portal, open_reports)
        finally:
            disconnect()


def fill(portal: Portal) -> int:
    """How many reports are open."""
    with psycopg.connect(portal.dsn, autocommit=True) as connection:
        insert = copying(connection, "reports_report", **SPREAD).removesuffix(" RETURNING id")
        head, values = insert.split(" VALUES ", 1)
        connection.execute(
            f"{head} SELECT {values[1:-1]} FROM generate_series(1, {REPORTS}) AS number", {}
        )
        connection.execute(PLACED)
        connection.execute(OUTSIDE)
        connection.execute("DELETE FROM reports_dispatch")
        of_report = {"report_id": "r.id", "district_id": "r.district_id"}
        here = of_report | {"unit_id": "r.unit_id", "at": "r.created_at"}
        by_hand = of_report | {
            "unit_id": "(SELECT id FROM units_unit WHERE code = 'zzm')",
            "by_id": "(SELECT id FROM accounts_user WHERE username = 'operator')",
            "rule_id": "NULL",
            "at": "r.created_at + interval '1 hour'",
        }
        for statement, columns in (
            (ASSIGNED, here | {"rule_id": "rule.id"}),
            (HANDED_OVER, here),
            (HANDED_OVER, by_hand),
        ):
            assign = copying(connection, "reports_assignment", **columns)
            head, values = assign.removesuffix(" RETURNING id").split(" VALUES ", 1)
            connection.execute(statement.format(head=head, values=values[1:-1]), {})
        for table in ("reports_report", "reports_assignment"):
            connection.execute(f"VACUUM ANALYZE {table}")
    return portal.scalar("SELECT count(*) FROM reports_report WHERE status = 'in_progress'")


def connect(portal: Portal) -> None:
    """Let this process use the portal's database."""
    os.environ |= portal.environment
    os.environ["DJANGO_SETTINGS_MODULE"] = "geo_portal.settings"
    import django

    django.setup()


def disconnect() -> None:
    from django.db import connections

    connections.close_all()
    connections["default"].close_pool()


def measured(portal: Portal, open_reports: int) -> list[tuple[str, str, str]]:
    from districts.editions.activating import activate_edition
    from districts.models import Edition
    from owed.nudging import send_nudge
    from reports.handling.misroutes import find_misroutes
    from reports.handling.previewing import preview_edition
    from reports.handling.replaying import replay_year
    from tests.districts.editions.drafts import gis

    edition = half_exchanged()
    preview, preview_took = timed(lambda: preview_edition(edition))
    found, found_took = timed(lambda: find_misroutes(Edition.objects.in_force()))
    _replay, replay_took = timed(lambda: replay_year(Edition.objects.in_force(), edition))
    # A web process has its connection to the broker.
    send_nudge("reports.dispatch_due")
    stop = Event()
    with ThreadPoolExecutor(4) as pool:
        senders = [pool.submit(send_until, stop, portal) for _number in range(4)]
        time.sleep(3)
        begun = time.perf_counter()
        row, switch_took = timed(lambda: activate_edition(edition, by=gis("gis2")))
        passed = (
            "SELECT count(*) FROM reports_rerouting WHERE passed_at IS NOT NULL"
            f" AND activation_id = {row.pk}"
        )
        while not portal.scalar(passed):
            time.sleep(0.5)
        rerouting_took = time.perf_counter() - begun
        stop.set()
        latencies = [took for sender in senders for took in sender.result()]
    handed = portal.scalar("SELECT sum(handed_over) FROM reports_rerouting")
    assert handed >= preview.handed_over, (handed, preview.handed_over)
    p95 = statistics.quantiles(latencies, n=20)[-1]
    return [
        (
            f"preview: {preview.handed_over:,} of {open_reports:,} open reports change hands",
            f"{preview_took:.1f} s",
            "≤ 10 s",
        ),
        (
            f"hand-overs of the year along borders: {len(found.rows)} groups",
            f"{found_took:.1f} s",
            "–",
        ),
        ("the last year replayed", f"{replay_took:.1f} s", "–"),
        ("the switch", f"{switch_took * 1000:.0f} ms", "≤ 100 ms"),
        (f"{handed:,} open reports routed again", f"{rerouting_took:.0f} s", "≤ 60 s for 50,000"),
        (
            f"{len(latencies):,} reports sent meanwhile, {RATE} a second: p95, slowest",
            f"{p95:.0f} ms, {max(latencies):.0f} ms",
            "none fails, slowest ≤ 1,000 ms",
        ),
    ]


def half_exchanged():
    """An approved edition in which districts of north and south have changed places."""
    from dataclasses import replace

    from django.utils import timezone

    from districts.editions.approving import approve_edition
    from districts.editions.drafting import begin_draft, change_draft, shapes_of
    from districts.editions.outlines_and_borders import refresh_index, write_borders
    from districts.models import DraftChange, Edition
    from tests.districts.editions.drafts import gis

    base = Edition.objects.in_force()
    draft = begin_draft(base.layer, "bench", by=gis("gis"), source="bench", credit="bench")
    shapes = shapes_of(draft)
    north = [code for code, one in shapes.items() if one.borough in {"Bałuty", "Śródmieście"}]
    south = [code for code, one in shapes.items() if code not in north]
    moved = {}
    for one, other in zip(sorted(north)[:PAIRS], sorted(south)[:PAIRS], strict=True):
        moved[one] = replace(shapes[one], boundary=shapes[other].boundary)
        moved[other] = replace(shapes[other], boundary=shapes[one].boundary)
    change_draft(draft, moved, by=gis("gis"), word=DraftChange.Word.DRAWN)
    write_borders(draft, list(draft.districts.all()))
    refresh_index(concurrently=False)
    Edition.objects.filter(pk=draft.pk).update(checked_at=timezone.now())
    return approve_edition(draft, by=gis("gis2"))


def timed(act):
    """What ``act`` returned, and the seconds that it took."""
    begun = time.perf_counter()
    result = act()
    return result, time.perf_counter() - begun


def send_until(stop: Event, portal: Portal) -> list[float]:
    """Send reports, a quarter of ``RATE``, until ``stop``; the milliseconds of each."""
    client, latencies, begun = Client(portal.url), [], time.perf_counter()
    while not stop.is_set():
        latencies.append(client.send())
        time.sleep(max(0, begun + len(latencies) * 4 / RATE - time.perf_counter()))
    return latencies
