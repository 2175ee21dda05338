"""Reference data that a process keeps in memory until a change of it is committed anywhere.

A trigger on each table that something is kept from changes the number in the one row of
``web_revision``, in the transaction of the change: ``count_changes`` makes it in a migration. Who
asks for what is kept reads that number first, by one short statement, once in a request. So a
change is seen by every process from the next request on, and nothing depends on a message that
could get lost. The same statement tells whether the database takes writes at all.
"""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Generic, TypeVar

from django.db import connection
from django.db.migrations import RunSQL
from django.http import HttpRequest, HttpResponse

_T = TypeVar("_T")
# What the request at hand read: empty before it did, None outside of requests. The number, and
# whether the database only reads.
_read_in_request: ContextVar[list[tuple[int, bool]] | None] = ContextVar("revision", default=None)


class ReadOnceMiddleware:
    """Lets a request read the number once only."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _read_in_request.set([])
        try:
            return self.get_response(request)
        finally:
            _read_in_request.reset(token)


class Kept(Generic[_T]):
    """``kept()`` is what ``load`` returned, loaded anew after a change. All threads share it, so
    nobody may change it.
    """

    def __init__(self, load: Callable[[], _T]) -> None:
        self._load = load
        # Number and value are replaced together, so that no thread sees one without the other.
        self._kept: tuple[int, _T] | None = None

    def __call__(self) -> _T:
        (now, _is_read_only), kept = _revision(), self._kept
        if kept is None or kept[0] != now:
            # What is loaded may be newer than the number, never older; then it is loaded once more.
            kept = self._kept = (now, self._load())
        return kept[1]

    def last(self) -> _T | None:
        """What was kept last, however old, without asking the database; None before any."""
        return self._kept[1] if self._kept else None


def revision() -> int:
    """The number that is another after every committed change of what is kept."""
    return _revision()[0]


def database_only_reads() -> bool:
    """Whether the database refuses writes now: it was set so, or is a copy that follows another."""
    return _revision()[1]


def count_changes(table: str) -> RunSQL:
    """The migration's operation by which changes of ``table`` are counted."""
    name = f"{table}_changed"
    return RunSQL(
        f"CREATE TRIGGER {name} AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION web_count_change()",
        f"DROP TRIGGER {name} ON {table}",
    )


def _revision() -> tuple[int, bool]:
    read = _read_in_request.get()
    if read:
        return read[0]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, current_setting('transaction_read_only')::boolean FROM web_revision"
        )
        number, is_read_only = cursor.fetchone()
    if read is not None:
        read.append((number, is_read_only))
    return number, is_read_only
