"""An answer by staff: what was chosen and typed stays, and a repeated report says of which."""

import re

import pytest

from reports.handling.moderation import set_visibility
from reports.handling.status import change_status
from reports.models import Report, Status
from tests.accounts.letters import letters_to, text_of
from tests.factories import dispatched, send_to_units, submitted
from tests.panel.press import page, press, shown_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def report() -> Report:
    return dispatched()


@pytest.fixture
def first(report) -> Report:
    """The report of the same matter that came before."""
    return dispatched()


def chosen(answer) -> str:
    """The status that the page shows as chosen; a browser chooses the first where none is."""
    field = answer.text.split('name="status-status"', 1)[1].split("</select>")[0]
    options = re.findall(r'<option value="(\w*)"( selected)?>', field)
    return next((value for value, selected in options if selected), options[0][0])


def answered(client, report, status="in_progress", **values):
    return press(client, "change-status", report, {"status": status} | values, prefix="status")


def marked(client, report, number) -> object:
    values = {"note": "Już się tym zajmujemy.", "duplicate_of": number}
    return answered(client, report, "duplicate", **values)


@pytest.mark.parametrize("status", ["in_progress", "rejected"])
def test_after_a_conflict_the_chosen_status_stays(client, unit_member, operator, report, status):
    change_status(report, Status.IN_PROGRESS, by=operator)
    client.force_login(unit_member)
    values = {"status": status, "note": "Jedziemy."}
    seen = report.version - 1
    answer = press(client, "change-status", report, values, prefix="status", version=seen)
    assert answer.status_code == 409
    assert chosen(answer) == status
    assert "Jedziemy." in answer.text


def test_a_second_press_after_a_conflict_closes_nothing_that_nobody_chose_to_close(
    client, unit_member, operator, report
):
    change_status(report, Status.IN_PROGRESS, by=operator)
    client.force_login(unit_member)
    values = {"status": "in_progress", "note": "Jedziemy."}
    first = press(client, "change-status", report, values, prefix="status", version=1)
    again = values | {"status": chosen(first)}
    version = shown_version(first, "status")
    second = press(client, "change-status", report, again, prefix="status", version=version)
    assert second.status_code == 409
    report.refresh_from_db()
    assert report.status == Status.IN_PROGRESS


def test_a_second_press_after_a_conflict_does_what_was_chosen(
    client, unit_member, operator, report
):
    change_status(report, Status.IN_PROGRESS, by=operator)
    client.force_login(unit_member)
    values = {"status": "rejected", "note": "To droga wewnętrzna."}
    first = press(client, "change-status", report, values, prefix="status", version=1)
    version = shown_version(first, "status")
    press(client, "change-status", report, values, prefix="status", version=version)
    report.refresh_from_db()
    assert report.status == Status.REJECTED


def test_a_missing_answer_is_said_by_its_field(client, unit_member, report):
    client.force_login(unit_member)
    answer = answered(client, report, "resolved")
    assert answer.context["answer"][0].form.errors["note"]
    assert chosen(answer) == "resolved"


def test_a_repeated_report_needs_the_number_of_the_first(client, unit_member, report):
    client.force_login(unit_member)
    answer = marked(client, report, "")
    assert answer.status_code == 400
    assert "Podaj numer zgłoszenia, które już mamy." in answer.text
    report.refresh_from_db()
    assert report.status == Status.FORWARDED


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("7K3M", "Numer zgłoszenia ma 9 znaków"),
        ("7K3M-94QX-3", "W numerze jest pomyłka"),
        ("0000-0000-0", "Nie ma zgłoszenia o tym numerze."),
    ],
)
def test_a_number_of_no_report_is_refused_by_the_field(client, unit_member, report, number, words):
    client.force_login(unit_member)
    answer = marked(client, report, number)
    assert answer.status_code == 400
    assert words in answer.text
    assert f'value="{number}"' in answer.text


def test_a_report_does_not_repeat_itself(client, unit_member, report):
    client.force_login(unit_member)
    answer = marked(client, report, report.reference)
    assert (answer.status_code, "to samo zgłoszenie" in answer.text) == (400, True)


def test_a_repeated_report_does_not_lead_to_another_repeated_one(
    client, unit_member, report, first
):
    client.force_login(unit_member)
    root = dispatched()
    marked(client, first, root.reference)
    answer = marked(client, report, first.reference)
    assert answer.status_code == 400
    assert root.reference in answer.context["answer"][0].form.errors["duplicate_of"][0]


def test_the_number_may_be_spelled_in_any_way(client, unit_member, report, first):
    client.force_login(unit_member)
    spelled = first.reference.lower().replace("-", " ")
    assert marked(client, report, spelled).status_code == 302
    report.refresh_from_db()
    assert (report.status, report.duplicate_of) == (Status.DUPLICATE, first)


def test_both_pages_of_staff_say_which_report_is_repeated(client, unit_member, report, first):
    client.force_login(unit_member)
    marked(client, report, first.reference)
    assert f'href="{page(first)}"' in client.get(page(report)).text
    assert f'href="{page(report)}"' in client.get(page(first)).text


def test_staff_see_the_number_only_of_a_report_that_is_not_theirs(
    client, unit_member, operator, report, first
):
    client.force_login(unit_member)
    marked(client, report, first.reference)
    # Were it open, the other one would go on for itself.
    change_status(first, Status.REJECTED, by=operator, note="To nie jest sprawa miasta.")
    set_visibility(first, is_hidden=True, by=operator, reason="obraźliwe")
    shown = client.get(page(report)).text
    assert first.reference in shown
    assert f'href="{page(first)}"' not in shown


def test_the_senders_pages_and_letter_say_of_which_too(client, unit_member, resident, first):
    report = dispatched(owner=resident, email="maria@example.org", consent=True)
    client.force_login(unit_member)
    marked(client, report, first.reference)
    link = first.get_absolute_url()
    assert f'href="{link}"' in client.get(report.get_absolute_url()).text
    assert client.get(f"/api/v1/reports/{report.reference}/").json()["duplicate_of"] == (
        first.reference
    )
    assert link in text_of(letters_to("maria@example.org")[-1])
    client.force_login(resident)
    assert f'href="{link}"' in client.get(f"/konto/zgloszenia/{report.reference}/").text


def test_nothing_is_said_of_a_first_report_that_was_hidden(
    client, unit_member, operator, report, first
):
    client.force_login(unit_member)
    marked(client, report, first.reference)
    set_visibility(first, is_hidden=True, by=operator, reason="obraźliwe")
    client.logout()
    assert first.reference not in client.get(report.get_absolute_url()).text
    assert client.get(f"/api/v1/reports/{report.reference}/").json()["duplicate_of"] is None


def test_a_report_that_is_worked_on_again_repeats_none(client, operator, report, first):
    client.force_login(operator)
    marked(client, report, first.reference)
    report.refresh_from_db()
    change_status(report, Status.WITH_OPERATOR)
    assert first.reference not in client.get(report.get_absolute_url()).text
    # It still lies nearby.
    assert "Powtarza zgłoszenie" not in client.get(page(report)).text


def test_what_waits_for_its_sending_can_be_named_too(client, unit_member, report):
    waiting = submitted()
    client.force_login(unit_member)
    assert marked(client, report, waiting.reference).status_code == 302
    send_to_units()
