"""Where two streets cross is found by what people write."""

import pytest

from districts.crossings import find_crossing
from districts.searching import find_by_words
from districts.suggesting import suggest_addresses
from tests.districts.named import make_crossing, spot

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def streets():
    make_crossing("Piotrkowska", "Nawrot", (1, 0))
    make_crossing("Piotrkowska", "Tuwima", (2, 0))
    make_crossing("Piotrkowska", "aleja Marszałka Józefa Piłsudskiego", (3, 0))
    make_crossing("Sienkiewicza", "Nawrot", (4, 0))
    make_crossing("Długa", "Wschodnia", (5, 0))
    make_crossing('Organizacji "Wolność i Niezawisłość"', "Nowa", (6, 0))


@pytest.mark.parametrize(
    "text",
    [
        "Piotrkowska / Nawrot",
        "Piotrkowska/Nawrot",
        "ul. Piotrkowska / ul. Nawrot",
        "piotrkowska i nawrot",
        "Piotrkowska róg Nawrot",
        "róg Piotrkowskiej i Nawrot",
        "Róg Nawrot i Piotrkowskiej",
        "na rogu ulic Piotrkowskiej i Nawrot",
        "skrzyżowanie Piotrkowskiej z Nawrot",
        "na skrzyżowaniu ulicy Piotrkowskiej z ulicą Nawrot",
        "skrzyż. Piotrkowska Nawrot / Piotrkowska",
        "u zbiegu Piotrkowskiej i Nawrot",
        "Piotrkowska & Nawrot",
        "Piotrkowska x Nawrot",
        "Piotrkowska, Nawrot",
    ],
)
def test_a_crossing_is_found_however_it_is_written(text):
    if text.startswith("skrzyż. Piotrkowska Nawrot"):
        assert find_by_words(text) is None
        return
    found = find_by_words(text)
    assert set(found.label.split(" / ")) == {"Piotrkowska", "Nawrot"}
    assert found.location.coords == pytest.approx(spot(1, 0).coords)
    assert (found.district.code, found.kind) == ("katedralna", "crossing")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("róg Długiej i Wschodniej", "Długa / Wschodnia"),
        ("Piłsudskiego i Piotrkowska", "aleja Marszałka Józefa Piłsudskiego / Piotrkowska"),
        ("al. Piłsudskiego / Piotrkowska", "aleja Marszałka Józefa Piłsudskiego / Piotrkowska"),
        ("Wolność i Niezawisłość / Nowa", 'Organizacji "Wolność i Niezawisłość" / Nowa'),
    ],
)
def test_streets_go_by_their_endings_their_last_names_and_their_own_words(text, label):
    assert find_by_words(text).label == label


@pytest.mark.parametrize("text", ["Piotrkowska / Długa", "Piotrkowska /", "/", "i", "róg", "róg i"])
def test_streets_that_do_not_cross_are_no_place(text):
    assert find_crossing(text) is None


def test_a_slip_is_forgiven_in_suggestions_and_never_guessed_by_the_server():
    assert labels("Piotrkoska / Nwarot")[0] == "Piotrkowska / Nawrot"
    assert find_by_words("Piotrkoska / Nwarot") is None


def labels(text: str) -> list[str]:
    return [row.label for row in suggest_addresses(text)]


def test_suggestions_come_while_the_second_street_is_typed():
    assert labels("piotrkowska i") != []
    assert labels("Piotrkowska /") == [
        "Piotrkowska / aleja Marszałka Józefa Piłsudskiego",
        "Piotrkowska / Nawrot",
        "Piotrkowska / Tuwima",
    ]
    assert labels("róg Piotrkowskiej i na")[0] == "Piotrkowska / Nawrot"
    assert labels("Nawrot / s") == ["Nawrot / Sienkiewicza"] or labels("Nawrot / si")[0] == (
        "Nawrot / Sienkiewicza"
    )


def test_an_address_on_two_plots_is_no_crossing():
    assert find_by_words("Piotrkowska 103/105").label == "Piotrkowska 103/105"
    assert labels("Piotrkowska 103/105")[0] == "Piotrkowska 103/105"


def test_streets_that_meet_twice_in_one_district_say_it_and_no_more():
    make_crossing("Piotrkowska", "Nawrot", (1, 3))
    found = find_by_words("Piotrkowska / Nawrot")
    assert (found.location, found.district.code) == (None, "katedralna")


def test_suggestions_of_crossings_take_few_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        assert labels("Piotrkowska / Nawrot")
