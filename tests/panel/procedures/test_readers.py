"""What editors see of readers: opinions of cards, and words that found nothing."""

from datetime import date

import pytest

from procedures.models import Feedback, MissedQuery
from tests.procedures.cards import make_card

pytestmark = pytest.mark.django_db
OPINIONS, MISSED = "/panel/redakcja/glosy/", "/panel/redakcja/nie-znaleziono/"


@pytest.fixture
def client(client, editor):
    client.force_login(editor)
    return client


def say(card, *, is_helpful: bool, sentence: str = "") -> None:
    version = card.versions.get()
    Feedback.objects.create(
        procedure=card, version=version, is_helpful=is_helpful, sentence=sentence
    )


def test_the_newest_sentence_stands_first_and_is_shown_as_text(client):
    card = make_card("Ślub cywilny", number="KA-00050")
    say(card, is_helpful=True, sentence="Dobrze.")
    say(card, is_helpful=False, sentence="<b>Ile to kosztuje?</b>")
    say(card, is_helpful=True)
    page = client.get(OPINIONS)
    assert [one.sentence for one in page.context["page"]] == ["<b>Ile to kosztuje?</b>", "Dobrze."]
    assert "&lt;b&gt;Ile to kosztuje?" in page.content.decode()


def test_cards_that_helped_the_fewest_stand_above(client):
    good, bad = (make_card(number=f"KA-0005{digit}") for digit in (0, 1))
    say(good, is_helpful=True)
    for is_helpful in (False, False, True):
        say(bad, is_helpful=is_helpful)
    found = [(card.number, card.no, card.yes) for card in client.get(OPINIONS).context["least"]]
    assert found == [("KA-00051", 2, 1)]


def test_words_are_listed_once_they_are_nobodys(client):
    for mark, text, days in [("a", "", 2), ("b", "karta wędkarska", 3), ("c", "hulajnoga", 5)]:
        row = {"mark": mark, "text": text, "days": days, "last_on": date(2026, 11, 26)}
        MissedQuery.objects.create(**row)
    page = client.get(MISSED)
    assert [row.text for row in page.context["page"]] == ["hulajnoga", "karta wędkarska"]


def test_the_cost_does_not_grow_with_what_readers_say(client, django_assert_max_num_queries):
    for digit in range(6):
        say(make_card(number=f"KA-0005{digit}"), is_helpful=False, sentence="Nie.")
    with django_assert_max_num_queries(14):
        client.get(OPINIONS)
