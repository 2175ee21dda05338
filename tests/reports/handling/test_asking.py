"""Staff ask the sender: letter, answer, reminder, and the clock that stands meanwhile."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.models import AuditEntry
from outbox.models import Letter
from reports.clock import end_question
from reports.handling.asking import (
    CannotAsk,
    SenderUnreachable,
    ask_sender,
    chase_questions,
)
from reports.handling.correcting import correct_category
from reports.handling.status import change_status
from reports.letters.retention import erase_contacts
from reports.models import Photo, Remark, Report, SenderQuestion, Status
from reports.second_thoughts.correcting import withdraw
from reports.second_thoughts.replies import reply_to_question
from reports.second_thoughts.time_limits import TooLate
from reports.secret_link import key_of
from tests.accounts.letters import letters_to, path_in, text_of
from tests.factories import category, dispatched
from tests.panel.press import page, press
from tests.pictures import jpeg_upload

pytestmark = pytest.mark.django_db
ASKED = "Przy którym wejściu?"
SAID = "Od strony ulicy."


@pytest.fixture
def report() -> Report:
    return dispatched(email="ala@example.org", consent=True)


def now(report: Report) -> Report:
    return Report.objects.get(pk=report.pk)


def reply_page(report: Report) -> str:
    return f"/zgloszenia/{report.reference}/moje/{key_of(report.reference)}/odpowiedz/"


def back_in_time(days: float) -> None:
    """As if the open question had been asked that long ago."""
    at = timezone.now() - timedelta(days=days)
    SenderQuestion.objects.update(at=at)
    Report.objects.update(asked_on=timezone.localdate(at))


def test_the_sender_gets_the_question_and_answers_with_a_photo(client, unit_member, report):
    client.force_login(unit_member)
    answer = press(client, "ask-sender", report, {"text": ASKED}, prefix="question")
    assert answer.status_code == 302
    client.logout()
    letter = letters_to("ala@example.org")[-1]
    assert ASKED in text_of(letter)
    link = path_in(letter, f"/zgloszenia/{report.reference}/moje/").partition("#")[0]
    assert ASKED in client.get(link).text
    sent = client.post(reply_page(report), {"text": SAID, "files": jpeg_upload()})
    assert sent.status_code == 303
    remark = Remark.objects.get()
    assert (remark.text, remark.answered.text) == (SAID, ASKED)
    assert Photo.objects.get().report == report
    client.force_login(unit_member)
    shown = client.get(page(report)).text
    assert shown.count(SAID) == 1
    assert ASKED not in client.get(link).text


def test_the_public_reads_one_sentence_and_nothing_of_the_question(client, unit_member, report):
    ask_sender(report, text=ASKED, by=unit_member)
    shown = client.get(report.get_absolute_url()).text
    assert "Zapytaliśmy zgłaszającego o szczegóły." in shown
    assert "Odpowiedzi możesz się spodziewać" not in shown
    assert ASKED not in shown


def test_the_owner_finds_the_question_in_the_account(client, resident, unit_member):
    report = dispatched(owner=resident)
    ask_sender(report, text=ASKED, by=unit_member)
    assert ASKED in text_of(letters_to(resident.email)[-1])
    client.force_login(resident)
    shown = client.get(f"/konto/zgloszenia/{report.reference}/").text
    assert "Mamy do Ciebie pytanie." in shown


def test_who_left_no_address_cannot_be_asked_and_the_page_says_so(client, unit_member):
    report = dispatched()
    client.force_login(unit_member)
    assert "nie zostawił adresu e-mail i nie ma konta" in client.get(page(report)).text
    answer = press(client, "ask-sender", report, {"text": ASKED}, prefix="question")
    assert answer.status_code == 409
    assert ASKED in answer.text
    with pytest.raises(SenderUnreachable):
        ask_sender(report, text=ASKED, by=unit_member)
    assert now(report).asked_on is None


def test_a_mailbox_that_was_never_confirmed_is_not_written_to(unit_member, report):
    report.contacts.update(state="waiting")
    with pytest.raises(SenderUnreachable):
        ask_sender(report, text=ASKED, by=unit_member)


def test_nobody_is_asked_two_things_at_once_nor_of_what_has_ended(unit_member, report):
    ask_sender(report, text=ASKED, by=unit_member)
    with pytest.raises(CannotAsk):
        ask_sender(report, text="I jeszcze?", by=unit_member)
    change_status(report, Status.RESOLVED, by=unit_member, note="Gotowe.")
    with pytest.raises(CannotAsk):
        ask_sender(report, text="I jeszcze?", by=unit_member)


def test_staff_of_another_unit_ask_nothing(client, other_unit_member, report):
    client.force_login(other_unit_member)
    answer = press(client, "ask-sender", report, {"text": ASKED}, prefix="question")
    assert answer.status_code == 404
    assert not SenderQuestion.objects.exists()


def test_only_the_secret_link_answers(client, unit_member, report):
    ask_sender(report, text=ASKED, by=unit_member)
    wrong = f"/zgloszenia/{report.reference}/moje/nie-ten-klucz/odpowiedz/"
    assert client.post(wrong, {"text": SAID}).status_code == 404
    assert client.post(reply_page(report), {"text": " "}).status_code == 400
    assert not Remark.objects.exists()


def test_a_second_answer_comes_too_late(unit_member, report):
    ask_sender(report, text=ASKED, by=unit_member)
    reply_to_question(report, text=SAID)
    with pytest.raises(TooLate):
        reply_to_question(report, text=SAID)
    assert Remark.objects.count() == 1


@pytest.mark.parametrize(
    ("asked", "ended", "was", "becomes"),
    [
        # The same day: nothing has passed.
        (date(2026, 11, 9), date(2026, 11, 9), date(2026, 11, 10), date(2026, 11, 10)),
        # Monday to Thursday, with Independence Day between: two working days.
        (date(2026, 11, 9), date(2026, 11, 12), date(2026, 11, 10), date(2026, 11, 13)),
        # A weekend does not count.
        (date(2026, 11, 13), date(2026, 11, 15), date(2026, 11, 16), date(2026, 11, 16)),
        # Christmas: 24 December is a public holiday too.
        (date(2026, 12, 23), date(2026, 12, 28), date(2026, 12, 23), date(2026, 12, 28)),
        (date(2026, 11, 9), date(2026, 11, 12), None, None),
    ],
)
def test_the_time_limit_moves_by_the_working_days_that_passed(
    monkeypatch, report, asked, ended, was, becomes
):
    Report.objects.update(asked_on=asked, expected_by=was)
    noon = datetime(ended.year, ended.month, ended.day, 11, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: noon)
    end_question(now(report))
    assert (now(report).expected_by, now(report).asked_on) == (becomes, None)


def test_while_the_sender_is_asked_nothing_becomes_late(unit_member, report):
    yesterday = timezone.localdate() - timedelta(days=1)
    Report.objects.update(expected_by=yesterday, asked_on=yesterday)
    assert not now(report).is_overdue
    assert not Report.objects.overdue().exists()
    # It was late before.
    Report.objects.update(expected_by=yesterday - timedelta(days=1))
    assert now(report).is_overdue
    assert Report.objects.overdue().exists()


def test_a_corrected_category_keeps_the_days_on_which_the_clock_stood(operator, report):
    correct_category(report, category("sygnalizacja"), by=operator)
    day = now(report).expected_by
    Report.objects.update(stopped_days=5)
    correct_category(now(report), category("sygnalizacja"), by=operator)
    assert now(report).expected_by >= day + timedelta(days=7)


@pytest.mark.parametrize("end", ["resolved", "withdrawn"])
def test_an_end_of_the_report_ends_the_question(unit_member, report, end):
    ask_sender(report, text=ASKED, by=unit_member)
    if end == "resolved":
        change_status(report, Status.RESOLVED, by=unit_member, note="Gotowe.")
    else:
        withdraw(report)
    assert now(report).asked_on is None
    assert not SenderQuestion.objects.open().exists()


def asked_again() -> int:
    return Letter.objects.filter(key__contains=":asked-again-").count()


def test_one_reminder_comes_after_the_time_of_the_setting(unit_member, report):
    ask_sender(report, text=ASKED, by=unit_member)
    back_in_time(settings.ASK_REMINDER.days - 0.1)
    assert chase_questions() == 0
    back_in_time(settings.ASK_REMINDER.days + 0.1)
    assert [chase_questions(), chase_questions()] == [1, 0]
    assert asked_again() == 1
    assert "przypominamy o pytaniu" in text_of(letters_to("ala@example.org")[-1])


def test_then_the_work_goes_on_without_an_answer(unit_member, report):
    ask_sender(report, text=ASKED, by=unit_member)
    back_in_time(settings.ASK_PATIENCE.days - 0.1)
    chase_questions()
    assert now(report).asked_on is not None
    back_in_time(settings.ASK_PATIENCE.days + 0.1)
    assert [chase_questions(), chase_questions()] == [1, 0]
    assert now(report).asked_on is None
    assert now(report).stopped_days > 0
    assert AuditEntry.objects.filter(action="went_on", actor=None).count() == 1


def test_who_answered_is_not_reminded(unit_member, report):
    ask_sender(report, text=ASKED, by=unit_member)
    back_in_time(settings.ASK_REMINDER.days + 0.1)
    reply_to_question(report, text=SAID)
    assert chase_questions() == 0
    assert asked_again() == 0


def test_questions_and_answers_are_erased_with_the_words(unit_member, report):
    ask_sender(report, text=ASKED, by=unit_member)
    reply_to_question(report, text=SAID)
    change_status(report, Status.RESOLVED, by=unit_member, note="Gotowe.")
    past = timezone.now() - timedelta(days=settings.CONTACT_RETENTION_DAYS, minutes=1)
    Report.objects.update(updated_at=past)
    erase_contacts()
    assert not SenderQuestion.objects.exists()
    assert not Remark.objects.exists()
