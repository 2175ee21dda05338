"""Strangers cannot flood a mailbox, nor give consents in its owner's name."""

import re
from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes, policy

import pytest
from django.conf import settings
from django.db import connections

from accounts.models import ConsentEntry
from outbox.models import Letter
from own_reports.claiming import claim_reports
from reports.handling.status import change_status
from reports.intake.following import follow
from reports.letters.mailboxes import confirm_mailbox, deny_mailbox
from reports.letters.retention import erase_contacts
from reports.models import Contact, Report, Status
from reports.secret_link import key_of
from tests.factories import dispatched, send_to_units, submitted
from tests.reports.intake.test_repeats import body, send

VICTIM = "ofiara@example.org"
# How one mailbox may be spelt.
SPELLINGS = (VICTIM, "Ofiara@Example.ORG", "OFIARA@example.org", "ofiara@EXAMPLE.org")


def typed(number: int = 1, email: str = VICTIM) -> list[Report]:
    return [submitted(email=email, consent=True) for _turn in range(number)]


def letters_to(email: str = VICTIM) -> list[Letter]:
    rows = Letter.objects.addressed_to(email).order_by("pk")
    return [row for row in rows if row.state != Letter.State.CANCELLED]


def kinds() -> list[str]:
    """What the letters to the victim are: received, status, question."""
    found = []
    for letter in letters_to():
        _room, _about, rest = letter.key.split(":")
        found.append("question" if letter.key.startswith("mailbox:") else rest.partition("-")[0])
    return found


def text_of(letter: Letter) -> str:
    message = message_from_bytes(bytes(letter.raw), policy=policy.default)
    return message.get_body(preferencelist=("plain",)).get_content().replace("\r\n", "\n")


def link_in(letter: Letter, word: str) -> str:
    return re.search(rf"{settings.SITE_URL}(/skrzynka/\S+/{word}/)", text_of(letter)).group(1)


def ledger() -> list[tuple[str, str]]:
    return list(ConsentEntry.objects.order_by("pk").values_list("act", "how"))


@pytest.mark.django_db
def test_an_ordinary_resident_keeps_hearing_without_a_press(operator):
    (report,) = typed()
    send_to_units()
    change_status(report, Status.RESOLVED, by=operator, note="Zrobione.")
    assert kinds() == ["received", "status"]
    assert ledger() == [("given", "typed")]


@pytest.mark.django_db
def test_a_flood_is_three_reports_and_one_question(client):
    for number in range(40):
        submitted(email=SPELLINGS[number % 4], consent=True)
    assert kinds() == ["received"] * 3 + ["question"]
    assert ledger() == [("given", "typed")] * 3
    # Nothing more goes there: not about the reports that waited, nor about the first ones.
    send_to_units()
    assert kinds() == ["received"] * 3 + ["question"]
    assert Report.objects.filter(status=Status.FORWARDED).count() == 40


def test_a_flood_at_one_moment_is_no_larger(committed):
    def one(_number: int) -> None:
        try:
            typed()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(one, range(12)))
    assert sorted(kinds()) == ["question"] + ["received"] * 3


@pytest.mark.django_db
def test_the_sender_always_gets_a_number_and_a_working_link(client):
    typed(3)
    answer = send(client, body(email=VICTIM, consent=True))
    assert answer.status_code == 201
    reference = answer.json()["reference"]
    assert answer.cookies["sender"].value == key_of(reference)
    page = client.get(f"/zgloszenia/{reference}/potwierdzenie/").content.decode()
    assert f"/zgloszenia/{reference}/moje/{key_of(reference)}/" in page
    assert client.get(f"/zgloszenia/{reference}/moje/{key_of(reference)}/").status_code == 200
    # Nobody learns how many letters another person gets.
    other = send(client, body(email="inna@example.org", consent=True)).json()
    assert set(other) == set(answer.json())


@pytest.mark.django_db
def test_after_a_press_the_letters_of_all_waiting_reports_go_on(client, operator):
    typed(3)
    fourth, fifth = typed(2)
    send_to_units()
    question = letters_to()[-1]
    link = link_in(question, "potwierdzenie")
    assert fourth.reference in client.get(link).content.decode()
    assert kinds() == ["received"] * 3 + ["question"]
    assert client.post(link).status_code == 200
    received = [letter.key for letter in letters_to() if ":received" in letter.key]
    assert len(received) == 5
    # That they were forwarded meanwhile is no news.
    assert "status" not in kinds()
    assert ledger()[3:] == [("given", "confirmed")] * 5
    change_status(fifth, Status.RESOLVED, by=operator, note="Zrobione.")
    assert kinds().count("status") == 1
    # A second press finds nothing to do.
    client.post(link)
    assert len(ledger()) == 8


@pytest.mark.django_db
def test_a_press_is_worth_a_few_more_reports():
    typed(4)
    confirm_mailbox(ConsentEntry.hash_of(VICTIM))
    typed(3)
    assert not Contact.objects.filter(state=Contact.State.WAITING).exists()
    typed(1)
    assert Contact.objects.get(state=Contact.State.WAITING)


@pytest.mark.django_db
def test_the_next_day_addresses_are_believed_again(time_machine):
    typed(3)
    with time_machine(days=1, minutes=1):
        typed(1)
    assert kinds() == ["received"] * 4


