"""A web process whose threads are stuck still reads pages, and says that it is not well."""

import os
import threading
import time
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
import requests
import uvicorn
from django.db import connections
from django.http import StreamingHttpResponse
from django.templatetags.static import static
from django.urls import path

from tests.faults.machine import free_port, wait_for
from tests.scratch import address_of
from web import heartbeat
from web.bounds import bounded_application
from web.health import with_healthz
from web.one_hop import OneHopHandler

REPORT = {
    "category": "dziura-w-jezdni",
    "description": "Dziura przy przejściu.",
    "location": {"type": "Point", "coordinates": [19.4571, 51.7652]},
}
# Other processes of the suite have copies of the same database, with the same numbers of tables.
WAITS = """
    SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
    WHERE NOT granted AND relation = 'reports_report'::regclass AND datname = current_database()
"""


@pytest.fixture
def url(committed, settings):
    """A process with one thread for everybody and one in reserve."""
    settings.WEB_THREADS = settings.WEB_RESERVE = 1
    # Threads of earlier tests may have ended without giving their connections back to the pool.
    connections.close_all()
    connections["default"].close_pool()
    application, port = bounded_application(with_healthz(OneHopHandler())), free_port()
    server = uvicorn.Server(
        uvicorn.Config(application, port=port, log_level="warning", lifespan="off")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()
    connections.close_all()


@pytest.fixture
def lock(committed):
    """Nobody may write reports until ``lock.rollback()``."""
    name = connections["default"].settings_dict["NAME"]
    with psycopg.connect(address_of(name)) as connection:
        connection.execute("LOCK TABLE reports_report IN EXCLUSIVE MODE")
        yield connection


def send_in_background(url: str, answers: list[int]) -> threading.Thread:
    def send() -> None:
        body = REPORT | {"submission_id": str(uuid4())}
        answers.append(requests.post(f"{url}/api/v1/reports/", json=body, timeout=60).status_code)

    thread = threading.Thread(target=send)
    thread.start()
    return thread


def test_pages_are_read_while_all_that_writes_is_stuck(url, lock):
    assert requests.get(f"{url}/healthz", timeout=20).json() == {"status": "ok"}
    answers: list[int] = []
    senders = [send_in_background(url, answers) for _number in range(3)]
    wait_for(lambda: lock.execute(WAITS).fetchone()[0] > 0, what="a report waits for the lock")

    assert requests.get(f"{url}/status/", timeout=20).status_code == 200
    assert answers == []
    sick = requests.get(f"{url}/healthz", timeout=20)
    assert (sick.status_code, sick.json()) == (503, {"status": "not able", "wrong": ["threads"]})
    # The proxy goes on sending those who read.
    assert requests.get(f"{url}/healthz?only=this", timeout=20).status_code == 200

    lock.rollback()
    for sender in senders:
        sender.join()
    assert answers == [201, 201, 201]
    assert requests.get(f"{url}/healthz", timeout=20).status_code == 200


def test_a_process_whose_loop_is_stuck_is_named_by_another(url, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    with heartbeat._own_file() as file:
        assert requests.get(f"{url}/healthz", timeout=20).status_code == 200
        os.utime(file.fileno(), (0, 0))
        assert requests.get(f"{url}/healthz", timeout=20).json()["wrong"] == ["loops"]
        # The proxy asks for the process that answers it: the others still serve.
        assert requests.get(f"{url}/healthz?only=this", timeout=20).status_code == 200


@pytest.mark.filterwarnings("error")
def test_a_file_is_streamed_whole(url, collected, settings):
    address = static("build/icons.svg")
    answer = requests.get(url + address, headers={"Accept-Encoding": "identity"}, timeout=20)
    assert answer.status_code == 200
    file = Path(settings.STATIC_ROOT) / address.removeprefix(settings.STATIC_URL)
    assert answer.content == file.read_bytes()


def test_healthz_needs_no_host_and_no_encryption(url, settings):
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = [], True
    answer = requests.get(f"{url}/healthz", headers={"Host": "nikt.example.org"}, timeout=20)
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_a_request_leaves_no_language_behind_in_its_thread(url):
    english = requests.get(f"{url}/status/", headers={"Accept-Language": "en"}, timeout=20)
    assert english.headers["Content-Language"] == "en"
    assert requests.get(f"{url}/status/", timeout=20).headers["Content-Language"] == "pl"


# Set once a stream is closed.
left = threading.Event()


def endless(_request) -> StreamingHttpResponse:
    """Longer than anybody here waits."""
    until = time.monotonic() + 15

    def chunks():
        try:
            while time.monotonic() < until:
                yield b"x" * 10_000
        finally:
            left.set()

    return StreamingHttpResponse(chunks())


urlpatterns = [path("endless/", endless)]


def test_nothing_more_is_made_for_a_client_that_has_left(url, settings):
    settings.ROOT_URLCONF = __name__
    with requests.get(f"{url}/endless/", stream=True, timeout=20) as answer:
        assert next(answer.iter_content(10_000))
        assert not left.is_set()
    assert left.wait(10)
