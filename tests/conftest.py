"""Reference data is loaded once a database; what tests write is rolled back or truncated."""

import shutil
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from tests.people import *  # noqa: F403

WRITTEN_BY_TESTS = (
    "accounts_auditentry",
    "accounts_consententry",
    "accounts_user",
    "outbox_letter",
    "reports_report",
    "reports_photo",
    "django_session",
)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The database of the suite, with the real districts, units, categories and annex."""
    with django_db_blocker.unblock():
        call_command("prepare", stdout=StringIO())


@pytest.fixture(autouse=True)
def letters_go_to_the_outbox(settings):
    """The test runner puts its own backend in place of the portal's; this puts ours back."""
    settings.EMAIL_BACKEND = "outbox.backend.OutboxBackend"


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """Real commits, for tests in which other processes or threads must see what was written."""
    with django_db_blocker.unblock():
        yield
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {', '.join(WRITTEN_BY_TESTS)} CASCADE")


@pytest.fixture(scope="session", autouse=True)
def folders():
    """Photos of the suite are thrown away after it."""
    yield
    shutil.rmtree(settings.PHOTO_DIR, ignore_errors=True)


@pytest.fixture
def time_machine(monkeypatch):
    """``with time_machine(days=31):`` — the portal's clock runs that much ahead."""

    @contextmanager
    def ahead(**delta):
        with monkeypatch.context() as patch:
            patch.setattr(timezone, "now", lambda: datetime.now(UTC) + timedelta(**delta))
            yield

    return ahead
