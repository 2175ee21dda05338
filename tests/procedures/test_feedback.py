"""Was this helpful? An answer without a cookie, kept for editors, forgotten in time."""

import pytest
from django.utils import timezone

from procedures.feedback import erase_sentences
from procedures.models import Feedback
from tests.procedures.cards import make_card

pytestmark = pytest.mark.django_db
URL = "/procedury/KA-01238/opinia/"


@pytest.fixture
def card(db):
    return make_card(number="KA-01238")


def test_an_answer_is_kept_without_a_cookie(client, card):
    answer = client.post(URL, {"helpful": "nie", "sentence": " Brak <b>adresu</b>. "})
    assert answer["Location"] == "/procedury/KA-01238/?opinia=zapisana#opinia"
    kept = Feedback.objects.get()
    assert (kept.procedure, kept.is_helpful) == (card, False)
    assert kept.sentence == "Brak <b>adresu</b>."
    assert not answer.cookies
    assert "Dziękujemy." in client.get(answer["Location"]).text


def test_a_sentence_is_not_needed(client, card):
    client.post(URL, {"helpful": "tak"})
    assert Feedback.objects.get().is_helpful


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "Wybierz: tak albo nie."),
        ({"helpful": "może"}, "Wybierz"),
        ({"helpful": "tak", "sentence": "x" * 501}, "Skróć to do 500 znaków."),
        ({"helpful": "tak", "sentence": "a\0b"}, "Błąd"),
    ],
)
def test_a_wrong_answer_is_refused_by_its_field_and_nothing_is_lost(client, card, values, words):
    page = client.post(URL, values)
    assert page.status_code == 400
    assert words in page.text
    assert not Feedback.objects.exists()


def test_machines_and_other_sites_leave_no_answer(client, card):
    client.post(URL, {"helpful": "tak", "website": "https://spam.example"})
    other = client.post(URL, {"helpful": "tak"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert other.status_code == 403
    assert not Feedback.objects.exists()


def test_a_withdrawn_card_takes_no_answers(client, card):
    card.withdrawn_at = timezone.now()
    card.save()
    assert client.post(URL, {"helpful": "tak"}).status_code == 410
    assert client.post("/procedury/KA-09999/opinia/", {"helpful": "tak"}).status_code == 404


def test_answers_are_limited(client, card, settings):
    settings.RATE_LIMITS_ENABLED = True
    codes = {client.post(URL, {"helpful": "tak"}).status_code for _ in range(7)}
    assert codes == {302, 429}


def test_old_sentences_are_emptied_and_the_answers_stay(client, card, settings, time_machine):
    client.post(URL, {"helpful": "nie", "sentence": "Zadzwońcie do mnie."})
    with time_machine(days=settings.PROCEDURE_FEEDBACK_DAYS - 1):
        erase_sentences()
    assert Feedback.objects.get().sentence
    with time_machine(days=settings.PROCEDURE_FEEDBACK_DAYS + 1):
        erase_sentences()
    assert Feedback.objects.get().sentence == ""
