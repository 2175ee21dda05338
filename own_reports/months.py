"""Which reports are shown: those of the month of the log-in and of some full months before it."""

from datetime import date, datetime, time

from django.conf import settings
from django.utils import timezone


def first_day(login: date, months: int) -> date:
    """The first day of the month that lies ``months`` before the month of ``login``."""
    count = login.year * 12 + login.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)


def shown_since(login: datetime) -> datetime:
    """The moment (aware) from which reports are shown after a log-in at ``login``: midnight in
    Europe/Warsaw, by the clock of that day, summer time or not.
    """
    day = first_day(timezone.localdate(login), settings.MY_REPORTS_MONTHS)
    return timezone.make_aware(datetime.combine(day, time.min))
