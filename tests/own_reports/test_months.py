"""Six full calendar months before the month of the log-in, in Europe/Warsaw."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from own_reports.months import first_day, shown_since


@pytest.mark.parametrize(
    ("login", "start"),
    [
        # The last moment of a month in Warsaw is still the evening before in UTC.
        ("2026-08-31T21:59:59", "2026-01-31T23:00:00"),
        ("2026-08-31T22:00:00", "2026-02-28T23:00:00"),
        # Over the change to summer time and back.
        ("2026-03-29T00:30:00", "2025-08-31T22:00:00"),
        ("2026-03-29T01:30:00", "2025-08-31T22:00:00"),
        ("2026-10-25T00:30:00", "2026-03-31T22:00:00"),
        ("2026-10-25T01:30:00", "2026-03-31T22:00:00"),
        # Over the end of the year.
        ("2026-01-01T00:00:00", "2025-06-30T22:00:00"),
        ("2025-12-31T22:59:59", "2025-05-31T22:00:00"),
        ("2025-12-31T23:00:00", "2025-06-30T22:00:00"),
        # A leap day.
        ("2028-02-29T12:00:00", "2027-07-31T22:00:00"),
    ],
)
def test_what_is_shown_begins_at_midnight_in_warsaw(login, start):
    moment = datetime.fromisoformat(login).replace(tzinfo=UTC)
    assert shown_since(moment) == datetime.fromisoformat(start).replace(tzinfo=UTC)


@pytest.mark.parametrize(("months", "start"), [(0, 11), (1, 10), (10, 1)])
def test_the_number_of_months_is_a_setting(settings, months, start):
    settings.MY_REPORTS_MONTHS = months
    begin = shown_since(datetime(2026, 11, 21, 12, tzinfo=UTC))
    assert begin.astimezone(UTC).date() <= date(2026, start, 1) <= date(2026, 11, 1)
    assert first_day(date(2026, 11, 21), months) == date(2026, start, 1)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_exactly_so_many_months_lie_between(login, months):
    start = first_day(login, months)
    assert start.day == 1
    assert (login.year - start.year) * 12 + login.month - start.month == months
