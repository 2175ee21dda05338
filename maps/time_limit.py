"""A bound on how long the database may look for an answer that somebody waits for."""

from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, connection, transaction

_CANCELLED = "57014"
Found = TypeVar("Found")


def read_within(milliseconds: int, read: Callable[[], Found]) -> Found | None:
    """What ``read`` finds, or None if one of its statements takes longer."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = {milliseconds}")
            found = read()
            cursor.execute("SET LOCAL statement_timeout = DEFAULT")
    except OperationalError as fault:
        if getattr(fault.__cause__, "sqlstate", "") != _CANCELLED:
            raise
        return None
    return found
