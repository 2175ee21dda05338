"""Time limits are counted in Polish working days."""

from datetime import date
from types import SimpleNamespace

import pytest

from catalogue.deadlines import expected_by, is_working_day


def limit(working_days: int | None) -> SimpleNamespace:
    return SimpleNamespace(working_days=working_days)


def test_the_day_of_sending_does_not_count():
    assert expected_by(limit(2), date(2026, 6, 1)) == date(2026, 6, 3)


def test_a_weekend_is_skipped():
    assert expected_by(limit(2), date(2026, 6, 12)) == date(2026, 6, 16)


def test_sent_on_a_saturday_counts_from_monday():
    assert expected_by(limit(1), date(2026, 6, 13)) == date(2026, 6, 15)


def test_corpus_christi_is_skipped():
    assert expected_by(limit(1), date(2026, 6, 3)) == date(2026, 6, 5)


def test_christmas_and_new_year_are_skipped():
    assert expected_by(limit(2), date(2026, 12, 23)) == date(2026, 12, 29)
    assert expected_by(limit(1), date(2026, 12, 31)) == date(2027, 1, 4)


def test_a_category_without_limit_promises_nothing():
    assert expected_by(limit(None), date(2026, 6, 1)) is None


@pytest.mark.parametrize(("year", "is_working"), [(2024, True), (2025, False), (2026, False)])
def test_christmas_eve_is_free_since_2025(year, is_working):
    assert is_working_day(date(year, 12, 24)) is is_working


def test_a_month_of_working_days_spans_easter():
    # Easter Monday is 6 April 2026.
    assert expected_by(limit(21), date(2026, 3, 16)) == date(2026, 4, 15)
