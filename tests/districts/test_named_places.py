"""Parks, squares, stops and schools are found by their names."""

import pytest

from districts.describing import find_near, place_in_words
from districts.models import Address
from districts.named_places import place_key
from districts.searching import find_by_words
from districts.suggesting import suggest_addresses
from tests.districts.named import make_crossing, make_place, spot

pytestmark = pytest.mark.django_db


def labels(text: str) -> list[str]:
    return [row.label for row in suggest_addresses(text)]


@pytest.fixture
def places():
    make_place("Park Źródliska I", "green", (1, 0), reach=200)
    make_place("Manufaktura", "trade", (2, 0))
    make_place("plac Wolności", "square", (3, 0))
    make_place("Piotrkowska Centrum", "stop", (4, 0))
    make_place("Szkoła Podstawowa nr 12 im. Stefana Żeromskiego", "school", (5, 0))
    make_place("Szkoła Podstawowa nr 120", "school", (6, 0))
    make_place("Przedszkole Miejskie nr 5", "school", (7, 0))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Park Źródliska", "Park Źródliska I"),
        ("park zrodliska", "Park Źródliska I"),
        ("w parku Źródliska", "Park Źródliska I"),
        ("Manufaktura", "Manufaktura"),
        ("pl. Wolności", "plac Wolności"),
        ("przystanek Piotrkowska Centrum", "przystanek Piotrkowska Centrum"),
        ("Piotrkowska Centrum", "przystanek Piotrkowska Centrum"),
        ("SP 12", "Szkoła Podstawowa nr 12 im. Stefana Żeromskiego"),
        ("SP nr 12", "Szkoła Podstawowa nr 12 im. Stefana Żeromskiego"),
        ("szkoła podstawowa 12", "Szkoła Podstawowa nr 12 im. Stefana Żeromskiego"),
        ("przedszkole 5", "Przedszkole Miejskie nr 5"),
        ("PM 5", "Przedszkole Miejskie nr 5"),
    ],
)
def test_a_place_is_suggested_first_and_found_by_its_name(places, text, label):
    assert labels(text)[0] == label
    found = find_by_words(text)
    assert (found.label, found.district.code) == (label, "katedralna")


def test_slips_are_forgiven_in_suggestions(places):
    assert "Manufaktura" in labels("manufaktrua")
    assert "Park Źródliska I" in labels("park źrodlsika")
    assert find_by_words("manufaktrua") is None


def test_a_slip_in_a_number_is_another_school(places):
    assert not any("Szkoła" in label for label in labels("SP 13"))


def test_a_street_comes_before_the_stop_that_is_named_after_it(places):
    make_place("Zgierska", "stop", (8, 0))
    assert labels("zgierska")[0] == "Zgierska"
    assert "przystanek Zgierska" in labels("zgierska")
    assert find_by_words("Zgierska").kind == ""
    assert labels("przystanek zgierska")[0] == "przystanek Zgierska"
    assert find_by_words("przystanek Zgierska").kind == "stop"


def test_among_many_streets_some_places_are_shown():
    for number in range(5):
        make_place(f"Polna {number}", "stop", (number, 0))
    shown = suggest_addresses("pol")
    assert [bool(row.kind) for row in shown].count(True) == 3
    assert [bool(row.kind) for row in shown] == sorted(bool(row.kind) for row in shown)


def test_of_two_places_with_one_name_only_the_districts_are_known():
    make_place("Arena Xawera", "sport", (0, 0))
    make_place("Arena Xawera", "sport", (40, 60))
    found = find_by_words("Arena Xawera")
    assert (found.location, found.district, len(found.districts)) == (None, None, 2)
    assert labels("arena xawera") == ["Arena Xawera", "Arena Xawera"]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("I Liceum Ogólnokształcące im. Mikołaja Kopernika", "i lo mikolaja kopernika"),
        ("Park", "park"),
        ("Rodzinne Ogrody Działkowe „Odra”", "rod odra"),
        ("", ""),
    ],
)
def test_what_people_shorten_is_compared_in_its_short_form(name, key):
    assert place_key(name) == key


@pytest.fixture
def no_addresses():
    Address.objects.update(location=None)


def words(east: float, north: float) -> str:
    return place_in_words(find_near(spot(east, north)), "Katedralna")


def test_without_an_address_near_a_crossing_says_where_it_is(no_addresses):
    make_crossing("Piotrkowska", "Nawrot")
    assert words(0, 0) == "Nawrot / Piotrkowska, osiedle Katedralna"
    assert words(1, 0) == "Nawrot / Piotrkowska, ok. 100 m na wschód, osiedle Katedralna"


def test_inside_a_park_the_park_is_the_place(no_addresses):
    make_place("Park Źródliska", "green", (0, 0), reach=200)
    assert words(1, 0) == "Park Źródliska, osiedle Katedralna"
    assert words(3, 0) == "Park Źródliska, ok. 100 m na wschód, osiedle Katedralna"


def test_a_crossing_says_more_than_a_large_park_around_it(no_addresses):
    make_place("Las Łagiewnicki", "green", (0, 0), reach=400)
    make_crossing("Piotrkowska", "Nawrot", (0.5, 0))
    assert words(0, 0).startswith("Nawrot / Piotrkowska, ok. 50 m")


@pytest.mark.parametrize(("north", "label"), [(0.4, "Próbna 7"), (0.6, "Nawrot / Piotrkowska")])
def test_an_address_within_fifty_metres_comes_before_all(no_addresses, north, label):
    make_crossing("Piotrkowska", "Nawrot")
    Address.objects.create(
        street="Próbna",
        number="7",
        street_key="probna",
        number_key="7",
        district_code="katedralna",
        location=spot(0, north),
    )
    assert words(0, 0).startswith(label)
