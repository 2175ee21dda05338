"""The days on which a report enters and leaves the periods of the map."""

from datetime import date, datetime, time, timedelta

import pytest
from django.contrib.gis.geos import Point
from django.db import connection
from django.utils import timezone

from maps.models import SummaryState
from maps.selection import Period, Selection
from maps.summary.folding import fold_due
from maps.summary.reading import count_all, count_cells, count_resolved
from maps.summary.recounting import check
from reports.models import Report, Status
from tests.factories import category, submitted

pytestmark = pytest.mark.django_db
CITY = (19.3, 51.6, 19.7, 51.9)
ELSEWHERE = (19.40, 51.79, 19.42, 51.81)
THERE = Point(19.41, 51.80, srid=4326)
PERIODS = [Period.MONTH, Period.YEAR]
SECOND = timedelta(seconds=1)


def sent(at: datetime, **changes) -> Report:
    report = submitted(**changes)
    Report.objects.filter(pk=report.pk).update(created_at=at)
    return report


def first_midnight(period: Period) -> datetime:
    """With which the period of today begins."""
    return timezone.make_aware(datetime.combine(period.since(timezone.localdate()), time.min))


@pytest.mark.parametrize("is_folded", [False, True])
@pytest.mark.parametrize("period", PERIODS)
def test_a_period_begins_with_the_midnight_of_its_first_day(period, is_folded):
    begin = first_midnight(period)
    sent(begin - SECOND), sent(begin)
    if is_folded:
        fold_due()
    assert count_all(Selection(period=period)).total == 1
    assert count_all(Selection()).total == 2
    assert check() == 0


@pytest.mark.parametrize("is_moved_on", [False, True])
@pytest.mark.parametrize("period", PERIODS)
def test_the_first_day_leaves_and_the_second_one_stays(period, is_moved_on, time_machine):
    begin = first_midnight(period)
    sent(begin), sent(begin + timedelta(hours=30))
    fold_due()
    with time_machine(days=1):
        if is_moved_on:
            fold_due()
        assert count_all(Selection(period=period)).total == 1
        assert check() == 0


@pytest.mark.parametrize("period", PERIODS)
def test_a_report_that_waits_to_be_added_up_stays_in_its_period_too(period, time_machine):
    sent(first_midnight(period) + timedelta(hours=30))
    with time_machine(days=1):
        fold_due()
        assert count_all(Selection(period=period)).total == 1
        assert check() == 0


def test_whoever_adds_up_moves_the_periods_on_so_that_readers_need_not_look(time_machine):
    submitted(), fold_due()
    with time_machine(days=1):
        fold_due()
        assert SummaryState.objects.get().day == timezone.localdate()


@pytest.mark.parametrize("period", PERIODS)
def test_what_leaves_a_period_leaves_it_only_where_it_lies_and_what_it_is(period, time_machine):
    """Also what is still in the log. Nobody folds meanwhile."""
    begin = first_midnight(period)
    sent(begin), fold_due(), sent(begin)
    other = sent(begin + timedelta(days=5), location=THERE, category=category("wrak"))
    with time_machine(days=1):
        assert count_cells(Selection(period=period), CITY, 12).total == 1
        assert count_cells(Selection(period=period), ELSEWHERE, 12).total == 1
        wrecks = Selection(categories=frozenset({"wrak"}), period=period)
        assert count_all(wrecks).total == 1
        assert count_all(Selection(district=other.district.code, period=period)).total == 1


def test_a_view_counts_what_lies_in_it_and_nothing_else_before_it_is_folded():
    submitted()
    assert count_cells(Selection(), CITY, 12).total == 1
    assert count_cells(Selection(), ELSEWHERE, 12).total == 0


@pytest.mark.parametrize("is_folded", [False, True])
def test_resolved_reports_count_from_the_midnight_of_the_first_day(is_folded):
    begin = timezone.localdate() - timedelta(days=29)
    midnight = timezone.make_aware(datetime.combine(begin, time.min))
    for moment in (midnight - SECOND, midnight):
        report = submitted()
        Report.objects.filter(pk=report.pk).update(status=Status.RESOLVED, updated_at=moment)
    if is_folded:
        fold_due()
    assert count_resolved(30) == 1


def test_a_month_has_its_first_instant_and_not_that_of_the_next():
    for day in (date(2026, 3, 1), date(2026, 4, 1)):
        midnight = timezone.make_aware(datetime.combine(day, time.min))
        sent(midnight - SECOND), sent(midnight)
    assert count_all(Selection(month=date(2026, 3, 1))).total == 2


def test_periods_of_the_database_begin_as_those_of_the_portal():
    """Also around the 29th of February."""
    days = [date(2027, 12, 31) + timedelta(days=number) for number in range(500)]
    statement = (
        "SELECT maps_since(day, 'month'), maps_since(day, 'year') FROM unnest(%s::date[]) day"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [days])
        found = cursor.fetchall()
    assert found == [(Period.MONTH.since(day), Period.YEAR.since(day)) for day in days]


@pytest.mark.parametrize(
    ("today", "month", "year"),
    [
        (date(2026, 11, 27), date(2026, 10, 29), date(2025, 11, 28)),
        (date(2028, 2, 29), date(2028, 1, 31), date(2027, 3, 1)),
        (date(2028, 3, 1), date(2028, 2, 1), date(2027, 3, 2)),
    ],
)
def test_a_period_is_so_long(today, month, year):
    assert (Period.MONTH.since(today), Period.YEAR.since(today)) == (month, year)
