"""A sender killed in the middle of a letter: the letter is sent again, the others once."""

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

pytestmark = pytest.mark.xdist_group("faults")
PEOPLE = [f"m{number}@example.org" for number in range(6)]
LEASE_SECONDS = 2
SEND = "from outbox.sending import send_due; send_due()"


@pytest.fixture
def server():
    with running(MailServer()) as server:
        yield server


def start_sender(server: MailServer, *, lease: int = LEASE_SECONDS) -> subprocess.Popen:
    """A sender as a process of its own, on the suite's database."""
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
    """The server holds its answer to the letter after ``number``: (it does so, it may go on)."""
    waits, goes_on = threading.Event(), threading.Event()

    def hold() -> None:
        if len(server.letters) == number and not goes_on.is_set():
            waits.set()
            goes_on.wait(timeout=60)

    server.meanwhile = hold
    return waits, goes_on


def finish(server: MailServer) -> None:
    def nothing_is_queued() -> bool:
        assert start_sender(server).wait(timeout=60) == 0
        return not Letter.objects.filter(state="queued").exists()

    wait_for(nothing_is_queued, seconds=60, what="another sender takes over")


def test_a_letter_cut_off_before_its_last_byte_was_acknowledged_is_sent_again(server, committed):
    owe(*PEOPLE)
    raw = {letter.recipients[0]: bytes(letter.raw) for letter in Letter.objects.all()}
    waits, goes_on = hold_at(server, 3)
    sender = start_sender(server)
    assert waits.wait(timeout=60)
    sender.kill()
    sender.wait()
    assert Letter.objects.filter(state="sent").count() == 3
    assert Letter.objects.filter(state="queued", leased_until__isnull=False).count() == 3
    goes_on.set()
    finish(server)
    counts = server.counts()
    cut_off = PEOPLE[3]
    # The server took what the killed sender had handed over, without anybody to tell.
    assert counts == dict.fromkeys(PEOPLE, 1) | {cut_off: counts[cut_off]}
    assert counts[cut_off] <= 2
    # Copies are the same to the last byte, Message-ID included.
    assert {letter.raw for letter in server.letters} == set(raw.values())


def test_what_a_living_sender_holds_nobody_else_sends(server, committed):
    owe(*PEOPLE)
    waits, goes_on = hold_at(server, 1)
    slow = start_sender(server, lease=120)
    assert waits.wait(timeout=60)
    assert start_sender(server, lease=120).wait(timeout=60) == 0
    assert server.counts() == {PEOPLE[0]: 1}
    goes_on.set()
    assert slow.wait(timeout=60) == 0
    assert server.counts() == dict.fromkeys(PEOPLE, 1)
