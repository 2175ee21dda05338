"""How long to wait before the next attempt at something that failed."""

import random
from datetime import timedelta

# 2 to this power overruns every longest pause, and a timedelta holds it.
_MOST_DOUBLINGS = 20


def pause_after(attempts: int, *, first: timedelta, longest: timedelta) -> timedelta:
    """The pause after ``attempts`` failures (1 or more).

    It doubles from ``first`` up to ``longest``. Of that, a random share between half and all is
    returned, so that what failed at one moment is not tried again at one moment.
    """
    pause = min(first * 2 ** min(attempts - 1, _MOST_DOUBLINGS), longest)
    return pause * random.uniform(0.5, 1)  # noqa: S311 - spreads load, hides nothing
