"""The tallies, once they are folded, have the numbers of a recount, whatever was done."""

import random
from contextlib import suppress
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, connections
from django.utils import timezone

from reports.changing import lock_report
from reports.clock import begin_question
from reports.handling.asking import may_ask
from reports.models import Mark, Report, Status, Tally, TallyChange, TallyState
from reports.second_thoughts.time_limits import TooLate
from reports.second_thoughts.verdicts import give_verdict
from reports.tallies.folding import fold, fold_due
from reports.tallies.reading import By, Wanted, read
from reports.tallies.recounting import check, repair
from tests.factories import dispatched, submitted
from tests.geo_portal.test_schedule import run
from tests.maps.test_sequences import CATEGORIES, PLACES, City

from .recounted import recounted

MONTHS = [date(year, month, 1) for year in range(2024, 2032) for month in range(1, 13)]
KEYS = {
    By.MONTH: lambda one: timezone.localdate(one.created_at).replace(day=1),
    By.UNIT: lambda one: one.unit_id,
    By.CATEGORY: lambda one: one.category_id,
    By.DISTRICT: lambda one: one.district_id,
}


class Office(City):
    """The same city, with senders who judge and are asked."""

    def judge(self, number, is_fixed) -> None:
        if report := self.report(number):
            with suppress(TooLate):
                give_verdict(report, is_fixed=is_fixed)

    def ask(self, number) -> None:
        report = self.report(number)
        if report and may_ask(report):
            begin_question(lock_report(report), text="Gdzie?", by=self.operator)


def steps(dice: random.Random) -> list[tuple]:
    """Begins with some reports that get every mark."""
    place, code = (lambda: dice.choice(PLACES)), (lambda: dice.choice(CATEGORIES))
    number, ends = (lambda: dice.randrange(6)), [*[Status.RESOLVED] * 3, "rejected", "in_progress"]
    makers = [
        lambda: ("submit", place(), code(), dice.choice([0, 20, 40, 400])),
        lambda: ("move", number(), place()),
        lambda: ("correct", number(), code()),
        lambda: ("merge", number(), number()),
        lambda: ("unmerge", number()),
        lambda: ("hide", number(), dice.random() < 0.5),
        lambda: ("delete", number()),
        lambda: ("wait", dice.choice([1, 2, 30])),
        *[lambda: ("change", number(), dice.choice(ends))] * 5,
        *[lambda: ("judge", number(), dice.random() < 0.4)] * 4,
        *[lambda: ("ask", number())] * 2,
    ]
    every_mark = [
        *[("change", 0, Status.RESOLVED), ("judge", 0, False)],
        *[("change", 1, Status.RESOLVED), ("judge", 1, True), ("ask", 2)],
    ]
    sent = [makers[0]() for _turn in range(4)]
    return [*sent, *every_mark, *(dice.choice(makers)() for _turn in range(24))]


def assert_as_recounted() -> None:
    wanted = Wanted(MONTHS)
    for by, key in KEYS.items():
        found = {one: figures.marks for one, figures in read(wanted)[by].items()}
        assert found == recounted(key), by
    today = timezone.localdate()
    overdue = sum(one.overdue(today) for one in read(wanted)[By.MONTH].values())
    assert overdue == Report.objects.public().overdue().count()


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(2))
def test_any_sequence_of_acts_leaves_the_numbers_of_a_recount(seed, operator, time_machine):
    office, seen = Office(operator), set()
    for turn, (name, *values) in enumerate(steps(random.Random(seed))):
        with time_machine(days=office.ahead):
            getattr(office, name)(*values)
            if turn % 3 == 0:
                fold_due()
                assert_as_recounted()
                seen |= {mark >> 20 for one in Tally.objects.all() for mark in one.marks}
    with time_machine(days=office.ahead):
        # Also while changes wait nothing is called wrong.
        assert check() == 0
        fold_due()
        assert_as_recounted()
        assert check() == 0
    assert seen == set(Mark)


@pytest.mark.django_db
def test_every_choice_of_unit_category_and_district_is_added_up():
    one, other = dispatched(), dispatched(location=PLACES[3])
    dispatched(category=other.category, location=PLACES[4])
    fold_due()
    chosen = Wanted(MONTHS, [one.unit_id], [one.category_id], [one.district_id, other.district_id])
    for by, key in KEYS.items():
        counts = {key: row.count(Mark.RECEIVED) for key, row in read(chosen)[by].items()}
        assert sum(counts.values()) == 2, by
        assert counts.keys() == {key(one), key(other)}, by


@pytest.mark.django_db
def test_a_month_begins_at_midnight_in_the_city():
    report = submitted()
    Report.objects.filter(pk=report.pk).update(created_at="2026-08-31T22:30:00Z")
    fold_due()
    assert list(read(Wanted(MONTHS))[By.MONTH]) == [date(2026, 9, 1)]
    assert check() == 0


@pytest.mark.django_db
def test_what_is_wrong_is_found_and_mended():
    submitted(), fold_due()
    TallyState.objects.all().delete()
    Tally.objects.filter(category=0).update(totals=[7, 7, 7])
    Tally.objects.filter(category__gt=0, unit=0).delete()
    with pytest.raises(CommandError, match="differ"):
        call_command("check_numbers")
    assert repair() > 0
    assert check() == 0
    assert_as_recounted()
    assert TallyState.objects.exists()


@pytest.mark.django_db
def test_the_tasks_count_again_and_mend():
    submitted()
    run("reports.fold_tallies")
    whole = Tally.objects.filter(unit=0, category=0, district=0)
    assert [one.totals for one in whole] == [[1, 1, 1]]
    Tally.objects.update(marks=[], totals=[])
    run("reports.repair_tallies")
    assert [one.totals for one in whole.all()] == [[1, 1, 1]]


@pytest.mark.django_db
def test_a_table_that_is_emptied_at_once_leaves_no_number():
    submitted(), fold_due(), submitted()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE reports_report CASCADE")
    assert not TallyChange.objects.exists()
    assert not Tally.objects.exists()


def test_while_one_worker_counts_a_second_one_leaves_and_mending_waits(committed):
    submitted()
    other = connections.create_connection("default")
    other.set_autocommit(False)
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT * FROM reports_tallystate FOR UPDATE")
        assert fold() == 0
        assert TallyChange.objects.exists()
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = 200")
        with pytest.raises(OperationalError, match="lock timeout"):
            repair()
    finally:
        other.rollback()
        other.close()
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")
