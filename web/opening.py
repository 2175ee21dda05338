"""When the office is open: usual hours by weekday from the settings, without public holidays.

All times are those of the city (Europe/Warsaw).
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import holidays
from django.conf import settings
from django.utils import dates, timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

# Names of the library's translations.
_LANGUAGES = {"pl": "pl", "en": "en_US", "uk": "uk"}
_HOLIDAYS = {
    code: holidays.country_holidays("PL", language=name) for code, name in _LANGUAGES.items()
}
# How far ahead the next opening is looked for, and days off are announced.
_MOST_DAYS_AHEAD, _ANNOUNCED_DAYS = 60, 30
_ON_WEEKDAY = (
    gettext_lazy("otwieramy w poniedziałek o %(time)s"),
    gettext_lazy("otwieramy we wtorek o %(time)s"),
    gettext_lazy("otwieramy w środę o %(time)s"),
    gettext_lazy("otwieramy w czwartek o %(time)s"),
    gettext_lazy("otwieramy w piątek o %(time)s"),
    gettext_lazy("otwieramy w sobotę o %(time)s"),
    gettext_lazy("otwieramy w niedzielę o %(time)s"),
)


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether the office is open, and when that ends (aware); None if that is not known."""

    is_open: bool
    until: datetime | None
    words: str


def is_public_holiday(day: date) -> bool:
    """Whether ``day`` is a public holiday in Poland (24 December is one since 2025)."""
    return day in _HOLIDAYS["pl"]


def hours_on(day: date) -> tuple[time, time] | None:
    """From when until when the office is open on ``day``; None if it is closed."""
    is_off = is_public_holiday(day) or day in settings.CITY_DAYS_OFF
    return None if is_off else settings.CITY_HOURS.get(day.isoweekday())


def opening_at(now: datetime) -> Opening:
    """What holds at ``now`` (aware), with words in the reader's language for it."""
    local = timezone.localtime(now)
    hours = hours_on(local.date())
    if hours and hours[0] <= local.time() < hours[1]:
        words = _("otwarte do %(time)s") % {"time": _hour(hours[1])}
        return Opening(True, _instant(local.date(), hours[1]), words)
    opens = _next_opening(local)
    words = _opening_words(opens, local.date()) if opens else _("zamknięte")
    return Opening(False, opens, words)


def opening_now() -> Opening:
    return opening_at(timezone.now())


def usual_hours() -> list[str]:
    """Lines such as "poniedziałek, środa: 9–16", in the reader's language."""
    days: dict[tuple[time, time], list[str]] = {}
    for weekday, hours in sorted(settings.CITY_HOURS.items()):
        name = str(dates.WEEKDAYS[weekday - 1])
        is_english = get_language() == "en"
        days.setdefault(hours, []).append(name if is_english else name.lower())
    return [
        f"{_capital(', '.join(names))}: {_hour(opens)}–{_hour(closes)}"
        for (opens, closes), names in days.items()
    ]


def days_off() -> list[tuple[date, str]]:
    """Days of the next weeks on which the office would be open but is not, each with the name of
    the holiday, or with nothing if the office itself decided so.
    """
    today = timezone.localdate()
    coming = (today + timedelta(days=number) for number in range(_ANNOUNCED_DAYS))
    names = _HOLIDAYS[get_language() or "pl"]
    return [
        (day, names.get(day, ""))
        for day in coming
        if day.isoweekday() in settings.CITY_HOURS and hours_on(day) is None
    ]


def _next_opening(local: datetime) -> datetime | None:
    for number in range(_MOST_DAYS_AHEAD):
        day = local.date() + timedelta(days=number)
        hours = hours_on(day)
        if hours and (number or local.time() < hours[0]):
            return _instant(day, hours[0])
    return None


def _opening_words(opens: datetime, today: date) -> str:
    words = {"time": _hour(opens.time()), "day": date_format(opens, "j E")}
    days = (opens.date() - today).days
    if days == 0:
        return _("zamknięte, otwieramy dziś o %(time)s") % words
    if days == 1:
        return _("zamknięte, otwieramy jutro o %(time)s") % words
    if days < 7:
        return f"{_('zamknięte')}, {_ON_WEEKDAY[opens.weekday()] % words}"
    return _("zamknięte, otwieramy %(day)s o %(time)s") % words


def _instant(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


def _hour(at: time) -> str:
    """9, or 9:30; other languages than Polish always say the minutes."""
    is_polish = (get_language() or "pl") == "pl"
    return f"{at.hour}" if is_polish and not at.minute else f"{at.hour}:{at.minute:02}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
