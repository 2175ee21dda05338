"""A database beside that of the suite, for tests that make or unmake tables."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

ALIAS = "scratch"


@contextmanager
def scratch_database(template: str = "template1") -> Iterator[BaseDatabaseWrapper]:
    """A connection to a copy of ``template`` (by default an empty database), under ``ALIAS`` and
    without a pool; it is removed afterwards.
    """
    # One for each process of the suite; what a killed one left behind, its next run removes.
    name = f"scratch_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with psycopg.connect(address_of("postgres"), autocommit=True) as outside:
        outside.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        outside.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        ours = {**connections.settings["default"], "NAME": name, "OPTIONS": {}}
        connections.settings[ALIAS] = ours
        try:
            yield connections[ALIAS]
        finally:
            connections[ALIAS].close()
            del connections[ALIAS], connections.settings[ALIAS]
            outside.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def scratch_portal(template: str) -> Iterator[BaseDatabaseWrapper]:
    """A copy of ``template``, which has tables and reference data; the portal uses it meanwhile.

    What happens in it is committed, and goes with it.
    """
    with scratch_database(template) as scratch:
        usual, connections["default"] = connections["default"], scratch
        ContentType.objects.clear_cache()
        try:
            with scratch.cursor() as cursor:
                # No number that the suite's own database has. So nothing that a process keeps in
                # memory from one database is taken for what it keeps from the other.
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence('web_revision', 'number'), 1000000000)"
                )
                cursor.execute("UPDATE web_revision SET number = 1000000000")
            yield scratch
        finally:
            connections["default"] = usual
            ContentType.objects.clear_cache()


def address_of(database: str, scheme: str = "postgresql") -> str:
    """Where ``database`` is found: with the scheme ``postgis``, a ``DATABASE_URL``."""
    server = connection.settings_dict
    account = f"{server['USER']}:{server['PASSWORD']}"
    return f"{scheme}://{account}@{server['HOST']}:{server['PORT']}/{database}"
