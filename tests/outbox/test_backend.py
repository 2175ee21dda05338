"""Every letter is a row first, in the transaction of what caused it."""

from email import message_from_bytes, policy

import pytest
from django.core.mail import BadHeaderError, get_connection, send_mail
from django.db import transaction

from outbox.errors import UnsendableAddress
from outbox.models import Letter
from tests.outbox.letters import message

pytestmark = pytest.mark.django_db


def stored():
    return message_from_bytes(bytes(Letter.objects.get().raw), policy=policy.default)


def test_a_letter_is_a_row_and_nothing_leaves():
    assert send_mail("Temat", "Treść", None, ["maria@example.org"]) == 1
    letter = Letter.objects.get()
    assert (letter.state, letter.recipients) == (Letter.State.QUEUED, ["maria@example.org"])
    assert stored()["Subject"] == "Temat"


def test_a_letter_goes_with_its_transaction():
    with transaction.atomic():
        message().send()
        transaction.set_rollback(True)
    assert not Letter.objects.exists()


def test_the_same_key_is_one_letter():
    letter = message(key="report:1:received")
    assert [letter.send(), letter.send()] == [1, 1]
    assert get_connection().send_messages([letter, letter]) == 2
    assert Letter.objects.get().key == "report:1:received"


def test_letters_without_a_key_are_all_different():
    letter = message()
    letter.send(), letter.send()
    assert Letter.objects.count() == 2


def test_the_key_never_leaves():
    message(key="secret-key").send()
    assert b"secret-key" not in bytes(Letter.objects.get().raw)
    assert stored()["X-Outbox-Key"] is None


def test_the_message_id_comes_from_the_key_and_the_sender():
    message(key="a", from_email="Portal <portal@lodz.example>").send()
    first = stored()["Message-ID"]
    Letter.objects.all().delete()
    message(key="a", from_email="Portal <portal@lodz.example>").send()
    assert stored()["Message-ID"] == first
    assert first.endswith("@lodz.example>")
    assert stored()["Date"].datetime is not None


def test_hidden_recipients_get_it_and_are_not_named():
    letter = message(["maria@example.org"], cc=["jan@example.org"], bcc=["ewa@example.org"])
    letter.extra_headers["Bcc"] = "ewa@example.org"
    letter.send()
    assert Letter.objects.get().recipients == [f"{n}@example.org" for n in ("maria", "jan", "ewa")]
    assert b"ewa@" not in bytes(Letter.objects.get().raw)


def test_a_recipient_named_twice_gets_one_copy():
    message(["maria@example.org"], cc=["Maria <maria@example.org>"]).send()
    assert Letter.objects.get().recipients == ["maria@example.org"]


@pytest.mark.parametrize(
    "fields",
    [
        {"reply_to": ["a@example.org\nBcc: b@example.org"]},
        {"from_email": "Portal <p@example.org>\r\nBcc: <b@example.org>"},
        {"to": ["maria@example.org\nBcc: b@example.org"]},
    ],
)
def test_a_header_cannot_be_smuggled_in(fields):
    with pytest.raises((BadHeaderError, UnsendableAddress)):
        message(**fields).send()
    assert not Letter.objects.exists()


def test_a_subject_cannot_smuggle_a_header():
    letter = message()
    letter.subject = "Temat\nBcc: b@example.org"
    with pytest.raises(BadHeaderError):
        letter.send()


BAD = [
    "maria",
    "@example.org",
    "maria@",
    "maria@@example.org",
    "maria@example..org",
    "maria@-example.org",
    "a@example.org, b@example.org",
    "żółw@example.org",
    "maria@" + "ł" * 64 + ".pl",
    "m" * 65 + "@example.org",
    "maria@example.org\0",
    "maria@\ud800.pl",
]


@pytest.mark.parametrize("address", BAD)
def test_an_address_that_cannot_be_reached_is_refused_in_words(address):
    with pytest.raises(UnsendableAddress, match="nie da się wysłać wiadomości"):
        get_connection().send_messages([message("jan@example.org"), message([address, "x@y.pl"])])
    assert not Letter.objects.exists()


def test_a_silent_sender_leaves_bad_messages_out():
    messages = [message("maria"), message("jan@example.org")]
    assert get_connection(fail_silently=True).send_messages(messages) == 1
    assert Letter.objects.get().recipients == ["jan@example.org"]


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("Łucja Żak <lucja@ŁÓDŹ.pl>", "lucja@xn--d-uga0v4h.pl"),
        ("Maria.Nowak+portal@Example.ORG", "Maria.Nowak+portal@example.org"),
        ('"Nowak, Jan" <jan@localhost>', "jan@localhost"),
    ],
)
def test_addresses_are_kept_as_servers_take_them(written, sent):
    message(written).send()
    assert Letter.objects.get().recipients == [sent]
    assert sent.lower().encode() in bytes(Letter.objects.get().raw).lower()


def test_a_message_to_nobody_is_no_letter():
    assert get_connection().send_messages([message([])]) == 0


def test_a_key_too_long_is_the_callers_mistake():
    with pytest.raises(ValueError, match="128"):
        message(key="k" * 129).send()


def test_a_thousand_letters_are_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        get_connection().send_messages([message(f"m{n}@example.org") for n in range(1000)])
    assert Letter.objects.count() == 1000
