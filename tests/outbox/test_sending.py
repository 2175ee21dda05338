"""Letters leave once, whatever the mail server answers."""

import threading

import pytest
from django.db import connection, connections

from outbox import outcomes, sending
from outbox.models import Letter
from outbox.sending import claim, send_batch, send_due
from owed.pauses import pause_after
from tests.outbox.letters import message, owe, states
from tests.outbox.mail_server import DROP, running

SENDER = "lckm@localhost"
AS_WRITTEN = (
    "ul.Piotrkowska 12.Latarnia nie świeci\n"
    "From wczoraj jest ciemno\n"
    ".\n"
    "..dwie kropki\n"
    ".kropka na początku\n"
    "zażółć gęślą jaźń ZAŻÓŁĆ GĘŚLĄ JAŹŃ 🐕‍🦺 👩🏽‍🚒\n"
    "spacja na końcu \n"
    "\tznak = 20 %20 =C5=82 &amp; <b> www.example.pl\n"
    "\n"
    "ostatni wiersz\n"
)


def test_what_was_stored_is_what_arrives(mail_server, db):
    message(text="Zażółć", html="<p>Zażółć</p>").send()
    assert send_due() == 1
    letter = Letter.objects.get()
    assert mail_server.letters[0].raw == bytes(letter.raw)
    assert (letter.state, letter.attempts, letter.leased_until) == ("sent", 1, None)
    assert letter.ended_at is not None


@pytest.mark.parametrize("extra", ["", "bardzo długi wiersz " * 200 + "\n", "ż" * 1500 + "\n"])
def test_text_arrives_as_it_was_written(mail_server, db, extra):
    from django.utils.html import escape

    text = AS_WRITTEN + extra
    message(text=text, html=f"<pre>{escape(text)}</pre>\n").send()
    send_due()
    caught = mail_server.letters[0]
    assert caught.part("plain") == text
    assert caught.part("html") == f"<pre>{escape(text)}</pre>\n"


def test_letters_beyond_ascii_are_announced_as_such(mail_server, db):
    message(text="Zażółć").send()
    send_due()
    assert "BODY=8BITMIME" in mail_server.letters[0].options


def test_one_connection_carries_a_batch(mail_server, db):
    owe(*[f"m{number}@example.org" for number in range(20)])
    assert send_due() == 20
    assert mail_server.connections == 1


def test_a_recipient_refused_for_good_holds_up_nobody(mail_server, db):
    owe("a@example.org", "b@example.org", "c@example.org")
    mail_server.will("RCPT", "b@example.org", "550 no such person")
    assert send_due() == 2
    assert states() == {
        "a@example.org": "sent",
        "b@example.org": "failed",
        "c@example.org": "sent",
    }
    assert Letter.objects.get(state="failed").last_error == "SMTP 550"


def test_a_content_refused_for_good_is_not_repeated(mail_server, db, time_machine):
    owe("a@example.org")
    mail_server.will("DATA", "a@example.org", "554 no")
    send_due()
    with time_machine(days=1):
        assert send_due() == 0
    assert states() == {"a@example.org": "failed"}


@pytest.mark.parametrize("step", ["RCPT", "DATA"])
def test_a_letter_refused_for_now_is_sent_later(mail_server, db, time_machine, step):
    owe("a@example.org", "b@example.org")
    mail_server.will(step, "a@example.org", "451 later", "452 later still")
    assert send_due() == 1
    assert send_due() == 0
    letter = Letter.objects.get(state="queued")
    assert (letter.attempts, letter.last_error) == (1, "SMTP 451")
    with time_machine(minutes=1):
        assert send_due() == 0
    with time_machine(minutes=4):
        assert send_due() == 1
    assert mail_server.counts() == {"a@example.org": 1, "b@example.org": 1}


def test_pauses_grow_to_six_hours_and_differ():
    limits = {"first": outcomes.FIRST_PAUSE, "longest": outcomes.LONGEST_PAUSE}
    pauses = [pause_after(n, **limits).total_seconds() / 60 for n in (1, 2, 5, 9, 30)]
    for pause, longest in zip(pauses, (1, 2, 16, 256, 360), strict=True):
        assert longest / 2 <= pause <= longest
    assert len({pause_after(30, **limits) for _try in range(5)}) > 1


def test_after_three_days_a_letter_is_given_up(mail_server, db, time_machine):
    owe("a@example.org")
    mail_server.will("RCPT", "a@example.org", "451 later", "451 later")
    send_due()
    with time_machine(days=3, minutes=1):
        send_due()
    assert states() == {"a@example.org": "failed"}


def test_our_own_address_refused_is_never_the_end_of_a_letter(mail_server, db):
    owe("a@example.org")
    mail_server.will("MAIL", SENDER, "550 who are you?")
    send_due()
    letter = Letter.objects.get()
    assert (letter.state, letter.last_error) == ("queued", "SMTP 550 for the sender")


