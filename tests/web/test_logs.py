"""Logs say what happened, but never to whom."""

import logging
import subprocess
import sys

import pytest

from geo_portal.settings.logs import without_values
from web.request_log import WithoutPath

SECRET = "3b1f-very-secret"
PATH = f"/zgloszenia/7K3M-94QX-2/wypis/{SECRET}/"


@pytest.mark.django_db
def test_a_request_is_one_line_without_path_query_or_person(client, caplog, capfd):
    client.get(
        f"{PATH}?email=maria@example.org",
        headers={"user-agent": "Marias-Phone", "x-forwarded-for": "203.0.113.7"},
        REMOTE_ADDR="203.0.113.8",
    )
    lines = caplog.text + "".join(capfd.readouterr())
    assert "zgloszenia/<str:reference>/wypis/<str:secret>/" in lines
    for word in (SECRET, "7K3M", "maria@", "Marias-Phone", "203.0.113"):
        assert word not in lines


def record(request, status: int) -> logging.LogRecord:
    made = logging.LogRecord("django.request", 40, "x", 1, "%s: %s", ("Bad", request.path), None)
    made.request, made.status_code = request, status
    return made


def test_a_fault_is_logged_by_its_route(rf):
    request = rf.get(PATH)
    fault = record(request, 500)
    assert WithoutPath().filter(fault)
    assert SECRET not in fault.getMessage()


def test_a_refusal_is_not_logged_twice(rf):
    assert not WithoutPath().filter(record(rf.get(PATH), 404))


def test_values_that_the_database_quotes_are_left_out():
    text = "IntegrityError: twice\nDETAIL:  Key (email)=(maria@example.org) exists.\nCONTEXT: x"
    event = without_values(None, "error", {"exception": text})
    assert "maria@" not in event["exception"]
    assert "CONTEXT" in event["exception"]


def test_such_values_may_have_many_lines_and_stand_in_any_text():
    text = "twice\nDETAIL:  Failing row contains (7, Dziura.\nmaria@example.org, null).\n\n"
    text += "The above exception was the direct cause of this"
    event = without_values(None, "error", {"exception": text, "event": f"Task failed: {text!r}"})
    assert "maria@" not in str(event)
    assert "direct cause" in event["exception"]


SPEAKING = """
import logging
import django
import structlog
import uvicorn

uvicorn.Config("x:y", log_level="warning")
django.setup()
letter = "maria.nowak+portal@poczta.example.org"
logging.getLogger("mail.log").info("%r << %r", ("127.0.0.1", 1), f"RCPT TO:<{letter}>".encode())
logging.getLogger("mail.log").warning("refused: %r", f"RCPT TO:<{letter}>".encode())
logging.getLogger("uvicorn.error").error("broken by %s", letter)
logging.getLogger("celery.worker").warning({"to": [letter]})
logging.getLogger("uvicorn.access").warning("%s GET %s", "203.0.113.7", "/moje/tajny-klucz/")
outbox = structlog.get_logger("outbox")
outbox.warning("letter_failed", error=f"550 <{letter}>", to=[letter], by={letter: 1})
try:
    raise ValueError(f"SMTP says {letter}")
except ValueError as fault:
    logging.getLogger("django.request").exception("fault")
    structlog.get_logger("owed").exception("broke", fault=fault)
"""


def test_what_a_process_prints_holds_no_mail_address():
    """The real settings, in a process whose output is what bin/run shows."""
    done = subprocess.run(
        [sys.executable, "-c", SPEAKING], capture_output=True, text=True, check=True
    )
    printed = done.stdout + done.stderr
    assert "letter_failed" in printed
    assert printed.count("…@…") >= 6
    assert "maria" not in printed
    assert "example.org" not in printed
    assert "tajny-klucz" not in printed
