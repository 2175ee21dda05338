from datetime import UTC, date, datetime

import pytest
from django.contrib.gis.geos import Point

from accounts.models import AuditEntry
from catalogue.deadlines import expected_by
from districts.errors import OutsideCity
from reports.changing import StaleReport
from reports.handling.correcting import correct_category, correct_place, forward
from reports.handling.status import change_status
from reports.models import Dispatch, Report, Status
from reports.placing import GivenPlace, read_place
from reports.public import find_public
from tests.accounts.letters import letters_to, text_of
from tests.factories import CITY_HALL, WARSAW, category, dispatched, send_to_units, submitted
from units.models import Unit

pytestmark = pytest.mark.django_db
LAGIEWNIKI = Point(19.4687, 51.8449, srid=4326)


def test_another_category_is_routed_again_told_and_shown(operator, unit_member):
    report = dispatched(email="maria@example.org", consent=True)
    first = report.unit
    correct_category(report, category("latarnia"), by=operator, reason="to latarnia")
    send_to_units()
    report.refresh_from_db()
    assert report.unit != first
    assert [row.unit for row in report.assignments.all()] == [first, report.unit]
    last = report.assignments.last()
    assert (last.by, last.reason, last.rule.category) == (operator, "to latarnia", report.category)
    assert [(step.status, step.unit) for step in report.changes.all()] == [
        (Status.RECEIVED, first),
        (Status.FORWARDED, first),
        (Status.FORWARDED, report.unit),
    ]
    assert [row.state for row in report.dispatches.order_by("id")] == ["done", "done"]
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.action) == (operator, "category_corrected")
    assert entry.details == {"was": "dziura-w-jezdni", "to": "latarnia"}
    assert report.unit.name in text_of(letters_to("maria@example.org")[-1])
    assert len(letters_to("maria@example.org")) == 2
    public = find_public(report.reference)
    assert (public.category.code, public.unit) == ("latarnia", report.unit)
    # Whoever had it before has it no more.
    assert not Report.objects.visible_to(unit_member).exists()


def test_a_corrected_category_has_its_own_time_counted_from_the_day_of_sending(operator):
    report = dispatched()
    # Half past midnight in Łódź: in UTC it is still the day before.
    Report.objects.update(created_at=datetime(2026, 6, 9, 22, 30, tzinfo=UTC))
    correct_category(report, category("latarnia"), by=operator)
    report.refresh_from_db()
    assert report.expected_by == expected_by(category("latarnia"), date(2026, 6, 10))
    assert report.expected_by != expected_by(category(), date(2026, 6, 10))
    assert find_public(report.reference).expected_by == report.expected_by


def test_another_place_is_located_again(operator):
    report = dispatched()
    correct_place(report, GivenPlace(location=LAGIEWNIKI), by=operator)
    report.refresh_from_db()
    assert report.district.code == "lagiewniki"
    assert report.location.coords == LAGIEWNIKI.coords


def test_another_place_keeps_no_side_and_no_accuracy_of_the_old_one(operator):
    report = dispatched()
    Report.objects.filter(pk=report.pk).update(side="katedralna", accuracy=80)
    correct_place(report, GivenPlace(location=LAGIEWNIKI), by=operator)
    report.refresh_from_db()
    assert (report.side, report.accuracy) == ("", None)


def test_all_of_a_corrected_place_is_new_and_the_trail_has_the_old_one(operator, client):
    report = dispatched(address="Piotrkowska 104")
    correct_place(report, read_place("Starorudzka 90L"), by=operator)
    report.refresh_from_db()
    assert (report.district.code, report.address) == ("ruda", "Starorudzka 90L")
    assert report.is_approximate
    entry = AuditEntry.objects.get()
    assert entry.details["was_address"] == "Piotrkowska 104"
    assert entry.details["was"] == list(CITY_HALL.coords)
    correct_place(report, GivenPlace(location=LAGIEWNIKI), by=operator)
    report.refresh_from_db()
    assert (report.address, report.is_approximate) == ("", False)
    client.force_login(operator)
    page = client.get(f"/panel/zgloszenia/{report.reference}/").text
    assert "wcześniej: Starorudzka 90L" in page


def test_words_that_are_no_address_are_not_kept_in_the_trail(operator):
    report = dispatched(address="u pani Kowalskiej")
    correct_place(report, GivenPlace(location=LAGIEWNIKI), by=operator)
    assert AuditEntry.objects.get().details["was_address"] == ""


