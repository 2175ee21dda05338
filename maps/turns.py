"""How many tiles and views of the map a process works on at once: whoever floods the map must not
keep reports from coming in.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Semaphore
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from web.errors import Unavailable

# Seconds that somebody waits for a turn.
_LONGEST = 2


class TooBusy(Unavailable):
    """Too many tiles or views of the map are being worked on or wait for it."""

    code = "too_busy"
    detail = _("Za dużo osób i programów korzysta teraz z mapy. Spróbuj za chwilę.")
    retry_after = 1
    is_meant = True


class Turns:
    """``at_once`` work, ``waiting`` more wait for their turn, each at most ``seconds``. A turn that
    somebody waits for rests for as long as the work took: in a flood half of the time is left to
    whoever sends a report, and one map alone never notices.

    ``threads``: places that several turns share, because whoever works or waits holds a thread.
    """

    def __init__(
        self, *, at_once: int, waiting: int, seconds: float, threads: Semaphore | None = None
    ) -> None:
        self._places = BoundedSemaphore(at_once + waiting)
        self._threads = threads or BoundedSemaphore(at_once + waiting)
        # Until when each turn would rest (``time.monotonic``).
        self._turns: SimpleQueue[float] = SimpleQueue()
        for _turn in range(at_once):
            self._turns.put(0)
        self._seconds = seconds

    @contextmanager
    def take(self) -> Iterator[None]:
        """Raises ``TooBusy`` where there is no place to wait, or the turn does not come in time."""
        with _place(self._places), _place(self._threads):
            self._wait()
            begin = time.monotonic()
            try:
                yield
            finally:
                end = time.monotonic()
                self._turns.put(end + min(end - begin, self._seconds))

    def _wait(self) -> None:
        with suppress(Empty):
            self._turns.get_nowait()
            return
        try:
            rested = self._turns.get(timeout=self._seconds)
        except Empty:
            raise TooBusy from None
        time.sleep(max(0, rested - time.monotonic()))


@contextmanager
def _place(places: Semaphore) -> Iterator[None]:
    if not places.acquire(blocking=False):
        raise TooBusy
    try:
        yield
    finally:
        places.release()


def share_threads(threads: int, *, tiles: int, views: int) -> tuple[Turns, Turns]:
    """Turns for so many ``tiles`` and ``views`` at once. Two of the ``threads`` are left for what
    is sent, and one of the others to people who look at the map, whoever floods the tiles. Other
    maps ask for some six tiles in one moment, so these have the rest.
    """
    most = max(2, threads - 2)
    places = BoundedSemaphore(most)
    for_tiles = Turns(
        at_once=tiles, waiting=max(0, most - 1 - tiles), seconds=_LONGEST, threads=places
    )
    for_views = Turns(at_once=views, waiting=max(0, most - views), seconds=_LONGEST, threads=places)
    return for_tiles, for_views


turns_of_tiles, turns_of_views = share_threads(
    settings.WEB_THREADS, tiles=settings.TILES_AT_ONCE, views=settings.MAP_VIEWS_AT_ONCE
)


def in_turn(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A decorator: the view of the map works in one of ``turns_of_views``."""

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> HttpResponse:
        with turns_of_views.take():
            return view(*args, **kwargs)

    return answer
