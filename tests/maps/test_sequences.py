"""Whatever happens to reports in whatever order, folded or not, on whatever day: the numbers of the
map are those of a recount in Python, at every level.
"""

from collections import Counter
from contextlib import suppress
from datetime import timedelta

import pytest
from django.contrib.gis.geos import Point
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from districts.editions.activating import activate_edition
from districts.models import District
from maps.selection import Period, Selection, StatusClass, class_of
from maps.summary.folding import fold, fold_due
from maps.summary.reading import count_all, count_districts, count_resolved, count_squares
from maps.summary.recounting import check
from maps.summary.squares import DEEPEST, column_of, row_of
from reports.changing import lock_reports, save_moves
from reports.handling.correcting import correct_category, correct_place
from reports.handling.merging import NotMerged, unmerge
from reports.handling.moderation import set_visibility
from reports.handling.rerouting import reroute_due
from reports.handling.status import OriginalRefused, change_status
from reports.handling.workflow import ForbiddenStatusChange
from reports.models import Report, Status
from reports.placing import GivenPlace
from tests.depth import examples
from tests.districts.editions.drafts import exchanged, gis
from tests.factories import CITY_HALL, category, dispatched, submitted

pytestmark = pytest.mark.django_db
# Two in one house, one beside it, two elsewhere.
PLACES = [
    CITY_HALL,
    Point(19.45710001, 51.76520001, srid=4326),
    Point(19.4575, 51.7655, srid=4326),
    Point(19.50, 51.75, srid=4326),
    Point(19.41, 51.80, srid=4326),
]
# The last one's places are rounded.
CATEGORIES = ["dziura-w-jezdni", "graffiti", "zaklocanie-porzadku"]
ENDS = [Status.RESOLVED, Status.REJECTED, Status.IN_PROGRESS, Status.PASSED_ON]

places, categories = st.sampled_from(PLACES), st.sampled_from(CATEGORIES)
numbers = st.integers(0, 5)
STEPS = st.one_of(
    st.tuples(st.just("submit"), places, categories, st.sampled_from([0, 1, 29, 30, 364, 366])),
    st.tuples(st.just("move"), numbers, places),
    st.tuples(st.just("correct"), numbers, categories),
    st.tuples(st.just("change"), numbers, st.sampled_from(ENDS)),
    st.tuples(st.just("merge"), numbers, numbers),
    st.tuples(st.just("unmerge"), numbers),
    st.tuples(st.just("hide"), numbers, st.booleans()),
    st.tuples(st.just("delete"), numbers),
    st.tuples(st.just("redraw"), numbers, st.integers(0, 35)),
    st.tuples(st.just("mark"), categories, st.booleans()),
    st.tuples(st.just("fold"), st.integers(1, 4)),
    st.tuples(st.just("wait"), st.sampled_from([1, 2, 29, 335])),
)
SELECTIONS = st.builds(
    Selection,
    categories=st.frozensets(categories, max_size=2),
    groups=st.frozensets(st.just("drogi")),
    statuses=st.frozensets(st.sampled_from(list(StatusClass)), max_size=2),
    period=st.sampled_from(list(Period)),
)


