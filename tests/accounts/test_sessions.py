"""Sessions are written when something happens, not when somebody reads."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.journeys.test_accessibility import PUBLIC, RESIDENTS

LIST = "/konto/zgloszenia/"


@pytest.mark.django_db
def test_nobody_who_only_reads_gets_a_session(client):
    read = [path for path in PUBLIC if "{" not in path]
    assert "/konto/logowanie/" in read
    for path in read:
        client.get(path)
        assert not Session.objects.exists(), path


@pytest.fixture
def session(client, resident) -> UserSession:
    """Of a resident who has read a page; it was last seen an hour ago."""
    client.force_login(resident)
    client.get(LIST)
    UserSession.objects.update(last_seen_at=timezone.now() - timedelta(hours=1))
    return UserSession.objects.get()


@pytest.mark.parametrize("path", [path for path in RESIDENTS if "{" not in path])
def test_reading_again_writes_nothing_about_the_session(client, session, path):
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    writing = ("INSERT", "UPDATE", "DELETE")
    written = [query["sql"] for query in queries if query["sql"].startswith(writing)]
    assert not [sql for sql in written if "session" in sql]
    session.refresh_from_db()
    assert session.last_seen_at < timezone.now() - timedelta(minutes=50)


@pytest.mark.parametrize("headers", [{"User-Agent": "inna"}, {"X-Forwarded-For": "192.0.2.7"}])
def test_another_browser_or_place_is_noted_at_once(client, session, headers, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    client.get(LIST, headers=headers)
    session.refresh_from_db()
    assert session.last_seen_at > timezone.now() - timedelta(minutes=5)


def test_use_is_noted_again_after_a_while(client, session):
    caches["process"].clear()
    client.get(LIST)
    session.refresh_from_db()
    assert session.last_seen_at > timezone.now() - timedelta(minutes=5)