def test_a_place_outside_the_city_changes_nothing(operator):
    report = dispatched()
    with pytest.raises(OutsideCity):
        correct_place(report, GivenPlace(location=WARSAW), by=operator)
    report.refresh_from_db()
    assert report.district.code == "katedralna"
    assert not AuditEntry.objects.exists()


def test_forwarding_by_hand_beats_the_annex_and_arrives(operator, unit_member, other_unit_member):
    wgk = Unit.objects.get(code="wgk")
    Unit.objects.filter(pk=wgk.pk).update(channel="email", email="wgk@example.org")
    report = dispatched(email="maria@example.org", consent=True)
    forward(report, Unit.objects.get(pk=wgk.pk), by=operator, reason="umowa")
    send_to_units()
    report.refresh_from_db()
    assert (report.unit, report.status) == (wgk, Status.FORWARDED)
    last = report.assignments.last()
    assert (last.unit, last.rule, last.by, last.reason) == (wgk, None, operator, "umowa")
    assert [(row.unit.code, row.state) for row in report.dispatches.order_by("id")] == [
        ("zdit", "done"),
        ("wgk", "done"),
    ]
    (letter,) = letters_to("wgk@example.org")
    assert report.description in text_of(letter)
    assert [(step.status, step.unit.code) for step in report.changes.all()] == [
        (Status.RECEIVED, "zdit"),
        (Status.FORWARDED, "zdit"),
        (Status.FORWARDED, "wgk"),
    ]
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.details) == (operator, {"was": "zdit", "to": "wgk"})
    assert wgk.name in text_of(letters_to("maria@example.org")[-1])
    assert list(Report.objects.visible_to(other_unit_member)) == [report]
    assert not Report.objects.visible_to(unit_member).exists()


@pytest.mark.parametrize("state", [Dispatch.State.OWED, Dispatch.State.FAILED])
def test_a_sending_that_did_not_succeed_is_superseded(operator, state):
    report = submitted()
    report.dispatches.update(state=state)
    forward(report, Unit.objects.get(code="wgk"), by=operator)
    states = list(report.dispatches.order_by("id").values_list("state", flat=True))
    assert states == [Dispatch.State.SUPERSEDED, Dispatch.State.OWED]


def test_the_slower_of_two_corrections_is_refused(operator):
    report = dispatched()
    with pytest.raises(StaleReport):
        correct_category(report, category(), by=operator, seen_version=report.version - 1)


def in_progress(report: Report, by) -> Report:
    change_status(report, Status.IN_PROGRESS, by=by)
    return report


def test_a_unit_that_keeps_a_report_keeps_working_on_it(operator, unit_member):
    report = in_progress(dispatched(email="maria@example.org", consent=True), unit_member)
    before = report.expected_by
    correct_category(report, category("sygnalizacja"), by=operator)
    send_to_units()
    report.refresh_from_db()
    assert (report.status, report.unit.code) == (Status.IN_PROGRESS, "zdit")
    # The unit is told all the same.
    assert report.dispatches.last().state == Dispatch.State.DONE
    assert report.expected_by != before
    last = report.changes.last()
    assert (last.status, last.by) == (Status.IN_PROGRESS, operator)
    words = "Poprawiliśmy kategorię: teraz to „Awaria sygnalizacji świetlnej”"
    assert words in last.note
    assert "Taka sprawa ma inny termin" in last.note
    assert words in text_of(letters_to("maria@example.org")[-1])


def test_another_place_of_the_same_unit_does_not_stop_its_work(operator, unit_member):
    report = in_progress(dispatched(), unit_member)
    correct_place(report, GivenPlace(location=LAGIEWNIKI), by=operator)
    send_to_units()
    report.refresh_from_db()
    assert (report.unit.code, report.status) == ("zdit", Status.IN_PROGRESS)


def test_another_unit_has_yet_to_begin(operator, unit_member):
    report = in_progress(dispatched(), unit_member)
    correct_category(report, category("latarnia"), by=operator)
    send_to_units()
    report.refresh_from_db()
    assert (report.unit.code, report.status) == ("wgk-energia", Status.FORWARDED)
    assert "Taka sprawa ma inny termin" in report.changes.last().note