@pytest.mark.django_db
def test_opening_a_link_changes_nothing(client):
    typed(4)
    question = letters_to()[-1]
    for word in ("potwierdzenie", "to-nie-ja"):
        assert client.get(link_in(question, word)).status_code == 200
    assert Contact.objects.filter(state=Contact.State.WAITING).count() == 1
    assert Contact.objects.count() == 4


@pytest.mark.django_db
def test_every_first_letter_has_this_was_not_me_which_ends_all(client, operator):
    reports = typed(5)
    first = letters_to()[0]
    link = link_in(first, "to-nie-ja")
    assert client.post(link).status_code == 200
    assert not Contact.objects.exists()
    assert kinds() == []
    assert ledger() == [("given", "typed")] * 3 + [("not_given", "not_me")] * 5
    send_to_units()
    change_status(reports[0], Status.RESOLVED, by=operator, note="Zrobione.")
    assert kinds() == []
    assert set(Report.objects.values_list("fingerprint", flat=True)) == {""}
    assert "Nie mamy już Twojego adresu" in client.get(link).content.decode()


@pytest.mark.django_db
def test_after_this_was_not_me_nothing_is_believed_until_a_press(time_machine):
    typed(1)
    deny_mailbox(ConsentEntry.hash_of(VICTIM))
    with time_machine(days=30):
        typed(2)
        assert kinds() == ["question"]
        confirm_mailbox(ConsentEntry.hash_of(VICTIM))
        typed(1)
        assert kinds() == ["question"] + ["received"] * 3


@pytest.mark.django_db
def test_another_mailbox_is_not_touched(client):
    typed(5)
    (other,) = typed(email="inna@example.org")
    deny_mailbox(ConsentEntry.hash_of(VICTIM))
    assert Contact.objects.get().report == other
    assert len(letters_to("inna@example.org")) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("word", ["potwierdzenie", "to-nie-ja"])
def test_a_wrong_key_opens_nothing(client, word):
    typed(4)
    mailbox = ConsentEntry.hash_of(VICTIM)
    path = f"/skrzynka/{mailbox}/zly-klucz/{word}/"
    assert client.get(path).status_code == client.post(path).status_code == 404
    assert Contact.objects.count() == 4


@pytest.mark.django_db
def test_the_question_quotes_nobody_and_comes_in_the_language_of_the_page(client):
    typed(3)
    values = body(email=VICTIM, consent=True, description="Kup teraz: www.example.pl")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "uk"
    send(client, values)
    question = letters_to()[-1]
    raw = message_from_bytes(bytes(question.raw), policy=policy.default)
    texts = [part for part in raw.walk() if part.get_content_maintype() == "text"]
    assert len(texts) == 2
    whole = "".join(part.get_content() for part in texts)
    assert "www.example.pl" not in whole
    assert "Якщо" in whole


@pytest.mark.django_db
def test_following_needs_a_press_at_once(operator):
    report = dispatched()
    follow(report, follower="a", email=VICTIM, consent=True)
    assert kinds() == ["question"]
    assert ledger() == []
    change_status(report, Status.IN_PROGRESS, by=operator)
    assert kinds() == ["question"]
    confirm_mailbox(ConsentEntry.hash_of(VICTIM))
    assert ledger() == [("given", "confirmed")]
    assert kinds() == ["question", "status"]
    assert "/moje/" not in text_of(letters_to()[-1])


@pytest.mark.django_db
def test_who_is_logged_in_follows_at_their_own_address_without_a_press(client, resident):
    report = submitted()
    client.force_login(resident)
    path = f"/api/v1/reports/{report.reference}/follow/"
    mine = {"email": resident.email.upper(), "consent": True}
    assert client.post(path, mine, content_type="application/json").status_code == 200
    assert ledger() == [("given", "logged_in")]
    client.post(path, {"email": VICTIM, "consent": True}, content_type="application/json")
    assert Contact.objects.get(state=Contact.State.WAITING).email == VICTIM


@pytest.mark.django_db
def test_following_by_another_spelling_is_following_once():
    report = submitted(email=VICTIM, consent=True)
    for email in SPELLINGS:
        follow(report, follower="a", email=email, consent=True)
    assert Contact.objects.count() == 1


@pytest.mark.django_db
def test_a_domain_is_one_in_both_alphabets():
    typed(3, "ofiara@łódź.pl")
    typed(3, "OFIARA@xn--d-uga0v4h.pl")
    assert Contact.objects.filter(state=Contact.State.WAITING).count() == 3


@pytest.mark.django_db
def test_an_account_claims_what_waits_for_a_press_without_a_line_of_withdrawal(resident):
    for _turn in range(4):
        submitted(email=resident.email.title(), consent=True)
    assert claim_reports(resident) == 4
    assert [act for act, _how in ledger()] == ["given"] * 3 + ["withdrawn"] * 3


@pytest.mark.django_db
def test_an_address_that_nobody_confirms_is_erased(time_machine):
    typed(4)
    with time_machine(days=15):
        assert erase_contacts() == 1
    assert not Contact.objects.filter(state=Contact.State.WAITING).exists()


@pytest.mark.django_db
def test_a_hidden_report_tells_its_follower_nothing_after_the_press(operator):
    report = dispatched()
    follow(report, follower="a", email=VICTIM, consent=True)
    change_status(report, Status.IN_PROGRESS, by=operator)
    Report.objects.update(is_hidden=True)
    confirm_mailbox(ConsentEntry.hash_of(VICTIM))
    assert kinds() == ["question"]
