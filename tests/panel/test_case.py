"""The page of a case: what lies around it, why it came here, and its letters."""

from datetime import timedelta

import pytest
from django.contrib.gis.geos import Point
from django.utils import timezone

from accounts.models import AuditEntry, ConsentEntry
from catalogue.alternatives import find_alternatives
from districts.locating import locate
from outbox.models import Letter
from outbox.sending import claim
from reports.handling.asking import ask_sender
from reports.handling.correcting import forward
from reports.handling.memos import add_memo
from reports.handling.status import change_status
from reports.letters.consents import withdraw_consent
from reports.letters.mailboxes import confirm_mailbox
from reports.models import Contact, Report, Status
from tests.accounts.letters import letters_to
from tests.factories import CITY_HALL, category, dispatched
from tests.panel.press import page, press
from units.models import Unit

pytestmark = pytest.mark.django_db
# About 20 m from the city hall.
NEXT_DOOR = Point(CITY_HALL.x + 0.0003, CITY_HALL.y, srid=4326)
FAR = Point(CITY_HALL.x + 0.01, CITY_HALL.y, srid=4326)


@pytest.fixture
def report() -> Report:
    return dispatched(email="maria@example.org", consent=True)


def receipt_of(report: Report) -> Letter:
    return Letter.objects.get(key__startswith=f"report:{report.reference}:received")


def fail(letter: Letter) -> Letter:
    ended = timezone.now() - timedelta(days=5)
    Letter.objects.filter(pk=letter.pk).update(
        state=Letter.State.FAILED, created_at=ended, ended_at=ended, last_error="SMTP 550"
    )
    letter.refresh_from_db()
    return letter


def send_again(client, report: Report, letter: Letter):
    return press(client, "send-letter-again", report, {"letter": letter.pk}, prefix="letter")


def test_it_says_how_often_the_same_was_reported_here(client, unit_member):
    for location, status in [
        (NEXT_DOOR, Status.RESOLVED),
        (CITY_HALL, Status.REJECTED),
        (FAR, Status.RESOLVED),
    ]:
        earlier = dispatched(location=location)
        change_status(earlier, status, by=unit_member, note="Gotowe.")
    longer_ago = dispatched(location=NEXT_DOOR)
    Report.objects.filter(pk=longer_ago.pk).update(created_at=timezone.now() - timedelta(days=366))
    dispatched(location=NEXT_DOOR, category=category("latarnia"))
    client.force_login(unit_member)
    shown = client.get(page(dispatched())).text
    assert "W ciągu roku zgłoszono to tutaj 2 razy, naprawiono: 1." in shown


def test_it_lists_open_reports_nearby_that_are_theirs(client, unit_member, report):
    near = dispatched(location=NEXT_DOOR)
    far = dispatched(location=FAR)
    of_others = dispatched(location=NEXT_DOOR, category=category("przepelniony-kosz"))
    ended = dispatched(location=NEXT_DOOR)
    change_status(ended, Status.RESOLVED, by=unit_member, note="Gotowe.")
    client.force_login(unit_member)
    shown = client.get(page(report)).text
    linked = {row.reference for row in (near, far, of_others, ended) if page(row) in shown}
    assert linked == {near.reference}


def test_why_it_did_not_go_elsewhere_is_said(client, operator):
    pavement = category("uszkodzony-chodnik")
    district = locate(CITY_HALL).district
    fits, *others = find_alternatives(pavement, district, CITY_HALL)
    # ZDiT has the pavements of the very centre; all others are WGK's.
    assert (fits.unit.code, fits.fits, fits.is_for_all) == ("wgk", True, False)
    assert all(one.unit.code not in ("zdit", "wgk") for one in others)
    client.force_login(operator)
    shown = client.get(page(dispatched(category=pavement))).text
    assert "też pasuje, ale inny wiersz załącznika jest dokładniejszy." in shown


def test_rows_about_other_places_are_named_by_them():
    dump = category("dzikie-wysypisko")
    district = locate(CITY_HALL).district
    elsewhere = [one for one in find_alternatives(dump, district, CITY_HALL) if not one.fits]
    assert [one.unit.code for one in elsewhere] == ["zzm-lasy"]
    assert "Łagiewniki" in elsewhere[0].places


def test_what_was_forwarded_by_hand_says_whom_the_annex_names(client, operator, report):
    forward(report, Unit.objects.get(code="zzm"), by=operator, reason="park")
    client.force_login(operator)
    shown = client.get(page(report)).text
    assert "Załącznik wskazuje dziś: Zarząd Dróg i Transportu." in shown


def test_letters_are_shown_with_their_state_and_without_the_address(client, unit_member, report):
    fail(receipt_of(report))
    client.force_login(unit_member)
    shown = client.get(page(report)).text
    assert "m…@example.org" in shown
    assert "nie do wysłania" in shown
    assert "SMTP 550" in shown
    assert "maria@example.org" not in shown


