"""A unit answers by replying: what comes into the mailbox is an answer, or an operator reads it."""

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from accounts.models import AuditEntry
from mailroom import fetching, taking
from mailroom.fetching import fetch_replies
from mailroom.models import Mailbox, Reason, Reply
from mailroom.retention import erase_old
from mailroom.taking import take_due
from outbox.models import Letter
from reports.dispatch.dispatching import dispatch_due
from reports.handling.correcting import forward
from reports.models import Dispatch, Photo, Report, ReportWord, Status
from tests.accounts.letters import letters_to, text_of
from tests.factories import dispatched
from tests.mailroom.mail_box import PASSWORD, USER, Box, imap_server
from tests.pictures import jpeg
from units.models import Unit

pytestmark = pytest.mark.django_db
CLERK = "jan@zgo.example.org"


@pytest.fixture(autouse=True)
def replies_are_read(settings):
    settings.REPLIES_ADDRESS = "odpowiedzi@lckzm.example.org"


@pytest.fixture
def unit() -> Unit:
    return Unit.objects.get(code="zgo")


@pytest.fixture
def report(operator, unit) -> Report:
    sent = dispatched(email="maria@example.org", consent=True)
    forward(sent, unit, by=operator)
    dispatch_due()
    sent.refresh_from_db()
    return sent


def letter_to(unit: Unit) -> EmailMessage:
    raw = bytes(letters_to(unit.email)[-1].raw)
    return message_from_bytes(raw, policy=policy.default)


def reply(unit: Unit, text: str, *, by: str = CLERK, number: int = 1) -> EmailMessage:
    """As a program of mail writes it below the letter that ``unit`` got last."""
    got = letter_to(unit)
    made = EmailMessage()
    made["From"], made["To"] = f"Jan <{by}>", got["Reply-To"]
    made["Subject"], made["Message-ID"] = f"Re: {got['Subject']}", f"<{number}@zgo.example.org>"
    quoted = got.get_body(("plain",)).get_content().replace("\n", "\n> ")
    made.set_content(f"{text}\n\nW dniu 27.11.2026 o 10:15, Portal pisze:\n> {quoted}")
    return made


def arrived(made: EmailMessage | bytes) -> Reply:
    """It was fetched, and is decided about now."""
    raw = made if isinstance(made, bytes) else made.as_bytes()
    uid = Reply.objects.count() + 1
    row = Reply.objects.create(validity=1, uid=uid, size=len(raw), raw=raw)
    take_due()
    row.refresh_from_db()
    return row


def status_of(report: Report) -> str:
    return Report.objects.get(pk=report.pk).status


def test_a_reply_with_a_status_is_an_answer(report, unit):
    made = reply(unit, "Załatwione.\nWywieźliśmy odpady.")
    made.add_attachment(jpeg(), maintype="image", subtype="jpeg", filename="po.jpg")
    row = arrived(made)
    assert (row.state, row.report) == (Reply.State.TAKEN, report)
    step = report.changes.last()
    assert (step.status, step.note, step.by, step.unit) == (
        Status.RESOLVED, "Wywieźliśmy odpady.", None, unit,
    )  # fmt: skip
    assert report.photos.get(kind=Photo.Kind.RESULT).is_public
    assert AuditEntry.objects.get(action=ReportWord.ANSWERED_BY_MAIL).details["unit"] == "zgo"
    (told,) = letters_to(CLERK)
    assert "Nowy status: załatwione." in text_of(told)
    assert b"Auto-Submitted: auto-replied" in bytes(told.raw)


def test_the_same_letter_twice_is_one_answer_and_one_word_to_its_writer(report, unit):
    made = reply(unit, "w realizacji\nJutro będzie ekipa.")
    assert arrived(made).state == Reply.State.TAKEN
    assert arrived(made).state == Reply.State.IGNORED
    assert report.changes.filter(status=Status.IN_PROGRESS).count() == 1
    assert len(letters_to(CLERK)) == 1
    # Who guesses a Message-ID cannot make the portal pass over somebody else's letter.
    assert arrived(reply(unit, "załatwione\nGotowe.")).state == Reply.State.TAKEN


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Proszę o dokładniejszy adres.", Reason.NO_WORD),
        ("", Reason.NO_WORD),
        ("powtórzone\nJest już takie.", Reason.NO_WORD),
        ("załatwione", Reason.REFUSED),
        ("załatwione\n" + "x" * 4001, Reason.REFUSED),
    ],
)
def test_what_is_no_answer_is_left_to_an_operator_and_its_writer_told(report, unit, text, reason):
    row = arrived(reply(unit, text))
    assert (row.state, row.reason, row.report) == (Reply.State.LEFT, reason, report)
    assert status_of(report) == Status.FORWARDED
    (told,) = letters_to(CLERK)
    assert "Przeczyta ją operator." in text_of(told)