class City:
    """Does the steps by the portal's own acts; ``ahead``: days that the clock has gone on."""

    def __init__(self, operator) -> None:
        self.operator, self.ahead = operator, 0

    def report(self, number: int) -> Report | None:
        reports = list(Report.objects.order_by("pk"))
        return reports[number % len(reports)] if reports else None

    def submit(self, place, code, days_ago) -> None:
        report = submitted(location=place, category=category(code))
        sent = timezone.now() - timedelta(days=days_ago)
        Report.objects.filter(pk=report.pk).update(created_at=sent)

    def move(self, number, place) -> None:
        if report := self.report(number):
            correct_place(report, GivenPlace(location=place), by=self.operator)

    def correct(self, number, code) -> None:
        if report := self.report(number):
            correct_category(report, category(code), by=self.operator)

    def change(self, number, to, original=None) -> None:
        if report := self.report(number):
            # Only open reports of a unit may be answered.
            Report.objects.filter(pk=report.pk, status="received").update(status="forwarded")
            try:
                report.refresh_from_db()
                change_status(
                    report, to, by=self.operator, note="Sprawdzone.", duplicate_of=original
                )
            except ForbiddenStatusChange:
                pass

    def merge(self, number, other) -> None:
        report, original = self.report(number), self.report(other)
        if report and original:
            # Whatever cannot be merged is refused.
            with suppress(OriginalRefused):
                self.change(number, Status.DUPLICATE, original)

    def unmerge(self, number) -> None:
        if report := self.report(number):
            with suppress(NotMerged):
                unmerge(report, by=self.operator)

    def hide(self, number, is_hidden) -> None:
        if report := self.report(number):
            set_visibility(report, is_hidden=is_hidden, by=self.operator, reason="")

    def delete(self, number) -> None:
        if report := self.report(number):
            report.changes.all().delete()
            report.dispatches.all().delete()
            report.assignments.all().delete()
            report.delete()

    def redraw(self, number, place) -> None:
        if report := self.report(number):
            (locked,) = lock_reports([report.pk])
            locked.district = District.objects.order_by("pk")[place]
            save_moves([locked], at=timezone.now())

    def mark(self, code, is_rounded) -> None:
        row = category(code)
        row.is_place_rounded = is_rounded
        row.save()

    def fold(self, most) -> None:
        fold(most=most)

    def wait(self, days) -> None:
        self.ahead += days


def recounted(selection: Selection, level: int) -> Counter:
    """(x, y, class) → reports, by looking at each in Python."""
    counted: Counter = Counter()
    for report in selection.filter(Report.objects.all()):
        lon, lat = report.public_location.coords
        square = column_of(lon, level), row_of(lat, level)
        counted[(*square, class_of(report.status))] += 1
    return counted


def read(selection: Selection, level: int) -> Counter:
    cells = count_squares(selection, (0, 2**level - 1, 0, 2**level - 1), level)
    return Counter(
        {
            (cell.x, cell.y, status): count
            for cell in cells.cells
            for status, count in cell.statuses.items()
        }
    )


def assert_as_recounted(selection: Selection, levels) -> None:
    for level in levels:
        assert read(selection, level) == recounted(selection, level), level
    everything = Counter(class_of(one.status) for one in selection.filter(Report.objects.all()))
    assert Counter(count_all(selection).statuses) == everything
    by_district = Counter(one.district_id for one in selection.filter(Report.objects.all()))
    assert {key: one.total for key, one in count_districts(selection).items()} == by_district
    since = timezone.localdate() - timedelta(days=29)
    resolved = Report.objects.public().filter(status=Status.RESOLVED)
    days = [timezone.localdate(one.updated_at) for one in resolved]
    assert count_resolved(30) == sum(day >= since for day in days)


@pytest.mark.slow
# Each example begins without reports.
@settings(max_examples=examples(20), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=3, max_size=10), selection=SELECTIONS)
def test_any_sequence_leaves_the_numbers_of_a_recount(steps, selection, operator, time_machine):
    Report.objects.all().delete()
    city = City(operator)
    for name, *values in steps:
        with time_machine(days=city.ahead):
            getattr(city, name)(*values)
            assert_as_recounted(selection, (0, 12, DEEPEST, 20))
    with time_machine(days=city.ahead):
        assert_as_recounted(selection, range(DEEPEST + 3))
        assert check() == 0
        fold_due()
        assert_as_recounted(selection, range(DEEPEST + 3))
        assert check() == 0


def test_new_boundaries_move_reports_to_their_districts():
    """Also while nobody folds."""
    report = dispatched(category=category("uszkodzony-chodnik"))
    fold_due()
    activate_edition(exchanged("next"), by=gis("gis2"))
    reroute_due()
    report.refresh_from_db()
    assert report.district.edition.code == "next"
    assert_as_recounted(Selection(), (0, DEEPEST))
    fold_due()
    assert_as_recounted(Selection(), (0, DEEPEST))
    assert check() == 0


def test_the_clock_of_a_worker_may_run_ahead(time_machine):
    submitted()
    with time_machine(days=40):
        fold_due()
        assert count_all(Selection(period=Period.MONTH)).total == 0
    assert count_all(Selection(period=Period.MONTH)).total == 1
    fold_due()
    assert count_all(Selection(period=Period.MONTH)).total == 1
    assert check() == 0
