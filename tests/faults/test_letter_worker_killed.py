"""A worker is killed in the middle of a letter. That letter is sent again, the others once."""

import os
import subprocess
import sys
import threading
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from outbox.models import Letter
from tests.faults.machine import ROOT, wait_for
from tests.outbox.letters import owe
from tests.outbox.mail_server import MailServer, running

PEOPLE = [f"m{number}@example.org" for number in range(6)]
LEASE_SECONDS = 2
SEND = "from outbox.sending import send_due; send_due()"


@pytest.fixture
def server():
    with running(MailServer()) as server:
        yield server


def start_worker(server: MailServer, *, lease: int = LEASE_SECONDS) -> subprocess.Popen:
    """A process of its own that sends the letters of the suite's database."""
    database = connection.settings_dict
    person = f"{database['USER']}:{quote(database['PASSWORD'] or '')}"
    place = f"{person}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    environment = os.environ | {
        "DATABASE_URL": f"postgis://{place}",
        "REDIS_URL": settings.REDIS_URL,
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(server.port),
        "LEASE_SECONDS": str(lease),
    }
    command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", SEND]
    return subprocess.Popen(command, cwd=ROOT, env=environment)


def hold_at(server: MailServer, number: int) -> tuple[threading.Event, threading.Event]:
    """Make the server withhold its answer to the letter after ``number``. Returns two events: the
    first says that it does so, the second lets it go on.
    """
    waits, goes_on = threading.Event(), threading.Event()

    def hold() -> None:
        if len(server.letters) == number and not goes_on.is_set():
            waits.set()
            goes_on.wait(timeout=60)

    server.meanwhile = hold
    return waits, goes_on


def finish(server: MailServer) -> None:
    def nothing_waits() -> bool:
        assert start_worker(server).wait(timeout=60) == 0
        return not Letter.objects.filter(state="queued").exists()

    wait_for(nothing_waits, seconds=60, what="another worker takes over")


def test_a_letter_cut_off_before_its_last_byte_was_acknowledged_is_sent_again(server, committed):
    owe(*PEOPLE)
    raw = {letter.recipients[0]: bytes(letter.raw) for letter in Letter.objects.all()}
    waits, goes_on = hold_at(server, 3)
    worker = start_worker(server)
    assert waits.wait(timeout=60)
    worker.kill()
    worker.wait()
    assert Letter.objects.filter(state="sent").count() == 3
    assert Letter.objects.filter(state="queued", leased_until__isnull=False).count() == 3
    goes_on.set()
    finish(server)
    counts = server.counts()
    cut_off = PEOPLE[3]
    # The server accepted the letter that the killed worker had handed over, but nobody was there to
    # receive its answer.
    assert counts == dict.fromkeys(PEOPLE, 1) | {cut_off: counts[cut_off]}
    assert counts[cut_off] <= 2
    # Both copies are identical, even in their Message-ID.
    assert {letter.raw for letter in server.letters} == set(raw.values())


def test_nobody_else_sends_what_a_living_worker_holds(server, committed):
    owe(*PEOPLE)
    waits, goes_on = hold_at(server, 1)
    slow = start_worker(server, lease=120)
    assert waits.wait(timeout=60)
    assert start_worker(server, lease=120).wait(timeout=60) == 0
    assert server.counts() == {PEOPLE[0]: 1}
    goes_on.set()
    assert slow.wait(timeout=60) == 0
    assert server.counts() == dict.fromkeys(PEOPLE, 1)
