"""Every migration can be taken back, and its name says what it does."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from tests.scratch import scratch_database
from tests.template import template_database

OURS = {app.label for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR}
# All that migrations make; what extensions (PostGIS) bring along is not ours.
PARTS = {
    "columns": """
        SELECT table_name, column_name, udt_name, is_nullable, column_default, is_identity
        FROM information_schema.columns WHERE table_schema = 'public'""",
    "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "constraints": """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
    "triggers": "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "functions": """
        SELECT pg_get_functiondef(oid) FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND prokind IN ('f', 'p')
        AND NOT EXISTS (
            SELECT FROM pg_depend
            WHERE classid = 'pg_proc'::regclass AND objid = pg_proc.oid AND deptype = 'e'
        )""",
    "extensions": "SELECT extname FROM pg_extension",
}


@pytest.fixture
def scratch(django_db_setup, django_db_blocker) -> Iterator[BaseDatabaseWrapper]:
    """A copy of the suite's template, which all migrations made."""
    with django_db_blocker.unblock(), scratch_database(template_database()) as connection:
        with connection.cursor() as cursor:
            # It comes from createcachetable and from no migration.
            cursor.execute(f"DROP TABLE {settings.CACHES['default']['LOCATION']}")
        yield connection


def parts(connection: BaseDatabaseWrapper) -> dict[str, list[tuple]]:
    with connection.cursor() as cursor:
        found = {}
        for name, query in PARTS.items():
            cursor.execute(query)
            found[name] = sorted(cursor.fetchall(), key=str)
        return found


def migrate_all(connection: BaseDatabaseWrapper) -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def migrate_to_zero(connection: BaseDatabaseWrapper) -> None:
    executor = MigrationExecutor(connection)
    migrated = OURS & executor.loader.migrated_apps
    executor.migrate([(app, None) for app in sorted(migrated)])


def test_all_migrations_go_back_and_forward_again(scratch):
    made = parts(scratch)
    assert made["triggers"]
    assert made["functions"]

    migrate_to_zero(scratch)
    left = parts(scratch)
    ours = re.compile(rf"({'|'.join(OURS)})_")
    assert [table for table, *_column in left["columns"] if ours.match(table)] == []
    assert left["triggers"] == left["functions"] == []

    migrate_all(scratch)
    assert parts(scratch) == made


def test_every_migration_has_a_name_that_says_what_it_does():
    files = settings.BASE_DIR.glob("*/migrations/[0-9]*.py")
    names = [path.stem for path in files]
    assert len(names) > 20
    made_by_a_machine = re.compile(r"_auto_|_and_more$|_(alter|add|remove)_field")
    assert [name for name in names if made_by_a_machine.search(name)] == []
    assert [name for name in names if not re.fullmatch(r"\d{4}_[a-z][a-z_0-9]+", name)] == []
