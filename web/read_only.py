"""A technical break: pages are read, nothing is written, and nothing that was typed is lost.

Twice enforced: what would write is refused in words before its view, and while there is a break
PostgreSQL itself refuses every write of a request, also one that a page that is only read would
make unnoticed (docs/adr/0035-switches-and-breaks.md).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog
from celery import Task
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from .errors import ReadOnly, error_response
from .limits import READING
from .models import Function
from .switches import State, SwitchedOff, current_state

_GetResponse = Callable[[HttpRequest], HttpResponse]
_log = structlog.get_logger(__name__)


class StateMiddleware:
    """Puts the ``State`` onto the request as ``portal_state``, and keeps the database from writing
    during a break.
    """

    def __init__(self, get_response: _GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        state = current_state()
        request.portal_state = state  # type: ignore[attr-defined]
        if state.break_on is None or not state.is_database_writable or _writes_in_breaks(request):
            return self.get_response(request)
        with _only_reading():
            return self.get_response(request)


class RefusingMiddleware:
    """Refuses what is closed by a switch, and what would write during a break.

    It stands behind the check of the CSRF token, because its page carries what was typed on, and
    before the limits: a report that waits on a device and asks again must not use them up.
    """

    def __init__(self, get_response: _GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        state: State = request.portal_state  # type: ignore[attr-defined]
        name = request.resolver_match.view_name if request.resolver_match else ""
        is_read = request.method in READING
        functions = settings.CLOSED_WITH.get(name, (None, None))
        closes = [functions[not is_read]]
        if _is_api(name) and not _is_from_own_page(request):
            closes.append(Function.API)
        for function in closes:
            if change := state.off.get(function or ""):
                return error_response(request, SwitchedOff(change))
        if is_read or not state.only_reads or name in settings.WRITE_IN_BREAKS:
            return None
        return error_response(request, ReadOnly(state.break_on))


class PausingTask(Task):
    """A task of Celery, which waits for the end of a break: what is owed stays owed.

    What beat starts every minute is left out; anything else is put off until it is over.
    """

    def __call__(self, *args: object, **kwargs: object) -> object:
        if not _is_writing_refused():
            return super().__call__(*args, **kwargs)
        _log.warning("task_waits_for_end_of_break", task=self.name)
        if self.name not in _every_minute():
            raise self.retry(countdown=settings.SWEEP_SECONDS, max_retries=None)
        return None


def _is_writing_refused() -> bool:
    return current_state().only_reads


def _every_minute() -> set[str]:
    entries = settings.CELERY_BEAT_SCHEDULE.values()
    return {one["task"] for one in entries if one["schedule"] == settings.SWEEP_SECONDS}


@contextmanager
def _only_reading() -> Iterator[None]:
    """Let the connection of this thread begin only transactions that read."""
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
    try:
        yield
    finally:
        try:
            with connection.cursor() as cursor:
                cursor.execute("RESET default_transaction_read_only")
        except DatabaseError:
            # It must not go back into the pool as it is.
            connection.close()


def _writes_in_breaks(request: HttpRequest) -> bool:
    try:
        return resolve(request.path_info).view_name in settings.WRITE_IN_BREAKS
    except Resolver404:
        return False


def _is_api(name: str) -> bool:
    return name.startswith(("api:", "ogc:")) and name not in ("api:docs", "api:schema")


def _is_from_own_page(request: HttpRequest) -> bool:
    """Whether a script of the portal's own page asks. Browsers say so; a program that pretends
    gains nothing but what every visitor of the page has.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    origin = f"{request.scheme}://{request.get_host()}"
    asking = request.headers.get("Origin") or request.headers.get("Referer", "")
    return asking == origin or asking.startswith(f"{origin}/")
