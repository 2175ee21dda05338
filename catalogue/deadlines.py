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
    day = from_date
    for _working_day in range(category.working_days):
        day += timedelta(days=1)
        while not is_working_day(day):
            day += timedelta(days=1)
    return day


def is_working_day(day: date) -> bool:
    """Not a Saturday, a Sunday or a public holiday in Poland."""
    return day.weekday() < _SATURDAY and not is_public_holiday(day)
