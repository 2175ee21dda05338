"""One letter where one thing happened."""

import pytest

from outbox.models import Letter
from reports.handling.correcting import correct_category, correct_place, forward
from reports.handling.status import change_status
from reports.models import DigestLine, Dispatch, Report, Status
from reports.placing import GivenPlace
from reports.second_thoughts.correcting import correct
from tests.accounts.letters import letters_to, text_of
from tests.factories import CITY_HALL, category, dispatched, send_to_units, submitted
from units.models import Unit

pytestmark = pytest.mark.django_db
MARIA = "maria@example.org"


def statuses(report: Report) -> list[str]:
    return [step.status for step in report.changes.all()]


def same_category(report: Report):
    """Another category that the annex gives to the same unit."""
    other = category("znak-drogowy")
    assert other != report.category
    return other


@pytest.fixture
def forwarded() -> Report:
    return dispatched(email=MARIA, consent=True)


def test_received_and_forwarded_are_one_letter(forwarded):
    assert forwarded.status == Status.FORWARDED
    (letter,) = letters_to(MARIA)
    assert forwarded.unit.name in text_of(letter)


def test_nor_do_they_make_a_line_in_the_daily_letter(resident):
    resident.notices = "daily"
    resident.save()
    dispatched(owner=resident)
    assert not DigestLine.objects.exists()


def test_a_report_that_the_operator_reads_first_is_told_once_too():
    report = submitted(email=MARIA, consent=True)
    report.assignments.update(mode="operator")
    send_to_units()
    report.refresh_from_db()
    assert report.status == Status.WITH_OPERATOR
    assert len(letters_to(MARIA)) == 1


def test_another_unit_is_news_also_before_the_first_sending(operator):
    report = submitted(email=MARIA, consent=True)
    forward(report, Unit.objects.get(code="wgk"), by=operator)
    send_to_units()
    _receipt, letter = letters_to(MARIA)
    assert Unit.objects.get(code="wgk").name in text_of(letter)


def test_a_correction_for_the_same_unit_is_no_step_and_no_letter(forwarded, operator):
    correct_category(forwarded, same_category(forwarded), by=operator)
    send_to_units()
    correct_place(forwarded, GivenPlace(location=CITY_HALL), by=operator)
    send_to_units()
    forwarded.refresh_from_db()
    assert statuses(forwarded) == ["received", "forwarded"]
    assert len(letters_to(MARIA)) == 1
    assert set(forwarded.dispatches.values_list("state", flat=True)) == {"done"}


def test_a_correction_does_not_undo_what_the_unit_has_begun(forwarded, operator):
    change_status(forwarded, Status.IN_PROGRESS, by=operator)
    correct_category(forwarded, same_category(forwarded), by=operator)
    send_to_units()
    forwarded.refresh_from_db()
    assert forwarded.status == Status.IN_PROGRESS


def test_a_correction_by_the_sender_is_no_step_either(forwarded):
    place = GivenPlace(location=CITY_HALL)
    correct(forwarded, category=forwarded.category, description="Głębsza.", place=place)
    send_to_units()
    assert statuses(forwarded) == ["received", "forwarded"]
    assert len(letters_to(MARIA)) == 1


def test_a_correction_before_the_first_sending_still_reaches_the_unit():
    report = submitted(email=MARIA, consent=True)
    place = GivenPlace(location=CITY_HALL)
    correct(report, category=report.category, description="Głębsza.", place=place)
    send_to_units()
    report.refresh_from_db()
    assert statuses(report) == ["received", "forwarded"]


def test_a_correction_that_changes_the_unit_is_a_step_and_a_letter(forwarded, operator):
    correct_category(forwarded, category("latarnia"), by=operator)
    send_to_units()
    forwarded.refresh_from_db()
    assert statuses(forwarded) == ["received", "forwarded", "forwarded"]
    assert forwarded.unit.name in text_of(letters_to(MARIA)[-1])


def test_who_sends_a_finished_report_to_its_unit_again_reopens_it(forwarded, operator):
    change_status(forwarded, Status.RESOLVED, by=operator, note="Zrobione.")
    forward(forwarded, forwarded.unit, by=operator)
    send_to_units()
    forwarded.refresh_from_db()
    assert statuses(forwarded)[-2:] == ["resolved", "forwarded"]
    assert len(letters_to(MARIA)) == 3


def test_a_unit_with_letters_is_told_that_it_is_a_correction(operator):
    Unit.objects.filter(code="zdit").update(channel="email", email="unit@example.org")
    report = dispatched()
    assert "Nowe zgłoszenie" in text_of(letters_to("unit@example.org")[0])
    Letter.objects.update(state=Letter.State.SENT)
    correct_category(report, same_category(report), by=operator)
    send_to_units()
    letter = letters_to("unit@example.org")[-1]
    assert "Poprawka" in letter.subject
    assert "Poprawione zgłoszenie" in text_of(letter)


def test_a_unit_whose_letter_had_not_left_gets_a_new_report(operator):
    Unit.objects.filter(code="zdit").update(channel="email", email="unit@example.org")
    report = dispatched()
    correct_category(report, same_category(report), by=operator)
    send_to_units()
    (letter,) = letters_to("unit@example.org")
    assert "Nowe zgłoszenie" in text_of(letter)


def test_a_failed_first_sending_is_no_correction(operator):
    report = submitted()
    Dispatch.objects.update(state=Dispatch.State.FAILED)
    Unit.objects.filter(code="zdit").update(channel="email", email="unit@example.org")
    correct_category(report, same_category(report), by=operator)
    send_to_units()
    assert "Nowe zgłoszenie" in text_of(letters_to("unit@example.org")[0])
