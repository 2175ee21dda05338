"""How many tiles a process draws at once: whoever floods the map must not keep reports from coming
in.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from web.errors import Unavailable


class TooBusy(Unavailable):
    """Too many tiles are being drawn or wait for it."""

    code = "too_busy"
    detail = _("Rysujemy teraz za dużo kafelków mapy. Spróbuj za chwilę.")
    retry_after = 1
    is_meant = True


class Turns:
    """``at_once`` draw, ``waiting`` more wait for their turn, each at most ``seconds``. A turn that
    somebody waits for rests for as long as the drawing took: in a flood half of the time is left to
    whoever sends a report, and one map alone never notices.
    """

    def __init__(self, *, at_once: int, waiting: int, seconds: float) -> None:
        self._places = BoundedSemaphore(at_once + waiting)
        # Until when each turn would rest (``time.monotonic``).
        self._turns: SimpleQueue[float] = SimpleQueue()
        for _turn in range(at_once):
            self._turns.put(0)
        self._seconds = seconds

    @contextmanager
    def take(self) -> Iterator[None]:
        """Raises ``TooBusy`` where there is no place to wait, or the turn does not come in time."""
        if not self._places.acquire(blocking=False):
            raise TooBusy
        try:
            self._wait()
            begin = time.monotonic()
            try:
                yield
            finally:
                end = time.monotonic()
                self._turns.put(end + min(end - begin, self._seconds))
        finally:
            self._places.release()

    def _wait(self) -> None:
        with suppress(Empty):
            self._turns.get_nowait()
            return
        try:
            rested = self._turns.get(timeout=self._seconds)
        except Empty:
            raise TooBusy from None
        time.sleep(max(0, rested - time.monotonic()))


# Whoever waits holds a thread. Two are left for what is sent.
turns = Turns(
    at_once=settings.TILES_AT_ONCE,
    waiting=max(0, settings.WEB_THREADS - settings.TILES_AT_ONCE - 2),
    seconds=2,
)
