"""An empty database beside that of the suite, for tests that make or unmake tables."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

ALIAS = "scratch"


@contextmanager
def scratch_database() -> Iterator[BaseDatabaseWrapper]:
    """A connection to it, under ``ALIAS`` and without a pool; it is removed afterwards."""
    # One for each process of the suite; what a killed one left behind, its next run removes.
    name = f"scratch_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with psycopg.connect(address_of("postgres"), autocommit=True) as outside:
        outside.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        outside.execute(f"CREATE DATABASE {name}")
        ours = {**connections.settings["default"], "NAME": name, "OPTIONS": {}}
        connections.settings[ALIAS] = ours
        try:
            yield connections[ALIAS]
        finally:
            connections[ALIAS].close()
            del connections[ALIAS], connections.settings[ALIAS]
            outside.execute(f"DROP DATABASE {name} WITH (FORCE)")


def address_of(database: str, scheme: str = "postgresql") -> str:
    """Where ``database`` is found: with the scheme ``postgis``, a ``DATABASE_URL``."""
    server = connection.settings_dict
    account = f"{server['USER']}:{server['PASSWORD']}"
    return f"{scheme}://{account}@{server['HOST']}:{server['PORT']}/{database}"
