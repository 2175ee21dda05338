"""After a while only the fact remains that a letter was sent."""

import pytest

from outbox.models import Letter
from outbox.sending import send_due
from outbox.tasks import erase_old
from tests.outbox.letters import owe

pytestmark = pytest.mark.django_db


def test_sent_and_failed_letters_are_blanked_after_their_time(mail_server, settings, time_machine):
    settings.OUTBOX_RETENTION_DAYS = 30
    owe("maria@example.org", "jan@example.org")
    mail_server.will("RCPT", "jan@example.org", "550 no")
    send_due()
    with time_machine(days=29):
        erase_old()
    assert Letter.objects.exclude(recipients=[]).count() == 2
    with time_machine(days=31):
        erase_old()
    kept = Letter.objects.order_by("id")
    assert [letter.state for letter in kept] == ["sent", "failed"]
    assert {(str(one.recipients), one.subject, bytes(one.raw)) for one in kept} == {("[]", "", b"")}


def test_a_letter_that_still_waits_is_kept(time_machine):
    owe("maria@example.org")
    with time_machine(days=300):
        erase_old()
    assert Letter.objects.get().recipients == ["maria@example.org"]
