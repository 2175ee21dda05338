"""Finding what is left of a person in tables, files, cache entries and sessions."""

from collections.abc import Iterator
from pathlib import Path

import redis
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection

TABLES = """
SELECT format('%I', table_name) FROM information_schema.tables
WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
"""
BINARY = """
SELECT format('%%I', column_name) FROM information_schema.columns
WHERE table_schema = 'public' AND format('%%I', table_name) = %s AND data_type = 'bytea'
"""


def traces_of(*values: str) -> set[str]:
    """The places that still hold one of ``values``, letter case ignored."""
    wanted = [value.lower() for value in values]
    places = (*in_tables(), *in_sessions(), *in_redis(), *in_files())
    return {name for name, text in places if any(value in text.lower() for value in wanted)}


def rows(statement: str, parameters: list[str] | None = None) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [str(row[0]) for row in cursor.fetchall()]


def in_tables() -> Iterator[tuple[str, str]]:
    """Every row of every table as text, and every binary column decoded as text."""
    for table in rows(TABLES):
        yield table, "\n".join(rows(f"SELECT t::text FROM {table} t"))
        for column in rows(BINARY, [table]):
            text = f"SELECT encode({column}, 'escape') FROM {table}"
            yield f"{table}.{column}", "\n".join(rows(text))


def in_sessions() -> Iterator[tuple[str, str]]:
    for session in Session.objects.all():
        yield "session", str(session.get_decoded())


def in_redis() -> Iterator[tuple[str, str]]:
    store = redis.Redis.from_url(settings.REDIS_URL)
    for key in store.scan_iter():
        yield f"redis {key!r}", repr(key) + repr(store.dump(key))


def in_files() -> Iterator[tuple[str, str]]:
    folder = Path(settings.PHOTO_DIR)
    for path in folder.rglob("*") if folder.exists() else ():
        if path.is_file():
            yield str(path), str(path) + path.read_bytes().decode("latin-1")
