"""The administrator's inbox."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEntry
from pages.inquiries.sending import NewInquiry, send_inquiry
from pages.models import Inquiry
from tests.accounts.letters import letters_to, text_of

INBOX = reverse("panel:inbox")
ADDRESS = "maja@example.org"


@pytest.fixture
def inquiry(db) -> Inquiry:
    return send_inquiry(
        NewInquiry(
            submission_id=uuid4(),
            topic="data",
            text="Co o mnie wiecie?",
            email=ADDRESS,
            consent=True,
        )
    )


@pytest.fixture
def admin(client, administrator):
    client.force_login(administrator)
    return client


def page_of(inquiry: Inquiry) -> str:
    return reverse("panel:inquiry", args=[inquiry.pk])


def test_what_waits_is_listed_until_it_is_answered(admin, inquiry):
    assert list(admin.get(INBOX).context["page"]) == [inquiry]
    admin.post(page_of(inquiry), {"text": "Nic.", "version": 1})
    assert list(admin.get(INBOX).context["page"]) == []
    assert list(admin.get(INBOX + "?zakres=wszystkie").context["page"]) == [inquiry]


def test_an_answer_goes_by_email_and_stays_on_the_page(admin, inquiry, administrator):
    assert admin.post(page_of(inquiry), {"text": "Nic.", "version": 1}).status_code == 302
    assert "Nic." in text_of(letters_to(ADDRESS)[-1])
    assert "Nic." in admin.get(page_of(inquiry)).content.decode()
    entry = AuditEntry.objects.get(action="inquiry_answered")
    assert entry.actor == administrator
    assert "Nic." not in str(entry.details)


def test_the_second_of_two_answers_is_not_sent_and_its_words_stay(admin, inquiry):
    admin.post(page_of(inquiry), {"text": "Pierwsza.", "version": 1})
    answer = admin.post(page_of(inquiry), {"text": "Druga.", "version": 1})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Pierwsza." in page
    assert "Druga." in page
    assert inquiry.answers.count() == 1
    # The next press is made in the knowledge of the first.
    version = answer.context["form"]["version"].value()
    assert admin.post(page_of(inquiry), {"text": "Druga.", "version": version}).status_code == 302


def test_nobody_answers_to_an_address_that_was_withdrawn(admin, inquiry):
    Inquiry.objects.update(email="")
    answer = admin.post(page_of(inquiry), {"text": "Nic.", "version": 1})
    assert answer.status_code == 409
    assert not inquiry.answers.exists()


def test_an_empty_answer_is_refused_by_its_field(admin, inquiry):
    answer = admin.post(page_of(inquiry), {"text": " ", "version": 1})
    assert answer.status_code == 400
    assert answer.context["form"].errors["text"]


@pytest.mark.parametrize(
    "values", [{}, {"state": "x", "version": 1}, {"state": "open", "version": "x"}]
)
def test_a_state_that_is_none_is_refused(admin, inquiry, values):
    assert admin.post(reverse("panel:move-inquiry", args=[inquiry.pk]), values).status_code == 400


def test_a_state_is_changed_once_by_those_who_saw_the_same(admin, inquiry):
    move = reverse("panel:move-inquiry", args=[inquiry.pk])
    assert admin.post(move, {"state": "open", "version": 1}).status_code == 302
    assert admin.post(move, {"state": "closed", "version": 1}).status_code == 409
    inquiry.refresh_from_db()
    assert inquiry.state == "open"


def test_the_list_takes_the_same_statements_however_long(admin, inquiry):
    def statements() -> int:
        with CaptureQueriesContext(connection) as caught:
            admin.get(INBOX)
        return len(caught)

    admin.get(INBOX)
    before = statements()
    for _message in range(20):
        send_inquiry(NewInquiry(submission_id=uuid4(), topic="other", text="Ważne."))
    assert statements() == before
