"""Writing to the administrator: a row, a copy with consent, a guard without puzzles."""

from datetime import timedelta
from json import loads
from unittest.mock import patch
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.closing import close_account
from accounts.consents import history
from accounts.exporting import write_export
from accounts.models import ConsentEntry
from outbox.models import Letter
from pages.inquiries.answering import answer_inquiry, move_inquiry
from pages.inquiries.forgetting import erase_old_inquiries
from pages.models import Inquiry
from reports.intake.guard import challenge
from tests.accounts.letters import letters_to, text_of
from web.expired import EXPIRED

CONTACT = reverse("pages:contact")
ADDRESS = "maja@example.org"


def send(client, **changes):
    values = {
        "submission_id": str(uuid4()),
        "topic": "portal",
        "text": "Nie widzę mapy.",
        "name": "",
        "email": "",
    }
    return client.post(CONTACT, values | changes)


def with_address(client, address: str = ADDRESS, **changes):
    return send(client, email=address, consent="on", **changes)


def test_a_message_without_any_data_is_kept(client, db):
    answer = send(client)
    assert (answer.status_code, answer["Location"]) == (303, reverse("pages:contact-sent"))
    row = Inquiry.objects.get()
    assert (row.topic, row.text, row.email, row.state) == ("portal", "Nie widzę mapy.", "", "new")
    assert row.sender is None


def test_a_copy_goes_to_the_sender_and_the_consent_into_the_ledger(client, db):
    with_address(client)
    [letter] = letters_to(ADDRESS)
    assert "Nie widzę mapy." in text_of(letter)
    line = history(ADDRESS).get()
    assert (line.purpose, line.act, line.how) == ("inquiry", "given", "typed")
    assert line.subject_reference == Inquiry.objects.get().reference


def test_an_address_without_the_consent_is_refused_by_its_box(client, db):
    answer = send(client, email=ADDRESS)
    assert answer.status_code == 400
    assert answer.context["form"].errors["consent"]
    assert not Inquiry.objects.exists()


def test_a_repeat_of_the_same_form_is_one_message_and_one_letter(client, db):
    same = str(uuid4())
    for _press in range(2):
        assert with_address(client, submission_id=same).status_code == 303
    assert Inquiry.objects.count() == 1
    assert len(letters_to(ADDRESS)) == 1


def test_nobody_floods_a_mailbox_with_copies(client, db, settings):
    for _message in range(settings.TYPED_ADDRESSES_A_DAY):
        assert with_address(client).status_code == 303
    answer = with_address(client)
    assert answer.context["form"].errors["email"]
    assert len(letters_to(ADDRESS)) == Inquiry.objects.count() == settings.TYPED_ADDRESSES_A_DAY


def test_the_address_of_the_own_account_is_believed(client, resident):
    client.force_login(resident)
    assert client.get(CONTACT).context["form"]["email"].value() == resident.email
    with_address(client, resident.email)
    assert Inquiry.objects.get().sender == resident
    assert history(resident.email).first().how == ConsentEntry.How.LOGGED_IN


def test_a_letter_a_day_tells_the_administrator(client, db, settings):
    for _message in range(2):
        send(client)
    [letter] = letters_to(settings.ADMINISTRATOR_EMAIL)
    assert reverse("panel:inbox") in text_of(letter)
    assert "mapy" not in text_of(letter)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", ""),
        ("text", "x" * 4001),
        ("topic", "nic"),
        ("topic", ""),
        ("email", "nie adres"),
        ("email", "maja@exa mple.org"),
        ("name", "x" * 101),
        ("submission_id", "x"),
        ("submission_id", ""),
    ],
)
def test_bad_input_is_said_and_what_was_typed_stays(client, db, field, value):
    answer = send(client, consent="on", **{field: value})
    assert answer.status_code == 400
    assert answer.context["form"].errors
    if field != "text":
        assert "Nie widzę mapy." in answer.content.decode()
    assert not Inquiry.objects.exists()


