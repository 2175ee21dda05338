"""The local run: letters are caught by a real server and can be read on a page."""

import os
import subprocess
import sys
from mailbox import Maildir

import pytest
from django.urls import reverse

from outbox.models import Letter
from outbox.sending import send_due
from tests.faults.machine import ROOT, free_port, wait_for
from tests.outbox.letters import message

pytestmark = pytest.mark.django_db
SCRIPT = "<p>Zażółć <script>alert(1)</script><a href='https://example.org'>tu</a></p>"


@pytest.fixture
def box(settings, tmp_path):
    settings.MAIL_SINK_DIR = str(tmp_path / "mail")
    return Maildir(settings.MAIL_SINK_DIR, create=True)


def caught(box, **fields):
    """A letter in the box; its key."""
    message(**fields).send()
    return box.add(bytes(Letter.objects.latest("id").raw).replace(b"\r\n", b"\n"))


def page(client, name, *parameters):
    return client.get(reverse(f"outbox:{name}", args=parameters))


def test_the_server_keeps_letters_byte_for_byte(box, settings):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    environment = os.environ | {
        "MAIL_SINK_DIR": settings.MAIL_SINK_DIR,
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(settings.EMAIL_PORT),
    }
    command = [sys.executable, "manage.py", "smtp_sink"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        message(text="Zażółć\n.\nFrom wczoraj\n", html=SCRIPT).send()
        from outbox import sending

        def has_left() -> bool:
            sending.breaker.reset()
            return send_due() == 1

        wait_for(has_left, seconds=20, what="the sink takes the letter")
    finally:
        # Not SIGINT, which a suite that was started in the background ignores.
        process.terminate()
        process.wait(timeout=60)
    [key] = Maildir(settings.MAIL_SINK_DIR).keys()
    assert Maildir(settings.MAIL_SINK_DIR).get_bytes(key).endswith(bytes(Letter.objects.get().raw))


def test_letters_are_listed_newest_first(client, box):
    for number in range(30):
        key = caught(box, to=f"m{number}@example.org")
        os.utime(box._path + "/" + box._lookup(key), (number, number))
    first = page(client, "letters").content.decode()
    assert first.index("m29@example.org") < first.index("m28@example.org")
    assert "m0@example.org" not in first
    assert "m0@example.org" in client.get("/lokalnie/listy/?strona=2").content.decode()


def test_a_letter_is_shown_as_text(client, box):
    key = caught(box, text="Zażółć <b>", html=SCRIPT)
    answer = page(client, "letter", key)
    assert "Zażółć &lt;b&gt;" in answer.content.decode()
    assert "maria@example.org" in answer.content.decode()
    assert b"alert(1)" not in answer.content


def test_its_html_is_shown_where_it_can_do_nothing(client, box):
    answer = page(client, "letter-html", caught(box, html=SCRIPT))
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert "Zażółć" in answer.content.decode()


@pytest.mark.parametrize("name", ["letter", "letter-html"])
@pytest.mark.parametrize("key", ["nothing", "..", "1:2,S", "%2e%2e%2fmail"])
def test_unknown_letters_are_not_found(client, box, name, key):
    assert page(client, name, key).status_code == 404


def test_an_empty_box_is_an_empty_list(client, box):
    assert page(client, "letters").status_code == 200


def test_a_broken_letter_breaks_no_page(client, box):
    keys = [
        box.add(b""),
        box.add(b"Subject: =?utf-8?q?=FF?=\nDate: wczoraj\n\n\xff\xfe"),
        box.add(b"Content-Type: text/html; charset=nonsense\n\nx"),
    ]
    assert page(client, "letters").status_code == 200
    for key in keys:
        assert page(client, "letter", key).status_code == 200
        assert page(client, "letter-html", key).status_code == 200


def test_there_is_nothing_of_it_where_letters_really_leave(client, box, settings):
    key = caught(box)
    settings.IS_PRODUCTION = True
    assert page(client, "letters").status_code == 404
    assert page(client, "letter", key).status_code == 404
    settings.IS_PRODUCTION, settings.MAIL_SINK_DIR = False, ""
    assert page(client, "letters").status_code == 404
