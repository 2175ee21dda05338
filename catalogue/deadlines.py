"""The day by which a unit should answer. Pure: no database."""

from datetime import date, timedelta
from typing import Protocol

from web.opening import is_public_holiday

_SATURDAY = 5


class _HasTimeLimit(Protocol):
    working_days: int | None


def expected_by(category: _HasTimeLimit, from_date: date) -> date | None:
    """The last day of the category's time limit, counted in Polish working days.

    The day of sending (``from_date``, Europe/Warsaw) does not count. None: no limit is given.
    """
    if category.working_days is None:
        return None
    return working_days_after(from_date, category.working_days)


def working_days_after(day: date, number: int) -> date:
    """The day that comes ``number`` working days after ``day``, which itself does not count."""
    for _working_day in range(number):
        day += timedelta(days=1)
        while not is_working_day(day):
            day += timedelta(days=1)
    return day


def working_days_between(since: date, until: date) -> int:
    """How many working days have passed from ``since``, which does not count, to ``until``."""
    passed = (since + timedelta(days=number + 1) for number in range((until - since).days))
    return sum(map(is_working_day, passed))


def is_working_day(day: date) -> bool:
    """Not a Saturday, a Sunday or a public holiday in Poland."""
    return day.weekday() < _SATURDAY and not is_public_holiday(day)
