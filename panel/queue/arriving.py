"""What arrives in a list while somebody has it open, as server-sent events (WHATWG HTML, 9.2).

Each web process asks once for all of its open lists: which reports were given to somebody since the
last look, and then which of these each list selects. With no list open it asks nothing. A list is
only told; it shows nothing new until somebody asks for it.
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import structlog
from django.db import DatabaseError, connection
from django.db.models import Exists, F, Max, OuterRef
from django.http import StreamingHttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.access import PersonRequest
from reports.models import Assignment
from web.errors import PortalError

from .rooms import Desk, Room, desk_of
from .selection import Scope, Selection, WrongList, read_selection

# Seconds between two looks, between two signs of life, and until a list has to ask anew whether it
# may listen.
_LOOK, _SIGN, _LONGEST = 0.5, 15, 60
# A transaction may be committed after one that took its number later; so many are looked at again.
_OVERLAP = 500
# Open lists of one web process.
MOST_LISTENERS = 500

log = structlog.get_logger(__name__)


class TooManyListeners(PortalError):
    code = "too_many_listeners"
    status = 503
    detail = _("Za dużo otwartych list. Odśwież stronę, żeby zobaczyć nowe zgłoszenia.")


@dataclass(frozen=True, slots=True)
class _Given:
    """A report that was given to somebody: its key, and whether it had never been before."""

    report: int
    is_new: bool


@dataclass(eq=False, slots=True)
class _Listener:
    """``statement`` and ``values``: all reports of an open list (key, number). ``only_new``: a
    report that changes hands was on the list before.
    """

    statement: str
    values: tuple[Any, ...]
    only_new: bool
    coming: asyncio.Queue[bytes] = field(default_factory=asyncio.Queue)


class _Arrivals:
    """The open lists of this process. Only the event loop changes them."""

    def __init__(self) -> None:
        self.listeners: set[_Listener] = set()
        self._looking: asyncio.Task | None = None
        # One thread, so that there is one connection.
        self._thread = ThreadPoolExecutor(1, "arrivals")

    async def follow(self, listener: _Listener, since: int) -> AsyncIterator[bytes]:
        """Events for one list: of the assignments after the one with the number ``since``, and
        then of all that come.
        """
        self.listeners.add(listener)
        end = asyncio.get_running_loop().time() + _LONGEST
        try:
            # The browser asks anew after so many milliseconds when the stream has ended.
            yield b"retry: 2000\n\n"
            if self._looking is None or self._looking.done():
                # The thread answers in turn: what is known here is older than what was missed.
                self._looking = asyncio.create_task(self._look(self._ask(_given, 0)))
            for event in (await self._ask(_missed, listener, since)).values():
                yield event
            while (left := end - asyncio.get_running_loop().time()) > 0:
                try:
                    yield await asyncio.wait_for(listener.coming.get(), min(left, _SIGN))
                except TimeoutError:
                    yield b": still there\n\n"
        finally:
            self.listeners.discard(listener)

    async def _look(self, asked: asyncio.Future) -> None:
        known: dict[int, _Given] | None = None
        while True:
            listeners = list(self.listeners)
            try:
                given = await asked
                # What is known at first was there before anybody listened.
                before = given if known is None else known
                coming = {number: one for number, one in given.items() if number not in before}
                events = await self._ask(_events, listeners, coming) if coming else {}
            except DatabaseError as fault:
                # Nothing is known of this look, so that the next one finds the same.
                log.warning("arrivals_not_read", fault=type(fault).__name__)
            else:
                known = given
                for place, event in events.items():
                    listeners[place].coming.put_nowait(event)
            await asyncio.sleep(_LOOK)
            if not self.listeners:
                return
            asked = self._ask(_given, max(known or [0]) - _OVERLAP)

    def _ask(self, function: Callable, *arguments) -> asyncio.Future:
        loop = asyncio.get_running_loop()
        return loop.run_in_executor(self._thread, _connected, function, *arguments)


_arrivals = _Arrivals()


def newest_assignment() -> int:
    """The number after which assignments are new to a page that is made now."""
    return Assignment.objects.order_by().aggregate(newest=Max("pk"))["newest"] or 0


def live_page(room: Room):
    """Events ``arrivals`` with the numbers of reports that came into the list of the address since
    the assignment ``od``, or since the event that the browser got last.
    """

    @require_safe
    @room.require
    def view(request: PersonRequest) -> StreamingHttpResponse:
        if len(_arrivals.listeners) >= MOST_LISTENERS:
            raise TooManyListeners
        selection = read_selection(request.GET, room.scopes)
        since = request.headers.get("Last-Event-ID") or request.GET.get("od", "")
        if not re.fullmatch(r"[0-9]{1,18}", since):
            raise WrongList(fields={"od": [str(_("Nie ma takiego miejsca na liście."))]})
        listener = _listener_of(desk_of(request.user, room), selection)
        events = _arrivals.follow(listener, int(since))
        response = StreamingHttpResponse(events, content_type="text/event-stream")
        # A proxy hands each event on at once.
        response["X-Accel-Buffering"] = "no"
        return response

    return view


def _listener_of(desk: Desk, selection: Selection) -> _Listener:
    rows = selection.filter(desk.reports, desk.user).order_by().annotate(key=F("pk"))
    statement, values = rows.values_list("key", "reference").query.sql_with_params()
    is_of_all = desk.room is Room.OPERATOR and selection.scope != Scope.DECISION
    return _Listener(statement, values, only_new=is_of_all)


def _connected(function: Callable, *arguments):
    """Between two looks the thread holds no connection."""
    try:
        return function(*arguments)
    finally:
        connection.close()


def _missed(listener: _Listener, since: int) -> dict[int, bytes]:
    given = _given(since)
    return _events([listener], given) if given else {}


def _given(since: int) -> dict[int, _Given]:
    """What was given by the assignments after the one with the number ``since``, the last ones of
    them, by their numbers.
    """
    earlier = Assignment.objects.filter(report=OuterRef("report"), pk__lt=OuterRef("pk"))
    rows = Assignment.objects.filter(pk__gt=since).order_by("-pk")
    newest = rows.values_list("pk", "report", ~Exists(earlier.order_by()))[:_OVERLAP]
    return {number: _Given(report, is_new) for number, report, is_new in newest}


def _events(listeners: Sequence[_Listener], given: Mapping[int, _Given]) -> dict[int, bytes]:
    """For each listener (its place) that has some of these reports on its list, the event; one
    statement.
    """
    keys = {
        only: [one.report for one in given.values() if one.is_new or not only]
        for only in (False, True)
    }
    parts, values = [], []
    for place, listener in enumerate(listeners):
        # Statements of QuerySets; their values are parameters.
        rows = f"({listener.statement}) list WHERE key = ANY(%s)"
        parts.append(f"SELECT {place}, reference FROM {rows}")  # noqa: S608
        values += [*listener.values, keys[listener.only_new]]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        found: dict[int, list[str]] = {}
        for place, reference in cursor.fetchall():
            found.setdefault(place, []).append(reference)
    newest = max(given)
    return {
        place: f"id: {newest}\nevent: arrivals\ndata: {json.dumps(references)}\n\n".encode()
        for place, references in found.items()
    }
