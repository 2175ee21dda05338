"""The page on which people look for a card."""

import pytest
from django.core.management import call_command

from procedures.search.indexing import index_all
from tests.procedures.cards import make_card, make_situation, make_topic

pytestmark = pytest.mark.django_db
URL = "/procedury/"


@pytest.fixture
def card(db):
    make_topic("dowody", parent="dokumenty", name="Dowody osobiste")
    made = make_card(
        "Wydanie dowodu osobistego",
        number="KA-01238",
        topics=["dowody"],
        situations=["przeprowadzka"],
        summary="Nowy **dowód** odbierzesz w 30 dni. <b>Za darmo</b>.",
    )
    index_all()
    return made


def test_the_first_page_shows_all_ways_to_a_card(client, card):
    page = client.get(URL)
    assert page.status_code == 200
    for words in ("Dokumenty", "Dowody osobiste", "Przeprowadzka", "Urząd Miasta Łodzi"):
        assert words in page.text
    assert "?sytuacja=przeprowadzka" in page.text
    assert "?temat=dokumenty" in page.text


def test_topics_and_situations_without_a_card_are_not_offered(client, card):
    make_topic("puste", name="Pusty temat")
    make_situation("pusta", name="Pusta sytuacja")
    page = client.get(URL)
    assert "Pusty temat" not in page.text
    assert "Pusta sytuacja" not in page.text


def test_found_words_are_marked_in_any_form_and_texts_are_escaped(client, card):
    page = client.get(URL, {"q": "dowody"})
    assert "Wydanie <mark>dowodu</mark> osobistego" in page.text
    assert "Nowy <mark>dowód</mark> odbierzesz" in page.text
    assert "&lt;b&gt;Za darmo" in page.text


@pytest.mark.parametrize("typed", ["KA-01238", "ka 1238", "1238", " ka01238 "])
def test_a_number_leads_to_its_card(client, card, typed):
    assert client.get(URL, {"q": typed})["Location"] == "/procedury/KA-01238/"


def test_what_is_meant_is_said(client, card):
    page = client.get(URL, {"q": "dowut osobisty"})
    assert "Pokazujemy wyniki dla:" in page.text
    assert "Wydanie <mark>dowodu" in page.text


def test_nothing_found_helps(client, card):
    page = client.get(URL, {"q": "<script>xyzzy"})
    assert "Nie znaleźliśmy nic dla: „&lt;script&gt;xyzzy”." in page.text
    assert "42 638 44 44" in page.text
    assert "/zgloszenia/nowe/" in page.text
    assert "?temat=dokumenty" in page.text


def test_filters_stand_in_the_address_and_in_the_form(client, card):
    page = client.get(URL, {"temat": "dokumenty", "jednostka": "uml"})
    assert "Wydanie dowodu osobistego" in page.text
    assert '<option value="uml" selected>' in page.text
    empty = client.get(URL, {"temat": "dokumenty", "jednostka": "zdit"})
    assert "Nie ma tu jeszcze żadnej sprawy." in empty.text
    assert client.get(URL, {"sytuacja": "nie-ma\0"}).status_code in (200, 400)


def test_many_results_have_pages(client, db):
    for number in range(25):
        make_card(f"Zezwolenie {number}")
    index_all()
    page = client.get(URL, {"q": "zezwolenie", "strona": "2"})
    assert "Strona 2 z 2" in page.text
    assert "Liczba znalezionych spraw: 25." in page.text
    assert client.get(URL, {"q": "zezwolenie", "strona": "x"}).status_code == 200


def test_suggestions_are_titles_with_their_addresses(client, card):
    answer = client.get("/procedury/podpowiedzi/", {"q": "wydanie dow"})
    assert answer.json() == [
        {
            "title": "Wydanie dowodu osobistego",
            "number": "KA-01238",
            "url": "/procedury/KA-01238/",
        }
    ]
    assert client.get("/procedury/podpowiedzi/").json() == []


@pytest.mark.parametrize("language", ["en", "uk"])
def test_readers_of_other_languages_are_told_that_cards_are_polish(client, card, language):
    headers = {"Accept-Language": language}
    page = client.get(URL, {"q": "dowód"}, headers=headers)
    assert 'lang="pl"' in page.text
    note = {"en": "only in Polish", "uk": "лише польською"}[language]
    assert note in page.text
    assert note in client.get("/procedury/KA-01238/", headers=headers).text


def test_the_search_takes_as_many_statements_for_twenty_cards_as_for_one(
    client, card, django_assert_max_num_queries
):
    for number in range(20):
        make_card(f"Dowód {number}")
    index_all()
    with django_assert_max_num_queries(14):
        client.get(URL, {"q": "dowody"})
    with django_assert_max_num_queries(12):
        client.get(URL)


def test_the_command_makes_the_index_anew(card, capsys):
    call_command("index_procedures")
    assert "0 versions indexed." in capsys.readouterr().out
    call_command("index_procedures", "--anew")
    assert "1 versions indexed." in capsys.readouterr().out
