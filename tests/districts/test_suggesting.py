"""Suggestions for an address as it is typed."""

import pytest

from districts.models import Address, Street
from districts.suggesting import suggest_addresses

pytestmark = pytest.mark.django_db


def labels(text: str) -> list[str]:
    return [row.label for row in suggest_addresses(text)]


@pytest.mark.parametrize("text", ["", "p", "1", " ", "%", "\\", "__", "\x00", "ul."])
def test_less_than_two_letters_suggest_nothing(text):
    assert suggest_addresses(text) == []


def test_streets_come_from_the_second_letter():
    found = suggest_addresses("pi")
    assert found
    assert all(row.number == "" and row.district is None for row in found)


@pytest.mark.parametrize(
    "text",
    ["piotrk", "PIOTRKOWSKA", "ul. Piotrkowska", "piotrkoska", "piotkowska", "pitrkowska"],
)
def test_a_street_is_found_whatever_its_spelling(text):
    assert labels(text)[0] == "Piotrkowska"


@pytest.mark.parametrize(
    ("text", "street"),
    [
        ("zgirska", "Zgierska"),
        ("pilsudzkiego", "Piłsudskiego"),
        ("zeromskiego", "Żeromskiego"),
        ("listopada", "11 Listopada"),
        ("wolnosci pl", "Wolności"),
    ],
)
def test_words_and_slips_lead_to_the_street(text, street):
    assert any(street in label for label in labels(text))


@pytest.mark.parametrize("text", ["piotrkowska 104", "Piotrkoska 104", "ul.Piotrkowska 104"])
def test_with_a_number_addresses_come_the_exact_one_first(text):
    first = suggest_addresses(text)[0]
    assert (first.street, first.number) == ("Piotrkowska", "104")
    assert first.district is not None


def test_the_number_may_stand_before_what_kind_of_street_it_is():
    first = suggest_addresses("Piłsudskiego al. 23")[0]
    assert (first.street, first.number) == ("Piłsudskiego", "15/23")


def test_numbers_come_in_the_order_of_houses():
    houses = ["1", "1/3", "1a", "10", "10a", "11", "100", "110"]
    Address.objects.bulk_create(
        Address(
            street="Próbna Długa",
            number=number,
            street_key="probna dluga",
            number_key=number,
            district_code="katedralna",
        )
        for number in reversed(houses)
    )
    Street.objects.create(key="probna dluga", name="Próbna Długa")
    found = suggest_addresses("próbna długa 1", limit=40)
    # Streets of a similar name come after it.
    assert [row.number for row in found if row.street == "Próbna Długa"] == houses
    assert [row.number for row in found][: len(houses)] == houses


def test_it_takes_few_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        suggest_addresses("piotrkowska 1")
