"""Cards are found by the words that people type, whatever their form and spelling."""

from datetime import timedelta

import pytest
from django.utils import timezone

from procedures.models import SearchEntry, SearchTerm, WordForm
from procedures.search.indexing import index_all, index_missing, index_procedures
from procedures.search.searching import Filters, search_cards
from procedures.search.typos import slips
from tests.procedures.cards import make_card, make_version

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def cards(db):
    made = {
        "id": make_card("Wydanie dowodu osobistego", topics=["dokumenty"]),
        "bulky": make_card(
            "Odbiór odpadów wielkogabarytowych",
            synonyms=["wywóz gabarytów", "stara kanapa"],
            unit="zgo",
        ),
        "stay": make_card("Zameldowanie na pobyt stały", summary="Meldunek zrobisz od ręki."),
        "car": make_card("Rejestracja pojazdu kupionego w Polsce"),
        "tree": make_card("Usunięcie drzewa", summary="Zanim zetniesz drzewo, zgłoś to."),
    }
    index_all()
    return made


def found(text: str, **options) -> list[str]:
    return [version.procedure.number for version in search_cards(text, **options).versions]


@pytest.mark.parametrize(
    ("typed", "card"),
    [
        ("dowodami osobistymi", "id"),
        ("DOWÓD", "id"),
        ("dowod", "id"),
        ("wywóz gabarytów", "bulky"),
        ("wywoz gabarytow", "bulky"),
        ("gdzie wywieźć starą kanapę", "bulky"),
        ("smieci wielkogabarytowe", "bulky"),
        ("meldunek", "stay"),
        ("chcę się zameldować na stałe", "stay"),
        ("zarejestrować auto", "car"),
        ("rejstracja pojazdu", "car"),
        ("rejestracja samochodow", "car"),
        ("dzrewo", "tree"),
        ("usunąłem drzewo", "tree"),
        ("usunalem drzewo", "tree"),
    ],
)
def test_any_form_spelling_and_ordinary_word_finds_the_card_first(cards, typed, card):
    assert found(typed)[0] == cards[card].number


def test_a_card_with_all_words_goes_before_one_that_is_full_of_one(db):
    make_card("Drzewo", summary="Drzewo, drzewa, drzewom, o drzewach.", steps=["Drzewo."] * 5)
    both = make_card("Wycinka na działce", steps=["Drzewo na działce zgłoś przed wycinką."])
    index_all()
    assert found("drzewo działka")[0] == both.number


def test_what_was_meant_is_said_where_a_word_was_mistyped(cards):
    assert search_cards("rejstracja pojazdu").meant == "rejestracja pojazdu"
    assert search_cards("dowod").meant == ""
    # A form of the past, which no card has and the dictionary knows.
    assert search_cards("zgubilem dowod").meant == ""


def test_words_that_mean_nothing_find_nothing(cards):
    assert found("xyzzy") == []
    assert found("") == []
    assert found("🙂 '); DROP TABLE -- % _ \\") == []


def test_what_is_only_begun_is_completed(cards):
    assert found("rejestr", is_being_typed=True)[0] == cards["car"].number
    assert found("wydanie dow", is_being_typed=True)[0] == cards["id"].number


def test_filters_let_only_their_cards_through(cards):
    assert found("odbiór wydanie", filters=Filters(unit="zgo")) == [cards["bulky"].number]
    assert found("odbiór wydanie", filters=Filters(topic="dokumenty")) == [cards["id"].number]
    assert found("dowód", filters=Filters(topic="nie-ma")) == []


def test_a_topic_lets_the_cards_of_topics_below_it_through(db):
    from tests.procedures.cards import make_topic

    make_topic("pies", parent="zwierzeta")
    card = make_card("Adopcja psa", topics=["pies"])
    index_all()
    assert found("adopcja", filters=Filters(topic="zwierzeta")) == [card.number]


def test_a_scheduled_version_is_found_from_its_instant_on_and_the_old_one_until_then(time_machine):
    card = make_card("Opłata za psa", published_at=timezone.now() - HOUR)
    make_version(card, title="Podatek od hulajnogi", published_at=timezone.now() + HOUR)
    index_procedures([card])
    assert (found("pies"), found("hulajnoga")) == ([card.number], [])
    with time_machine(hours=2):
        assert (found("pies"), found("hulajnoga")) == ([], [card.number])


def test_a_withdrawn_card_is_not_found_from_its_instant_on(time_machine):
    card = make_card("Opłata za psa", withdrawn_at=timezone.now() + HOUR)
    index_all()
    assert found("pies") == [card.number]
    with time_machine(hours=2):
        assert found("pies") == []


def test_a_draft_is_not_found_and_teaches_no_words(db):
    make_card("Zezwolenie na fajerwerki", published_at=None)
    assert index_all() == 0
    assert not WordForm.objects.filter(lemma="fajerwerk").exists()


def test_what_no_act_indexed_is_indexed_by_the_sweep(cards):
    card = make_card("Adopcja psa")
    assert found("adopcja") == []
    assert index_missing() == 1
    assert found("adopcja") == [card.number]
    assert index_missing() == 0


def test_an_unchanged_card_is_not_indexed_twice_and_a_changed_one_is(cards):
    assert index_all() == 0
    cards["id"].synonyms = ["plastik"]
    cards["id"].save()
    assert index_procedures([cards["id"]]) == 1
    assert found("plastik") == [cards["id"].number]


def test_versions_that_nobody_reads_any_more_leave_the_index(cards):
    old = cards["id"].versions.get()
    make_version(cards["id"], title="Wydanie paszportu")
    index_procedures([cards["id"]])
    assert not SearchEntry.objects.filter(version=old).exists()
    assert found("paszport") == [cards["id"].number]


def test_words_that_no_card_holds_any_more_are_forgotten(cards):
    cards["tree"].withdrawn_at = timezone.now()
    cards["tree"].save()
    index_all()
    assert not SearchTerm.objects.filter(lemma="drzewo").exists()
    assert not WordForm.objects.filter(lemma="drzewo").exists()


@pytest.mark.parametrize(
    ("one", "other", "number"),
    [("dom", "dom", 0), ("dom", "dam", 1), ("dom", "odm", 1), ("dom", "do", 1), ("", "ab", 2)],
)
def test_slips_are_counted(one, other, number):
    assert slips(one, other) == number


def test_a_search_takes_few_statements(cards, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        search_cards("rejstracja pojazdu wywóz")
