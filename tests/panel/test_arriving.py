"""Open lists hear of what arrives, each only of its own, by a server with real connections."""

import json
import threading
from collections.abc import Iterator

import pytest
import requests
import uvicorn
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client

from accounts.models import Role, User
from panel.queue import arriving
from reports.handling.correcting import forward
from reports.models import Assignment, Report
from tests.factories import category, submitted
from tests.faults.machine import free_port, wait_for
from tests.people import person
from units.models import Unit
from web.one_hop import OneHopHandler
from web.protocol import BoundedProtocol
from web.streams import end_streams

# Long enough for two looks on a busy machine.
SECONDS = 30


class Listening:
    """An open list: ``references`` is what it was told. ``is_over``: its stream ended."""

    def __init__(self, url: str, user: User, since: int) -> None:
        client = Client()
        client.force_login(user)
        cookies = {name: cookie.value for name, cookie in client.cookies.items()}
        self.answer = requests.get(
            f"{url}&od={since}", cookies=cookies, stream=True, timeout=SECONDS
        )
        self.references: list[str] = []
        self.last_id = ""
        self.is_over = False
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        try:
            for line in self.answer.iter_lines(chunk_size=1):
                if line.startswith(b"id: "):
                    self.last_id = line[4:].decode()
                elif line.startswith(b"data: "):
                    self.references += json.loads(line[6:])
        except (requests.RequestException, AttributeError):
            # What ``requests`` raises where the answer was closed while it read.
            pass
        finally:
            self.is_over = True

    def hears(self, report: Report) -> None:
        wait_for(lambda: report.reference in self.references, seconds=SECONDS, what="an event")


@pytest.fixture
def url(committed) -> Iterator[str]:
    call_command("load_roles")
    port = free_port()
    config = uvicorn.Config(
        OneHopHandler(), port=port, log_level="warning", lifespan="off", http=BoundedProtocol
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    wait_for(lambda: server.started, what="the server starts")
    yield f"http://127.0.0.1:{port}/panel"
    server.should_exit = True
    thread.join(SECONDS)
    assert not thread.is_alive(), "an open list keeps the process from ending"
    connections.close_all()


def newest() -> int:
    return Assignment.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def test_each_list_hears_of_what_is_its_own(url):
    member, other = person("zenon", unit="zdit"), person("karol", unit="zzm")
    operator = person("olga", role=Role.OPERATOR)
    since = newest()
    # Between the making of the page and its first question.
    early = submitted()
    roads = Listening(f"{url}/jednostka/na-zywo/?zakres=otwarte", member, since)
    wrecks = Listening(f"{url}/jednostka/na-zywo/?kategoria=wrak", member, since)
    green = Listening(f"{url}/jednostka/na-zywo/?", other, since)
    every = Listening(f"{url}/operator/na-zywo/?zakres=otwarte", operator, since)
    roads.hears(early)
    late = submitted()
    assert late.unit.code == "zdit"
    roads.hears(late)
    every.hears(late)
    # It changes hands: the other unit hears of it; the operator's list had it before.
    forward(late, Unit.objects.get(code="zzm"), by=operator)
    green.hears(late)
    last = submitted(category=category("wrak"))
    every.hears(last)
    assert every.references.count(late.reference) == 1
    assert wrecks.references == [last.reference] * (last.unit.code == "zdit")
    assert early.reference not in green.references
    # Whoever lost the connection goes on after the last event.
    again = Listening(f"{url}/jednostka/na-zywo/?", member, int(roads.last_id))
    next_one = submitted()
    again.hears(next_one)
    assert late.reference not in again.references


def test_a_list_outlives_its_lost_database_connection(url):
    member = person("zenon", unit="zdit")
    listening = Listening(f"{url}/jednostka/na-zywo/?", member, newest())
    listening.hears(submitted())
    # Its connection is known by what it asked last.
    wait_for(lambda: _ended_connections("reports_assignment") > 0, what="a look")
    listening.hears(submitted())


def _ended_connections(asked: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE %s"
            " AND datname = current_database() AND pid <> pg_backend_pid()",
            [f"%{asked}%"],
        )
        return cursor.fetchone()[0]


def test_a_list_that_was_left_costs_nothing_more(url):
    member = person("zenon", unit="zdit")
    listening = Listening(f"{url}/jednostka/na-zywo/?", member, newest())
    wait_for(lambda: bool(arriving._arrivals.listeners), what="somebody listens")
    listening.answer.close()
    wait_for(lambda: not arriving._arrivals.listeners, what="nobody listens")


def test_what_does_not_end_ends_with_the_process(url):
    listening = Listening(f"{url}/jednostka/na-zywo/?", person("zenon", unit="zdit"), newest())
    listening.hears(submitted())
    end_streams()
    wait_for(lambda: listening.is_over, what="the stream ends")


@pytest.mark.django_db
def test_who_may_listen_and_to_what(client, unit_member, monkeypatch):
    address = "/panel/jednostka/na-zywo/"
    client.force_login(unit_member)
    for since in ("", "?od=", "?od=-1", "?od=x", "?od=1&status=zly"):
        assert client.get(f"{address}{since}").status_code == 400
    assert client.get("/panel/operator/na-zywo/?od=1").status_code in {302, 403, 404}
    monkeypatch.setattr(arriving, "MOST_LISTENERS", 0)
    assert client.get(f"{address}?od=1").status_code == 503