def test_what_only_a_machine_fills_in_asks_for_work_and_loses_nothing(client, db):
    same = str(uuid4())
    answer = send(client, website="https://example.org", submission_id=same)
    assert answer.status_code == 428
    page = answer.content.decode()
    assert 'id="challenge"' in page
    assert "Nie widzę mapy." in page
    assert not Inquiry.objects.exists()
    # Half a minute later the ticket of the page is enough, without any script.
    ticket = answer.context["form"]["ticket"].value()
    later = signing.time.time() + 31
    with patch.object(signing.time, "time", lambda: later):
        assert send(client, submission_id=same, ticket=ticket, website="x").status_code == 303


def test_a_ticket_of_another_message_is_of_no_use(client, db):
    ticket = challenge.make_ticket(uuid4())
    later = signing.time.time() + 31
    with patch.object(signing.time, "time", lambda: later):
        assert send(client, ticket=ticket, website="x").status_code == 428


def test_an_expired_form_is_shown_again_with_what_was_typed(db):
    answer = send(Client(enforce_csrf_checks=True))
    assert answer.status_code == EXPIRED
    assert "Nie widzę mapy." in answer.content.decode()


def test_a_press_withdraws_the_address_and_a_look_does_not(client, db):
    with_address(client)
    row = Inquiry.objects.get()
    page = reverse("pages:withdraw-address", args=[row.secret])
    client.get(page)
    assert Inquiry.objects.get().email == ADDRESS
    client.post(page)
    assert Inquiry.objects.get().email == ""
    assert history(ADDRESS).first().act == ConsentEntry.Act.WITHDRAWN
    assert not Letter.objects.queued().addressed_to(ADDRESS).exists()
    # Once more does nothing.
    assert client.post(page).status_code == 200
    assert history(ADDRESS).count() == 2


def test_old_messages_are_erased_and_that_they_came_is_kept(client, administrator, time_machine):
    with_address(client, name="Maja")
    row = Inquiry.objects.get()
    answer_inquiry(row, "Już działa.", by=administrator, seen_version=row.version)
    Letter.objects.update(state=Letter.State.SENT, ended_at=timezone.now())
    with time_machine(days=89):
        assert erase_old_inquiries() == 0
    with time_machine(days=91):
        assert erase_old_inquiries() == 1
    row.refresh_from_db()
    assert (row.name, row.email, row.text) == ("", "", "")
    assert row.answers.get().text == ""
    assert row.topic == "portal"
    assert not Letter.objects.addressed_to(ADDRESS).exists()


def test_a_message_that_nobody_ended_is_erased_after_a_year(client, db, time_machine):
    send(client)
    with time_machine(days=364):
        assert erase_old_inquiries() == 0
    with time_machine(days=366):
        assert erase_old_inquiries() == 1
    assert Inquiry.objects.get().text == ""


def test_what_is_taken_up_again_is_not_erased(client, administrator, time_machine):
    send(client)
    row = Inquiry.objects.get()
    move_inquiry(row, "closed", by=administrator, seen_version=1)
    move_inquiry(row, "open", by=administrator, seen_version=2)
    with time_machine(days=91):
        assert erase_old_inquiries() == 0


def test_everything_about_me_has_what_i_wrote(client, resident, tmp_path):
    client.force_login(resident)
    with_address(client, resident.email)
    target = tmp_path / "export.zip"
    with target.open("wb") as file:
        write_export(resident, file)
    with ZipFile(target) as packed:
        [inquiry] = loads(packed.read("dane.json"))["inquiries"]
        assert "Nie widzę mapy." in packed.read("czytaj.html").decode()
    assert inquiry["text"] == "Nie widzę mapy."


def test_closing_the_account_erases_what_it_wrote(client, resident):
    client.force_login(resident)
    with_address(client, resident.email)
    close_account(resident, how="account")
    row = Inquiry.objects.get()
    assert (row.email, row.text, row.sender) == ("", "", None)
    given = history(resident.email).filter(purpose="inquiry")
    assert given.first().act == ConsentEntry.Act.WITHDRAWN


def test_the_page_says_whether_the_office_is_open(client, db):
    opening = client.get(CONTACT).context["city"]["opening"]()
    assert opening.words in client.get(CONTACT).content.decode()
    assert opening.until - timezone.now() < timedelta(days=6)
