"""Letters to somebody who wants none any more do not leave."""

import pytest
from django.utils import timezone

from outbox.cancelling import cancel_letters_to
from outbox.models import Letter
from outbox.sending import claim, send_batch, send_due
from tests.outbox.letters import message, owe, states

pytestmark = pytest.mark.django_db


def test_a_cancelled_letter_is_not_sent_and_says_nothing_any_more(mail_server):
    owe("maria@example.org", "jan@example.org")
    assert cancel_letters_to("maria@example.org") == 1
    assert send_due() == 1
    assert mail_server.counts() == {"jan@example.org": 1}
    gone = Letter.objects.get(state=Letter.State.CANCELLED)
    assert (gone.recipients, gone.subject, bytes(gone.raw)) == ([], "", b"")
    assert gone.ended_at is not None


@pytest.mark.parametrize("written", ["MARIA@example.org", "Maria N. <maria@EXAMPLE.org>"])
def test_letter_case_and_names_do_not_matter(written):
    owe("Maria@Example.org")
    assert cancel_letters_to(written) == 1


def test_a_similar_address_keeps_its_letters():
    owe("anna.maria@example.org", "maria@example.org.pl", "mariaxexample@org.pl")
    assert cancel_letters_to("maria@example.org") == 0
    assert cancel_letters_to("%@example.org") == cancel_letters_to("_aria@example.org") == 0
    assert set(states().values()) == {"queued"}


def test_only_letters_about_one_matter_may_be_cancelled():
    message(key="report:1:received").send()
    message(key="report:2:received").send()
    assert cancel_letters_to("maria@example.org", key_prefix="report:1:") == 1
    assert Letter.objects.get(state="queued").key == "report:2:received"


def test_others_who_get_the_same_letter_keep_it(mail_server):
    message(["maria@example.org", "jan@example.org"]).send()
    assert cancel_letters_to("maria@example.org") == 1
    send_due()
    assert mail_server.counts() == {"jan@example.org": 1}


def test_a_recipient_who_is_cancelled_after_the_claim_gets_no_copy(mail_server):
    message(["maria@example.org", "jan@example.org"]).send()
    batch = claim(timezone.now())
    cancel_letters_to("maria@example.org")
    send_batch(batch)
    assert mail_server.counts() == {"jan@example.org": 1}
    letter = Letter.objects.get()
    assert (letter.state, letter.recipients) == ("sent", ["jan@example.org"])


def test_a_cancelled_key_is_not_filled_again():
    message(key="report:1:received").send()
    cancel_letters_to("maria@example.org")
    message(key="report:1:received").send()
    assert Letter.objects.get().state == Letter.State.CANCELLED


def test_sent_letters_stay_sent(mail_server):
    owe("maria@example.org")
    send_due()
    assert cancel_letters_to("maria@example.org") == 0
    assert cancel_letters_to("no address") == 0
