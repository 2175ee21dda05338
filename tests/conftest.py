"""Fixtures for all tests. What tests write is rolled back or erased."""

import gc
import shutil
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from django.utils import timezone, translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests.people import *  # noqa: F403
from tests.template import template_database
from web.printing import write_pdf
from web.switches import current_state

# A machine that is busy with something else is no fault of what is tested.
hypothesis_settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("untimed")

WRITTEN_BY_TESTS = (
    "accounts_auditentry",
    "accounts_consententry",
    "outbox_letter",
    "django_session",
    "procedures_outsidelink",
    "maps_watch",
    "maps_watchchange",
    "maps_summarychange",
    "maps_summarycell",
)
LAST_EDITION = """
SELECT (SELECT coalesce(max(id), 0) FROM districts_edition),
       (SELECT coalesce(max(id), 0) FROM districts_activation)
"""
REFERRING = """
SELECT conrelid::regclass::text, attname FROM pg_constraint
JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
WHERE contype = 'f' AND confrelid = %s::regclass
"""
# Tables, and all that refer to them.
WITH_REFERRING = """
WITH RECURSIVE emptied AS (
    SELECT unnest(%s::regclass[]) AS name
    UNION SELECT conrelid FROM pg_constraint JOIN emptied ON confrelid = name WHERE contype = 'f'
)
SELECT name::regclass::text FROM emptied ORDER BY 1
"""
# Threads of the live server may have ended without closing their connections.
END_OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_modify_db_settings, django_db_blocker):
    """The database of this process, with the real districts, units, categories and annex.

    In place of pytest-django's, which makes none where no chosen test is marked ``django_db``:
    tests that commit would then write into the database of the checkout.
    """
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = template_database()
        # No test asks for the rows of migrations to be put back, so none are written down.
        made = setup_databases(verbosity=0, interactive=False, serialized_aliases=())
    # What is loaded by now stays: looking through it for garbage took a tenth of the suite's time.
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    yield
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute(END_OTHERS)
        teardown_databases(made, verbosity=0)


@pytest.fixture(autouse=True)
def letters_go_to_the_outbox(settings):
    """The test runner puts its own backend in place of the portal's; this puts ours back."""
    settings.EMAIL_BACKEND = "outbox.backend.OutboxBackend"


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """New passwords are hashed quickly; the portal's own hashers still check what they hashed."""
    quick = "django.contrib.auth.hashers.MD5PasswordHasher"
    settings.PASSWORD_HASHERS = [quick, *settings.PASSWORD_HASHERS]


@pytest.fixture(autouse=True)
def static_files_when_asked(settings):
    """Look for a static file when it is asked for. Else each new client reads the whole folder."""
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(scope="session", autouse=True)
def paper_is_printed_once():
    """The same words make the same PDF. Tests that open every page as everybody would otherwise
    print each document forty times.
    """
    import_module(settings.ROOT_URLCONF)
    printing = [
        module
        for name, module in list(sys.modules.items())
        if getattr(module, "write_pdf", None) is write_pdf and not name.startswith("tests.")
    ]
    assert len(printing) > 3
    once = _once(write_pdf)
    with pytest.MonkeyPatch.context() as patch:
        for module in printing:
            patch.setattr(module, "write_pdf", once)
        yield


def _once(write):
    made: dict[tuple, bytes] = {}

    def write_once(html, style=None, *, pictures=None):
        key = (html, style, tuple(sorted((pictures or {}).items())))
        if key not in made:
            made[key] = write(html, style, pictures=pictures)
        return made[key]

    return write_once


@pytest.fixture(autouse=True)
def pages_are_made_anew(settings):
    """Nobody gets a page as it was a moment ago, before a test changed something."""
    settings.PAGES_KEPT_SECONDS = 0


def _knowing_what_works(counting):
    """``counting``, which leaves out that switches and breaks are read anew after a change."""

    def count(*numbers, **options):
        current_state()
        return counting(*numbers, **options)

    return count


@pytest.fixture
def django_assert_num_queries(django_assert_num_queries):
    return _knowing_what_works(django_assert_num_queries)