def test_a_letter_that_failed_is_sent_again(client, unit_member, report):
    letter = fail(receipt_of(report))
    client.force_login(unit_member)
    assert send_again(client, report, letter).status_code == 302
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.last_error) == ("queued", 0, "")
    assert letter in claim(timezone.now())
    # The patience of the outbox begins anew.
    assert timezone.now() - letter.created_at < timedelta(minutes=1)
    entry = AuditEntry.objects.get(action="letter_sent_again")
    assert (entry.actor, entry.details) == (unit_member, {"letter": letter.pk})


def test_a_letter_that_left_is_not_sent_again(client, unit_member, report):
    letter = receipt_of(report)
    Letter.objects.filter(pk=letter.pk).update(state=Letter.State.SENT)
    client.force_login(unit_member)
    assert "Wyślij jeszcze raz" not in client.get(page(report)).text
    assert send_again(client, report, letter).status_code == 409


def test_nothing_is_sent_again_to_an_address_that_was_taken_away(client, unit_member, report):
    letter = fail(receipt_of(report))
    withdraw_consent(report.contacts.get(), how="link")
    client.force_login(unit_member)
    assert send_again(client, report, letter).status_code == 409
    letter.refresh_from_db()
    assert letter.state == Letter.State.FAILED


def test_a_letter_about_another_report_is_not_reached(client, unit_member, report):
    Unit.objects.filter(code="wgk").update(email="zdit@example.org")
    other = dispatched(
        category=category("przepelniony-kosz"), email="ala@example.org", consent=True
    )
    letter = fail(receipt_of(other))
    client.force_login(unit_member)
    assert send_again(client, report, letter).status_code == 409
    letter.refresh_from_db()
    assert letter.state == Letter.State.FAILED


def mend(client, report: Report, email: str = "maria.nowak@example.org"):
    values = {"email": email, "reason": "zadzwoniła"}
    return press(client, "mend-address", report, values, prefix="address")


def test_a_mistyped_address_is_mended_once_its_mailbox_says_so(client, operator, report):
    failed = fail(receipt_of(report))
    client.force_login(operator)
    assert mend(client, report).status_code == 302
    contact = Contact.objects.get()
    assert (contact.email, contact.state) == ("maria.nowak@example.org", "waiting")
    # Nothing goes to the old one any more, nor yet to the new one but the question.
    failed.refresh_from_db()
    assert (failed.state, failed.recipients) == (Letter.State.CANCELLED, [])
    assert [letter.key[:8] for letter in letters_to(contact.email)] == ["mailbox:"]
    old = ConsentEntry.objects.filter(subject_hash=ConsentEntry.hash_of("maria@example.org"))
    assert old.latest("pk").act == ConsentEntry.Act.WITHDRAWN
    confirm_mailbox(contact.mailbox)
    assert letters_to(contact.email)[-1].key.startswith(f"report:{report.reference}:received")
    assert AuditEntry.objects.get(action="address_mended").details == {"reason": "zadzwoniła"}


@pytest.mark.parametrize(
    ("email", "status", "words"),
    [
        ("nie adres", 400, ""),
        ("MARIA@example.org", 409, "Ten adres już jest przy zgłoszeniu."),
        ("łucja@example.org", 400, ""),
    ],
)
def test_an_address_that_cannot_be_is_refused_by_its_field(
    client, operator, report, email, status, words
):
    client.force_login(operator)
    answer = mend(client, report, email)
    assert answer.status_code == status
    assert words in answer.context["sender"][0].form.errors["email"][0]
    assert Contact.objects.get().email == "maria@example.org"


def test_only_operators_mend_addresses(client, unit_member, report):
    client.force_login(unit_member)
    assert mend(client, report).status_code == 403
    assert "Popraw adres e-mail zgłaszającego" not in client.get(page(report)).text


def test_what_was_refused_stays_though_its_act_is_offered_no_longer(client, unit_member, report):
    client.force_login(unit_member)
    seen = report.version
    change_status(report, Status.RESOLVED, by=unit_member, note="Gotowe.")
    values = {"text": "Przy którym wejściu?"}
    answer = press(client, "ask-sender", report, values, prefix="question", version=seen)
    assert answer.status_code == 409
    assert values["text"] in answer.text


def test_the_page_takes_few_statements(client, unit_member, report, django_assert_max_num_queries):
    """Seven are about the session and the person."""
    add_memo(report, text="Ekipa wolna od środy.", by=unit_member)
    ask_sender(report, text="Przy którym wejściu?", by=unit_member)
    dispatched(location=NEXT_DOOR)
    client.force_login(unit_member)
    client.get(page(report))
    with django_assert_max_num_queries(7 + 17):
        client.get(page(report))
