"""A breaker: a service that did not answer is left alone for a while.

Each attempt to reach a dead service costs a process its whole time-out, so after the first one the
process does not try for a few seconds.
"""

import time


class Breaker:
    """``if not breaker.is_tripped: try …, and on failure breaker.trip()``.

    It belongs to one process and is lost with it; nothing is shared through a database. ``seconds``
    are counted on the monotonic clock, so that a change of the system's time moves nothing.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._tripped_until = 0.0

    @property
    def is_tripped(self) -> bool:
        """Whether the service must not be tried now."""
        return time.monotonic() < self._tripped_until

    def trip(self) -> None:
        """Leave the service alone for ``seconds`` from now."""
        self._tripped_until = time.monotonic() + self._seconds

    def reset(self) -> None:
        """Allow the next attempt at once."""
        self._tripped_until = 0.0