def test_neither_sender_nor_subject_chooses_the_case(report, unit):
    made = reply(unit, "załatwione\nGotowe.")
    made.replace_header("To", "odpowiedzi@lckzm.example.org")
    assert arrived(made).reason == Reason.NO_CASE
    key = letter_to(unit)["Reply-To"].partition("+")[2]
    made.replace_header("Message-ID", "<2@zgo.example.org>")
    made.replace_header("To", f"odpowiedzi+{key.replace('-', '-1', 1)}")
    assert arrived(made).reason == Reason.NO_CASE
    assert status_of(report) == Status.FORWARDED
    assert letters_to(CLERK) == []


def test_whoever_saw_the_address_in_a_copy_does_not_answer_for_the_unit(report, unit):
    row = arrived(reply(unit, "załatwione\nGotowe.", by="maria@example.org"))
    assert (row.state, row.reason) == (Reply.State.LEFT, Reason.OTHER_SENDER)
    assert status_of(report) == Status.FORWARDED
    assert not Letter.objects.filter(key__startswith="reply:").exists()


def test_the_address_of_a_letter_opens_no_page(client, report, unit):
    key = letter_to(unit)["Reply-To"].partition("+")[2].partition("@")[0]
    assert client.get(f"/z-wiadomosci/{key}/").status_code == 404


def test_a_report_that_was_handed_over_is_not_answered(report, unit, operator):
    made = reply(unit, "załatwione\nGotowe.")
    forward(report, Unit.objects.get(code="zlm"), by=operator)
    dispatch_due()
    assert arrived(made).reason == Reason.HANDED_OVER
    assert status_of(report) == Status.FORWARDED


def test_a_late_reply_is_left(report, unit, settings, time_machine):
    made = reply(unit, "załatwione\nGotowe.")
    with time_machine(days=settings.UNIT_LINK_DAYS + 1):
        assert arrived(made).reason == Reason.LINK_ENDED


def test_machines_are_not_answered(report, unit):
    made = reply(unit, "Jestem na urlopie.")
    made["Auto-Submitted"] = "auto-replied"
    assert arrived(made).state == Reply.State.IGNORED
    assert letters_to(CLERK) == []


def test_other_files_are_no_answer(report, unit):
    made = reply(unit, "załatwione\nW załączniku.")
    made.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="pismo.pdf")
    assert arrived(made).reason == Reason.FILES
    assert not Photo.objects.filter(report=report).exists()


def test_too_many_photos_are_refused_together_with_the_answer(report, unit):
    made = reply(unit, "załatwione\nGotowe.")
    for number in range(6):
        made.add_attachment(jpeg(), maintype="image", subtype="jpeg", filename=f"{number}.jpg")
    row = arrived(made)
    assert (row.reason, "najwyżej 5" in row.refusal) == (Reason.REFUSED, True)
    assert status_of(report) == Status.FORWARDED


@pytest.mark.parametrize(("code", "fails"), [("5.1.1", True), ("4.2.2", False)])
def test_a_letter_that_came_back_makes_its_sending_fail(report, unit, code, fails):
    bounce = (
        'Content-Type: multipart/report; report-type=delivery-status; boundary="B"\r\n\r\n'
        f"--B\r\nContent-Type: message/delivery-status\r\n\r\nStatus: {code}\r\n\r\n"
        f"--B\r\nContent-Type: message/rfc822\r\n\r\n{letter_to(unit).as_string()}\r\n--B--\r\n"
    )
    assert arrived(bounce.encode()).state == Reply.State.IGNORED
    dispatch = report.dispatches.last()
    assert dispatch.state == (Dispatch.State.FAILED if fails else Dispatch.State.DONE)
    assert status_of(report) == (Status.WITH_OPERATOR if fails else Status.FORWARDED)


