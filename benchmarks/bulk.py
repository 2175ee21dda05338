"""One answer to 1,000 reports at once, each with a sender who gets a letter: from the first to the
last, by one worker.
"""

import json
from http.client import HTTPConnection
from urllib.parse import urlsplit

from benchmarks.machine import machine
from benchmarks.reports import body

REPORTS = 1_000
_HEADERS = {"Content-Type": "application/json", "Accept": "application/json"}
_DO = """
from django.utils import timezone
from accounts.models import User
from panel.bulk.acting import confirm, prepare
from panel.bulk.executing import do_bulk_acts
from panel.models import BulkAct
from panel.queue.rooms import Room, desk_of
from panel.registry import ACTS
from reports.models import Report
desk = desk_of(User.objects.get(username="operator"), Room.OPERATOR)
act = next(one for one in ACTS if one.name == "change-status")
keys = Report.objects.values_list("pk", flat=True)
values = {"status": "resolved", "note": "Zrobione."}
confirm(prepare(desk, act, keys, values=values, query=""))
BulkAct.objects.update(due_at=timezone.now())
do_bulk_acts()
"""
_TOOK = """
SELECT extract(epoch FROM max(at) - min(at))::float8 FROM reports_statuschange
WHERE status = 'resolved'
"""


def run() -> list[tuple[str, str, str]]:
    """Rows of (what, measured, target)."""
    with machine(web_processes=2) as portal:
        portal.python("manage.py", "load_demo_people").wait()
        _send_reports(portal.url)
        assert portal.python("manage.py", "shell", "-v", "0", "-c", _DO).wait() == 0
        done = portal.scalar("SELECT count(*) FROM panel_bulkitem WHERE state = 'done'")
        assert done == REPORTS, done
        seconds = portal.scalar(_TOOK)
    return [(f"{REPORTS:,} reports answered", f"{seconds:.1f} s", "≤ 5 s")]


def _send_reports(url: str) -> None:
    connection = HTTPConnection(urlsplit(url).netloc, timeout=30)
    for number in range(REPORTS):
        values = body() | {"email": f"m{number}@example.org", "consent": True}
        connection.request("POST", "/api/v1/reports/", json.dumps(values), _HEADERS)
        answer = connection.getresponse()
        text = answer.read()
        assert answer.status == 201, text
