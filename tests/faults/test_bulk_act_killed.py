"""A worker is killed in the middle of a bulk act. Another goes on: each report is done once, each
sender told once.
"""

import os
import subprocess
import sys
from collections import Counter
from urllib.parse import quote

import psycopg
from django.conf import settings
from django.db import connection
from django.utils import timezone

from outbox.models import Letter
from panel.bulk.acting import confirm, prepare
from panel.models import BulkAct, BulkItem
from panel.queue.rooms import Room, desk_of
from panel.registry import ACTS
from reports.models import Report, Status, StatusChange
from tests.factories import dispatched
from tests.faults.machine import ROOT, wait_for
from tests.people import person
from tests.scratch import address_of

REPORTS, DONE_BEFORE = 12, 5
DO = "from panel.bulk.executing import do_bulk_acts; do_bulk_acts()"


def start_worker() -> subprocess.Popen:
    """A process of its own that does bulk acts of the suite's database."""
    database = connection.settings_dict
    who = f"{database['USER']}:{quote(database['PASSWORD'] or '')}"
    place = f"{who}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    environment = os.environ | {
        "DATABASE_URL": f"postgis://{place}",
        "REDIS_URL": settings.REDIS_URL,
    }
    command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", DO]
    return subprocess.Popen(command, cwd=ROOT, env=environment)


def done() -> int:
    return BulkItem.objects.filter(state=BulkItem.State.DONE).count()


def test_what_a_killed_worker_left_is_done_once(committed):
    member = person("zenon", unit="zdit")
    keys = [
        dispatched(email=f"m{number}@example.org", consent=True).pk for number in range(REPORTS)
    ]
    Letter.objects.all().delete()
    act = next(one for one in ACTS if one.name == "change-status")
    values = {"status": "in_progress", "note": "Zaczynamy."}
    bulk = prepare(desk_of(member, Room.UNIT), act, keys, values=values, query="")
    confirm(bulk)
    BulkAct.objects.update(due_at=timezone.now())

    with psycopg.connect(address_of(connection.settings_dict["NAME"])) as other:
        # Somebody else holds the sixth report, so that the worker is killed while it waits.
        held = keys[DONE_BEFORE]
        other.execute("SELECT id FROM reports_report WHERE id = %s FOR UPDATE", [held])
        worker = start_worker()
        wait_for(lambda: done() == DONE_BEFORE, what="some reports are done")
        worker.kill()
        worker.wait()
    assert done() == DONE_BEFORE
    assert Letter.objects.count() == DONE_BEFORE

    # Its lease ends; here at once.
    BulkAct.objects.update(leased_until=timezone.now())
    assert start_worker().wait() == 0
    assert BulkAct.objects.get().state == BulkAct.State.DONE
    assert set(Report.objects.values_list("status", flat=True)) == {Status.IN_PROGRESS}
    begun = StatusChange.objects.filter(status=Status.IN_PROGRESS)
    assert Counter(begun.values_list("report", flat=True)) == dict.fromkeys(keys, 1)
    told = [one for letter in Letter.objects.all() for one in letter.recipients]
    assert sorted(told) == sorted(f"m{number}@example.org" for number in range(REPORTS))
