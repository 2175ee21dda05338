"""A mail server is away or refuses for a while. All letters arrive, each of them once."""

import pytest

from outbox import sending
from outbox.models import Letter
from outbox.sending import send_due
from tests.outbox.letters import owe
from tests.outbox.mail_server import DROP, MailServer, running

pytestmark = pytest.mark.django_db
PEOPLE = [f"m{number}@example.org" for number in range(40)]


@pytest.fixture
def post(settings):
    server = MailServer()
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 2
    sending.breaker.reset()
    return server


def sweep() -> int:
    """What beat does a minute later."""
    sending.breaker.reset()
    return send_due()


def test_all_letters_leave_once_when_the_server_is_back(post):
    owe(*PEOPLE)
    for _minute in range(5):
        assert sweep() == 0
    assert set(Letter.objects.values_list("state", "attempts")) == {("queued", 0)}
    with running(post):
        assert sweep() == len(PEOPLE)
    assert post.counts() == dict.fromkeys(PEOPLE, 1)


def test_a_server_that_refuses_everything_for_a_while_gets_all_later(post, time_machine):
    owe(*PEOPLE)
    for number, address in enumerate(PEOPLE):
        refusals = ["451 try later", "450 busy", DROP, "452 no space"]
        post.will("RCPT" if number % 2 else "DATA", address, *refusals)
    with running(post):
        for hour in range(1, 60):
            with time_machine(hours=hour):
                sweep()
            if not Letter.objects.filter(state="queued").exists():
                break
    assert post.counts() == dict.fromkeys(PEOPLE, 1)
    assert set(Letter.objects.values_list("state", flat=True)) == {"sent"}


def test_a_server_that_ends_every_tenth_connection_gets_all_at_once(post):
    owe(*PEOPLE)
    for address in PEOPLE[9::10]:
        post.will("RCPT", address, "421 too many")
    with running(post):
        assert sweep() == len(PEOPLE) - 4
    assert set(post.counts().values()) == {1}
