"""A letter is read whatever stands in it: hostile ones cost neither the worker nor a reply."""

import time
from email.message import EmailMessage

import pytest

from mailroom.reading import Unreadable, read_letter
from tests.pictures import jpeg

# Seconds of the processor: what grows with the square of a letter takes minutes.
MOST_SECONDS = 5
BIG = b"\xff\xd8" + b"x" * 30_000


def letter(**heads: str) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"] = "Jan <jan@zgo.example.org>", "odpowiedzi+1-2-abc@lckzm.example.org"
    made["Message-ID"] = "<1@zgo.example.org>"
    for name, value in heads.items():
        made[name.replace("_", "-")] = value
    made.set_content("załatwione\nPosprzątane.")
    return made


def read(made: EmailMessage):
    return read_letter(made.as_bytes())


def raw_text(charset: str, content: bytes) -> bytes:
    head = f'From: a@b.example\r\nContent-Type: text/plain; charset="{charset}"\r\n'
    return head.encode() + b"Content-Transfer-Encoding: 8bit\r\n\r\n" + content


def test_a_plain_letter():
    found = read(letter())
    assert (found.sender, found.text.strip()) == ("jan@zgo.example.org", "załatwione\nPosprzątane.")
    assert found.recipients == ["odpowiedzi+1-2-abc@lckzm.example.org"]
    assert (found.is_automatic, found.photos, found.has_other_files) == (False, [], False)


@pytest.mark.parametrize(
    "heads",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated; x=y"},
        {"X_Autoreply": "yes"},
        {"Precedence": "bulk"},
        {"List_Id": "<lista.example.org>"},
        {"Return_Path": "<>"},
        {"Subject": "Automatyczna odpowiedź: [7K3M-94QX-2] Odpady"},
        {"Subject": "Autoodpowiedź: urlop"},
        {"Subject": "Odpowiedź automatyczna: urlop"},
    ],
)
def test_automatic_letters_are_recognised(heads):
    assert read(letter(**heads)).is_automatic


def test_a_person_is_no_machine():
    assert not read(letter(Auto_Submitted="no", Subject="Re: poza tym odpowiedź")).is_automatic


def test_a_letter_that_came_back_names_the_address_for_answers():
    parts = (
        b"From: MAILER-DAEMON@mx.example.org\r\nContent-Type: multipart/report;"
        b' report-type=delivery-status; boundary="B"\r\n\r\n'
        b"--B\r\nContent-Type: text/plain\r\n\r\nNie ma takiej skrzynki.\r\n"
        b"--B\r\nContent-Type: message/delivery-status\r\n\r\n"
        b"Reporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; a@b\r\nStatus: 5.1.1\r\n\r\n"
        b"--B\r\nContent-Type: text/rfc822-headers\r\n\r\nFrom: x@y\r\n"
        b"Reply-To: odpowiedzi+7-8-abc@lckzm.example.org\r\n\r\n--B--\r\n"
    )
    found = read_letter(parts)
    assert (found.bounce, found.is_automatic) == ("5.1.1", True)
    assert found.recipients == ["odpowiedzi+7-8-abc@lckzm.example.org"]
    whole = parts.replace(b"text/rfc822-headers", b"message/rfc822")
    assert read_letter(whole).recipients == found.recipients


def test_photos_are_told_from_logos_and_other_files():
    made = letter()
    made.add_attachment(BIG, maintype="image", subtype="jpeg", filename="po.jpg")
    made.add_attachment(b"logo", maintype="image", subtype="png", disposition="inline")
    made.add_attachment(b"x", maintype="application", subtype="pkcs7-signature", filename="s.p7s")
    found = read(made)
    assert (found.photos, found.has_other_files) == ([BIG], False)
    made.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="pismo.pdf")
    assert read(made).has_other_files


def test_a_small_photo_that_was_attached_is_one():
    made = letter()
    small = jpeg((32, 32))
    made.add_attachment(small, maintype="image", subtype="jpeg", filename="po.jpg")
    assert read(made).photos == [small]


def test_html_alone_is_read_in_lines():
    made = EmailMessage()
    made["From"] = "jan@zgo.example.org"
    made.set_content(
        "<style>p{}</style><div>za&#322;atwione</div><div>Posprz&#261;tane &lt;wczoraj&gt;.</div>"
        "<script>alert(1)</script><blockquote>Nowe zgłoszenie</blockquote>",
        subtype="html",
    )
    lines = [line for line in read(made).text.split("\n") if line]
    assert lines == ["załatwione", "Posprzątane <wczoraj>.", "> Nowe zgłoszenie"]


@pytest.mark.parametrize("charset", ["iso-8859-2", "utf-8", "windows-1250"])
def test_polish_letters_in_any_of_their_character_sets(charset):
    assert read_letter(raw_text(charset, "źdźbło".encode(charset))).text == "źdźbło"


@pytest.mark.parametrize("charset", ["x-unknown", "utf-8", "rot13", "zip", "\x00"])
def test_a_wrong_character_set_loses_no_letter(charset):
    assert "Posprz" in read_letter(raw_text(charset, "Posprzątane".encode("cp1250"))).text


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0" * 1000,
        b"\n\n\n",
        b"From: " + b"<" * 100_000 + b"\r\n\r\nx",
        b"From: a@b\r\nTo: " + b"a@b.pl, " * 50_000 + b"\r\n\r\nx",
        b"Subject: =?utf-8?b?!!!!?=\r\nMessage-ID: =?x?q?\xff?=\r\n\r\nx",
        b"Subject: =?zzz?q?a?=\r\nFrom: =?utf-8?q?=00=0aBcc:_x@y.pl?= <a@b.pl>\r\n\r\nx",
        b"Content-Type: multipart/mixed\r\n\r\n--x\r\n",
        b"Content-Type: multipart/report; report-type=delivery-status\r\n\r\nx",
        b"Content-Transfer-Encoding: base64\r\n\r\n=" + b"A" * 99_999,
        b"Content-Type: text/html\r\n\r\n" + b"<div>" * 100_000,
        b"Content-Type: text/html\r\n\r\n" + b"<" * 500_000,
        b"X: y\r\n" * 100_000 + b"\r\nx",
    ],
)  # fmt: skip
def test_no_letter_is_a_fault(raw):
    begin = time.thread_time()
    found = read_letter(raw)
    assert "\0" not in found.text + found.sender + found.message_id
    assert "\n" not in found.sender + found.message_id
    assert time.thread_time() - begin < MOST_SECONDS


def test_bombs_are_refused_at_once():
    deep = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n)
        for n in range(5000)
    )
    wide = b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n' + b"--x\r\n\r\na\r\n" * 20_000
    nested = b"Content-Type: message/rfc822\r\n\r\n" * 3000
    heads = b"Content-Type: text/plain; charset*=x''%ff; charset*0*=y\r\n\r\nx"
    for bomb in (deep, wide, nested, heads):
        begin = time.thread_time()
        with pytest.raises(Unreadable):
            read_letter(bomb)
        assert time.thread_time() - begin < MOST_SECONDS
