"""Which reports are shown: the month of the log-in and some full months before it. Pure."""

from datetime import date, datetime, time

from django.conf import settings
from django.utils import timezone


def first_day(login: date, months: int) -> date:
    """The first day of the month that lies ``months`` before the month of ``login``."""
    count = login.year * 12 + login.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)


def window_start(login: datetime) -> datetime:
    """The moment (aware) at which the window begins: midnight in Europe/Warsaw, whatever the clock
    was changed to since.
    """
    day = first_day(timezone.localdate(login), settings.MY_REPORTS_MONTHS)
    return timezone.make_aware(datetime.combine(day, time.min))