def test_without_a_mail_server_letters_wait_untouched(post, db):
    owe("a@example.org", "b@example.org")
    assert send_due() == 0
    assert {(one.state, one.attempts, one.leased_until) for one in Letter.objects.all()} == {
        ("queued", 0, None)
    }
    with running(post):
        # For a moment this process does not even try.
        assert send_due() == 0
        sending.breaker.reset()
        assert send_due() == 2


def test_a_broken_connection_costs_only_the_letter_it_broke_on(mail_server, db):
    owe("a@example.org", "b@example.org", "c@example.org")
    mail_server.will("DATA", "b@example.org", DROP)
    assert send_due() == 2
    waiting = Letter.objects.get(state="queued")
    assert (waiting.recipients, waiting.attempts) == (["b@example.org"], 1)
    assert mail_server.connections == 2
    assert mail_server.counts() == {"a@example.org": 1, "c@example.org": 1}


def test_a_server_that_ends_the_connection_gets_the_rest_over_another(mail_server, db):
    owe("a@example.org", "b@example.org", "c@example.org", "d@example.org")
    mail_server.will("RCPT", "c@example.org", "421 too many letters")
    assert send_due() == 3
    untouched = Letter.objects.get(recipients=["d@example.org"])
    assert (untouched.state, untouched.attempts) == ("sent", 1)


def test_a_server_that_does_not_answer_is_left_in_time(mail_server, db, settings):
    settings.EMAIL_TIMEOUT = 0.3
    mail_server.seconds_a_letter = 1
    owe("a@example.org", "b@example.org")
    assert send_due() == 0
    first, second = Letter.objects.order_by("id")
    assert (first.attempts, second.attempts) == (1, 0)
    assert second.leased_until is None


def test_of_several_recipients_each_gets_one_copy(mail_server, db, time_machine):
    message(["a@example.org", "b@example.org", "c@example.org"]).send()
    mail_server.will("RCPT", "b@example.org", "450 later")
    mail_server.will("RCPT", "c@example.org", "550 never")
    send_due()
    assert Letter.objects.get().recipients == ["b@example.org"]
    with time_machine(minutes=2):
        assert send_due() == 1
    assert mail_server.counts() == {"a@example.org": 1, "b@example.org": 1}


def test_a_letter_that_smtp_cannot_carry_holds_up_nobody(mail_server, db):
    owe("a@example.org", "b@example.org")
    Letter.objects.filter(recipients=["a@example.org"]).update(sender="żółw\r\n@example.org")
    assert send_due() == 1
    assert states()["a@example.org"] == "failed"


def test_a_letter_cancelled_after_the_claim_does_not_leave(mail_server, db):
    from django.utils import timezone

    from outbox.cancelling import cancel_letters_to

    owe("a@example.org", "b@example.org")
    batch = claim(timezone.now())
    cancel_letters_to("a@example.org")
    send_batch(batch)
    assert mail_server.counts() == {"b@example.org": 1}


def test_an_expired_claim_that_another_took_is_not_sent_by_the_first(
    mail_server, db, settings, time_machine
):
    from django.utils import timezone

    owe("a@example.org")
    slow = claim(timezone.now())
    assert [letter.recipients for letter in slow] == [["a@example.org"]]
    with time_machine(seconds=settings.LEASE_SECONDS + 1):
        quick = claim(timezone.now())
        assert [letter.pk for letter in quick] == [letter.pk for letter in slow]
        send_batch(slow)
        assert mail_server.letters == []
        send_batch(quick)
        send_batch(slow)
    assert mail_server.counts() == {"a@example.org": 1}
    assert states() == {"a@example.org": "sent"}


def test_many_senders_at_once_send_each_letter_once(mail_server, committed):
    owe(*[f"m{number}@example.org" for number in range(120)])

    def sender():
        send_due()
        connections.close_all()

    threads = [threading.Thread(target=sender) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert mail_server.counts() == {f"m{number}@example.org": 1 for number in range(120)}
    assert not Letter.objects.exclude(state="sent").exists()


def test_a_database_that_goes_away_after_the_250_doubles_nothing(mail_server, committed):
    owe("a@example.org")
    connection.ensure_connection()
    ours = connection.connection.info.backend_pid

    def cut() -> None:
        other = connections.create_connection("default")
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [ours])
        other.close()

    mail_server.meanwhile = cut
    assert send_due() == 1
    assert states() == {"a@example.org": "sent"}
    assert mail_server.counts() == {"a@example.org": 1}


def test_a_thousand_letters_leave_once_each(mail_server, db):
    owe(*[f"m{number}@example.org" for number in range(1000)])
    assert send_due() == 1000
    assert set(mail_server.counts().values()) == {1}
    assert len(mail_server.counts()) == 1000
