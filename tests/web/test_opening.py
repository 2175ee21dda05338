"""Whether the office is open is said right at every instant."""

from datetime import UTC, date, datetime, time, timedelta
from runpy import run_module
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from web.opening import hours_on, opening_at, usual_hours

LODZ = ZoneInfo("Europe/Warsaw")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LODZ)


# 26 November 2026 is a Thursday.
@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2026-11-26 08:59:59", "zamknięte, otwieramy dziś o 9"),
        ("2026-11-26 09:00:00", "otwarte do 16"),
        ("2026-11-26 15:59:59", "otwarte do 16"),
        ("2026-11-26 16:00:00", "zamknięte, otwieramy jutro o 9"),
        ("2026-11-24 16:30:00", "otwarte do 17"),
        ("2026-11-24 17:00:00", "zamknięte, otwieramy jutro o 9"),
        ("2026-11-27 16:00:00", "zamknięte, otwieramy w poniedziałek o 9"),
        ("2026-11-29 23:59:59", "zamknięte, otwieramy jutro o 9"),
        ("2026-11-30 00:00:00", "zamknięte, otwieramy dziś o 9"),
        # 11 November is a holiday, here a Wednesday.
        ("2026-11-11 12:00:00", "zamknięte, otwieramy jutro o 9"),
        ("2026-11-10 18:00:00", "zamknięte, otwieramy w czwartek o 9"),
        # Christmas Eve on a Thursday: from then on closed until Monday.
        ("2026-12-24 10:00:00", "zamknięte, otwieramy w poniedziałek o 9"),
        # Both nights of the change of the clocks.
        ("2026-03-28 20:00:00", "zamknięte, otwieramy w poniedziałek o 9"),
        ("2026-10-25 02:30:00", "zamknięte, otwieramy jutro o 9"),
    ],
)
def test_the_words_fit_the_instant(now, words):
    assert opening_at(at(now)).words == words


def test_the_hours_are_those_of_the_city_before_and_after_the_clocks_change():
    assert opening_at(datetime(2026, 3, 27, 8, tzinfo=UTC)).is_open
    assert not opening_at(datetime(2026, 3, 27, 7, 59, tzinfo=UTC)).is_open
    assert opening_at(datetime(2026, 3, 30, 7, tzinfo=UTC)).is_open
    assert not opening_at(datetime(2026, 3, 30, 6, 59, tzinfo=UTC)).is_open


@given(st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_what_is_said_holds_until_the_instant_that_is_named_and_not_longer(now):
    opening = opening_at(now)
    assert opening.until > now
    assert opening_at(opening.until - timedelta(microseconds=1)).is_open == opening.is_open
    assert opening_at(opening.until).is_open != opening.is_open


def test_christmas_eve_is_a_day_off():
    assert hours_on(date(2026, 12, 24)) is None


def test_the_office_may_close_on_a_day_of_its_own(settings):
    settings.CITY_DAYS_OFF = {date(2026, 11, 27)}
    words = opening_at(at("2026-11-26 18:00")).words
    assert words == "zamknięte, otwieramy w poniedziałek o 9"


def test_a_long_time_off_names_the_day(settings):
    settings.CITY_DAYS_OFF = {date(2026, 11, 26) + timedelta(days=number) for number in range(9)}
    assert opening_at(at("2026-11-26 10:00")).words == "zamknięte, otwieramy 7 grudnia o 9"


def test_an_office_that_never_opens_says_only_that(settings):
    settings.CITY_HOURS = {}
    assert opening_at(at("2026-11-26 10:00")).words == "zamknięte"


def test_the_usual_hours_are_said_in_the_readers_language():
    assert usual_hours() == ["Poniedziałek, środa, czwartek, piątek: 9–16", "Wtorek: 9–17"]
    with override("en"):
        assert usual_hours()[1] == "Tuesday: 9:00–17:00"


@pytest.mark.filterwarnings("ignore:.*found in sys.modules")
def test_other_hours_come_from_the_environment(monkeypatch):
    monkeypatch.setenv("CITY_HOURS", "1 8:30-15:00;6 10:00-12:00")
    hours = run_module("geo_portal.settings.city")["CITY_HOURS"]
    assert hours == {1: (time(8, 30), time(15)), 6: (time(10), time(12))}


@pytest.mark.filterwarnings("ignore:.*found in sys.modules")
@pytest.mark.parametrize("line", ["codziennie: 8-20", "8 9:00-16:00", "1 16:00-9:00", "1 9-16"])
def test_hours_that_cannot_be_read_stop_the_start(monkeypatch, line):
    monkeypatch.setenv("CITY_HOURS", line)
    with pytest.raises(ValueError, match="CITY_HOURS"):
        run_module("geo_portal.settings.city")
