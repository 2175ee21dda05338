"""Instants as programs write them."""

from datetime import UTC, date, datetime, time

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime


def read_instant(text: str, *, end_of_day: bool = False) -> datetime:
    """A date and time of ISO 8601 in UTC, or a date for its first or last moment; without a zone
    it is that of the city. ``ValueError`` or ``OverflowError`` if it is neither.
    """
    moment = parse_datetime(text[:40])
    if moment is None or len(text) == 10:
        moment = _moment_of(parse_date(text[:40]), time.max if end_of_day else time.min)
    known = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    return known.astimezone(UTC)


def _moment_of(day: date | None, moment: time) -> datetime:
    if day is None:
        raise ValueError("neither a date nor a time")
    return datetime.combine(day, moment)