@pytest.fixture
def django_assert_max_num_queries(django_assert_max_num_queries):
    return _knowing_what_works(django_assert_max_num_queries)


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """Real commits, for tests in which other processes or threads must see what was written."""
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute(LAST_EDITION)
            ((edition, activation),) = cursor.fetchall()
        yield
        with connection.cursor() as cursor:
            _forget_editions(cursor, edition, activation)
            # Editions of boundaries name people, but are reference data: emptying all that refers
            # to the table of people would empty them too.
            named = [table for table, _column in _referring(cursor, "accounts_user")]
            written = {*WRITTEN_BY_TESTS, *_tables_of("procedures", "pages", "reports"), *named}
            # One row says that the tallies were filled, by ``prepare``.
            written.discard("reports_tallystate")
            _empty(cursor, [table for table in written if not table.startswith("districts_")])
            cursor.execute("DELETE FROM accounts_user")


def _empty(cursor, tables: list[str]) -> None:
    """Erase all rows of ``tables`` and of what refers to them, though the portal would refuse.
    TRUNCATE … CASCADE would make hundreds of files anew: half a second after each test.
    """
    cursor.execute(WITH_REFERRING, [tables])
    looks = [f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for (name,) in cursor.fetchall()]
    cursor.execute(" UNION ALL ".join(looks))
    held = [name for (name,) in cursor.fetchall()]
    cursor.execute("SET session_replication_role = replica")
    for name in held:
        cursor.execute(f"DELETE FROM {name}")
    # Whoever has a tile of these rows has an old one.
    cursor.execute("UPDATE maps_summarystate SET folded = folded + 1")
    cursor.execute("SET session_replication_role = DEFAULT")
    # What processes keep of a table is told by a trigger of the statement.
    for name in held:
        cursor.execute(f"DELETE FROM {name}")


def _forget_editions(cursor, edition: int, activation: int) -> None:
    """Remove the editions and activations that a test added, though the portal would refuse."""
    cursor.execute("SET session_replication_role = replica")
    cursor.execute("DELETE FROM districts_activation WHERE id > %s", [activation])
    for table, column in _referring(cursor, "districts_edition"):
        cursor.execute(f"DELETE FROM {table} WHERE {column} > %s", [edition])
    cursor.execute("DELETE FROM districts_edition WHERE id > %s", [edition])
    cursor.execute("DELETE FROM districts_layer WHERE code <> 'osiedla'")
    cursor.execute("UPDATE districts_editionstep SET by_id = NULL")
    cursor.execute("SET session_replication_role = DEFAULT")


def _tables_of(*apps_by_name: str) -> list[str]:
    """The tables of apps of which the template holds no rows."""
    return [
        model._meta.db_table
        for name in apps_by_name
        for model in apps.get_app_config(name).get_models(include_auto_created=True)
    ]


def _referring(cursor, table: str) -> list[tuple[str, str]]:
    """The tables that refer to ``table``, each with the column that does."""
    cursor.execute(REFERRING, [table])
    return cursor.fetchall()


@pytest.fixture(scope="session")
def collected():
    """The static files, collected under the names that the pages use."""
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        call_command("build_assets", verbosity=0)
        subprocess.run(["npm", "run", "build"], check=True, capture_output=True)
        call_command("collectstatic", interactive=False, verbosity=0)


@pytest.fixture(scope="session", autouse=True)
def folders():
    """Photos of the suite are thrown away after it."""
    yield
    shutil.rmtree(settings.PHOTO_DIR, ignore_errors=True)
    shutil.rmtree(settings.EDITION_UPLOAD_DIR, ignore_errors=True)
    shutil.rmtree(settings.BASEMAP_DIR, ignore_errors=True)
    shutil.rmtree(settings.PROCEDURE_DIR, ignore_errors=True)
    shutil.rmtree(settings.WORKBOOK_DIR, ignore_errors=True)


@pytest.fixture(autouse=True)
def polish():
    """A request leaves its language behind in the thread; the next test begins in Polish."""
    yield
    translation.deactivate()


@pytest.fixture
def time_machine(monkeypatch):
    """``with time_machine(days=31):`` — the portal's clock runs that much ahead."""

    @contextmanager
    def ahead(**delta):
        with monkeypatch.context() as patch:
            patch.setattr(timezone, "now", lambda: datetime.now(UTC) + timedelta(**delta))
            yield

    return ahead
