"""By when a unit should answer. Pure."""

from datetime import date, timedelta
from typing import Protocol

import holidays

_POLISH_HOLIDAYS = holidays.country_holidays("PL")
_SATURDAY = 5


class HasTimeLimit(Protocol):
    working_days: int | None


def expected_by(category: HasTimeLimit, from_date: date) -> date | None:
    """The last day of the category's time limit, counted in Polish working days.

    The day of sending (``from_date``, Europe/Warsaw) does not count. None: no limit is given.
    """
    if category.working_days is None:
        return None
    day = from_date
    for _working_day in range(category.working_days):
        day = _next_working_day(day)
    return day


def _next_working_day(day: date) -> date:
    day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def is_working_day(day: date) -> bool:
    """Neither Saturday, Sunday nor a public holiday in Poland (24 December since 2025)."""
    return day.weekday() < _SATURDAY and day not in _POLISH_HOLIDAYS
