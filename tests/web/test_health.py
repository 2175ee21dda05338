"""The three addresses for operators: ``/healthz``, ``/readyz`` and ``/metrics``."""

import os
import re
import signal
import subprocess
import sys

import pytest
import requests
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from tests.factories import submitted
from tests.faults.machine import ROOT, free_port, wait_for
from web import health, heartbeat

DEAD = "redis://127.0.0.1:9/0"


@pytest.mark.django_db
def test_readyz_is_ready(client):
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_readyz_names_a_broker_that_is_away(client, settings):
    settings.REDIS_URL = DEAD
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["wrong"] == ["broker"]


@pytest.mark.django_db
def test_readyz_names_migrations_that_are_missing(client):
    [newest] = MigrationLoader(connection).graph.leaf_nodes("accounts")
    MigrationRecorder(connection).record_unapplied(*newest)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["wrong"] == ["migrations"]


@pytest.mark.django_db
def test_metrics_count_requests_by_route_and_status(client):
    def count() -> float:
        labels = 'method="GET",route="home",status="200"'
        found = re.search(rf"seconds_count{{{labels}}} (\S+)", client.get("/metrics").text)
        return float(found[1]) if found else 0

    before = count()
    client.get("/")
    assert count() >= before + 1
    # The quickest pages are told apart from quick ones.
    assert 'le="0.005"' in client.get("/metrics").text


@pytest.mark.django_db
def test_metrics_tell_what_is_owed(client):
    submitted()
    assert 'portal_queue_length{queue="dispatches"} 1.0' in client.get("/metrics").text


@pytest.mark.django_db
def test_metrics_come_without_what_is_owed_while_the_database_refuses(client):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE reports_dispatch RENAME TO away")
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert "portal_queue_length" not in answer.text
    assert "seconds_count" in answer.text


def test_metrics_never_name_a_path(client, db):
    client.get("/zgloszenia/7K3M-94QX-2/wypis/very-secret/")
    client.get("/invented-label/")
    text = client.get("/metrics").text
    assert "very-secret" not in text
    assert "invented-label" not in text


@pytest.mark.parametrize(
    ("token", "proxies", "headers", "address", "may"),
    [
        ("", 0, {}, "127.0.0.1", True),
        ("", 0, {}, "203.0.113.7", False),
        ("", 0, {"X-Forwarded-For": "203.0.113.7"}, "127.0.0.1", False),
        ("", 1, {}, "127.0.0.1", False),
        ("letmein", 1, {"Authorization": "Bearer letmein"}, "203.0.113.7", True),
        ("letmein", 1, {"Authorization": "Bearer wrong"}, "203.0.113.7", False),
        ("letmein", 0, {"Authorization": "Bearer ł"}, "203.0.113.7", False),
        ("", 0, {"Authorization": "Bearer "}, "203.0.113.7", False),
    ],
)
def test_metrics_are_for_the_token_or_this_machine(
    rf, settings, token, proxies, headers, address, may
):
    settings.METRICS_TOKEN = token
    settings.TRUSTED_PROXIES = proxies
    request = rf.get("/metrics", headers=headers, REMOTE_ADDR=address)
    assert health.may_read_metrics(request) is may


@pytest.fixture
def two_processes(tmp_path):
    """The address of a real server of two processes, and the folder that it writes to."""
    port = free_port()
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "uvicorn", "tests.web.stuck:application"),
            *("--port", str(port), "--workers", "2", "--log-level", "warning"),
            *("--http", "web.protocol:BoundedProtocol"),
        ],
        cwd=ROOT,
        env=os.environ
        | {"VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "geo_portal.settings"},
        start_new_session=True,
    )
    wait_for(
        lambda: len(list(tmp_path.glob("heartbeats/*/[0-9]*"))) == 2, what="both processes beat"
    )
    yield f"http://127.0.0.1:{port}"
    os.killpg(server.pid, signal.SIGKILL)
    server.wait()


def health_of(address: str) -> tuple[int, str]:
    """Asked anew each time, so that either process may answer; 0 if neither does in time."""
    try:
        answer = requests.get(f"{address}/healthz", timeout=5, headers={"Connection": "close"})
    except requests.RequestException:
        return 0, ""
    return answer.status_code, answer.text


def test_one_process_tells_that_the_loop_of_the_other_is_stuck(two_processes):
    assert health_of(two_processes) == (200, '{"status": "ok"}')
    requests.get(f"{two_processes}/stop-the-loop", timeout=5, stream=True).close()
    wait_for(lambda: '"loops"' in health_of(two_processes)[1], what="the other process says it")


def test_a_process_that_was_killed_is_forgotten(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    assert heartbeat.all_loops_turn()
    heartbeat.folder().mkdir(parents=True)
    left = heartbeat.folder() / "1"
    left.touch()
    os.utime(left, (0, 0))
    assert heartbeat.all_loops_turn()
    assert not left.exists()
