"""The three addresses for operators: ``/healthz``, ``/readyz`` and ``/metrics``."""

import re

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from tests.factories import submitted
from web import health

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


@pytest.mark.django_db
def test_metrics_tell_what_is_owed(client):
    submitted()
    assert 'portal_queue_length{queue="dispatches"} 1.0' in client.get("/metrics").text


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