def test_a_letter_that_ends_its_worker_is_left_in_the_end(report, unit, monkeypatch):
    raw = reply(unit, "załatwione\nGotowe.").as_bytes()
    row = Reply.objects.create(validity=1, uid=1, size=len(raw), raw=raw)

    def break_down(*_args):
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(taking, "read_letter", break_down)
        for _turn in range(2):
            take_due()
            Reply.objects.update(leased_until=None)
    assert Reply.objects.waiting().get() == row
    take_due()
    row.refresh_from_db()
    assert (row.state, row.reason) == (Reply.State.LEFT, Reason.UNREADABLE)


def test_an_operator_reads_what_was_left_and_says_so(client, report, unit, operator):
    row = arrived(reply(unit, "<b>Proszę</b> o adres."))
    client.force_login(operator)
    page = client.get("/panel/poczta/")
    assert "&lt;b&gt;Proszę&lt;/b&gt; o adres." in page.text
    assert report.reference in page.text
    for _press in range(2):
        client.post(f"/panel/poczta/{row.pk}/zalatwione/")
    assert "o adres." not in client.get("/panel/poczta/").text
    assert "o adres." in client.get("/panel/poczta/?zakres=wszystkie").text
    assert AuditEntry.objects.filter(action="reply_closed", actor=operator).count() == 1


def test_replies_are_erased_but_not_those_that_wait(report, unit, settings, time_machine):
    taken = arrived(reply(unit, "w realizacji\nJutro."))
    left = arrived(reply(unit, "Nie wiem.", number=2))
    with time_machine(days=settings.REPLY_RETENTION_DAYS + 1):
        assert erase_old() == 1
    taken.refresh_from_db()
    left.refresh_from_db()
    assert (bytes(taken.raw), taken.text, taken.sender) == (b"", "", "")
    assert left.text == "Nie wiem."


def test_without_a_mailbox_no_letter_invites_replies(settings, operator, unit):
    settings.REPLIES_ADDRESS = ""
    sent = dispatched()
    forward(sent, unit, by=operator)
    dispatch_due()
    assert letter_to(unit)["Reply-To"] is None
    assert "Odpowiedz nad" not in text_of(letters_to(unit.email)[-1])
    assert fetch_replies() == 0


def test_a_mailbox_is_read_once_by_uid_and_nothing_in_it_is_lost(report, unit, settings):
    settings.IMAP_HOST, settings.IMAP_TLS = "127.0.0.1", False
    settings.IMAP_USER, settings.IMAP_PASSWORD = USER, PASSWORD
    settings.MAX_REPLY_BYTES = 20_000
    with imap_server() as settings.IMAP_PORT:
        box = Box(settings.IMAP_PORT)
        box.put(reply(unit, "w realizacji\nJutro.").as_bytes())
        box.put(b"Subject: \x00\xff\r\n\r\n" + b"x" * 30_000)
        # Somebody looks into the mailbox before the portal does, and has put away a letter.
        box.mark(r"(\Seen \Deleted)")
        box.put(b"garbage")
        assert fetch_replies() == 3
        assert len(box.uids("SEEN")) == 3
        assert len(box.uids("DELETED")) == 2
        assert fetch_replies() == 0
        # A worker was killed after it had stored the letters, before it wrote how far it came.
        Mailbox.objects.update(last_uid=0)
        fetch_replies()
        assert Reply.objects.count() == 3
        # Another process reads just now.
        Mailbox.objects.unleased(fetching.timezone.now()).claim(fetching.timezone.now(), most=1)
        box.put(b"later")
        assert fetch_replies() == 0
        Mailbox.objects.update(leased_until=None)
        assert fetch_replies() == 1
        settings.IMAP_PASSWORD = "wrong"
        assert fetch_replies() == 0
    assert fetch_replies() == 0
    take_due()
    states = list(Reply.objects.order_by("uid").values_list("state", "reason"))
    assert states == [
        ("taken", ""), ("left", "too_large"), ("left", "no_case"), ("left", "no_case"),
    ]  # fmt: skip
    assert status_of(report) == Status.IN_PROGRESS
    assert Letter.objects.filter(key__startswith="reply:").count() == 1
