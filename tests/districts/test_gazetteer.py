import pytest
from django.contrib.gis.geos import Point
from django.core.management import call_command

from districts.gazetteer import find_address, parse_coordinates, street_key
from districts.models import Address

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "text",
    [
        "Piotrkowska 104",
        "piotrkowska 104",
        "ul. Piotrkowska 104",
        "ULICA PIOTRKOWSKA 104",
        "  piotrkowska   104 ",
        "Piotrkowska 104/3",
    ],
)
def test_an_address_is_found_however_it_is_written(text):
    found = find_address(text)
    assert (found.label, found.district.code) == ("Piotrkowska 104", "katedralna")


@pytest.mark.parametrize("text", ["Piłsudskiego al. 3", "pilsudskiego 3", "al. Piłsudskiego 3"])
def test_diacritics_and_the_kind_of_street_do_not_matter(text):
    assert find_address(text).label == "Piłsudskiego 3"


def test_the_number_of_two_plots_is_found_whole_and_by_its_first_half():
    assert find_address("Piotrkowska 103/105").label == "Piotrkowska 103/105"
    assert find_address("Piotrkowska 103").label == "Piotrkowska 103/105"


def test_of_one_address_in_two_districts_the_one_whose_place_is_known_comes_first():
    place = Point(19.41, 51.81, srid=4326)
    for code, location in (("andrzejow", None), ("baluty-zachodnie", place), ("ruda", None)):
        Address.objects.create(
            street="Próbna",
            number="7",
            street_key="probna",
            number_key="7",
            district_code=code,
            location=location,
        )
    found = find_address("Próbna 7")
    assert (found.district.code, found.location) == ("baluty-zachodnie", place)
    Address.objects.filter(street_key="probna").update(location=None)
    assert find_address("Próbna 7").district.code == "andrzejow"


def test_a_street_that_is_a_number_is_found():
    assert find_address("11 Listopada 36").street == "11 Listopada"


@pytest.mark.parametrize("text", ["", " ", "104", "Nieistniejąca 7", "%", "\\ 1"])
def test_what_is_no_address_is_not_found(text):
    assert find_address(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Podchorążych 98HA", "98HA"),
        ("podchorążych 98 ha", "98HA"),
        ("3 Maja 64/66N", "64/66N"),
        ("Rewolucji 1905 r. 13", "13"),
        ("rewolucji 1905 r 13", "13"),
        ("Rewolucji 1905r. 48 A", "48A"),
        ("Dywizjonu 303 4", "4"),
        ("Maczka (1892 - 1994) 2", "2"),
        ("Strajku Łódzkich Studentów w 1981 r. 3", "3"),
        ("Piotrkowska 104, 90-926 Łódź", "104"),
        ("Piotrkowska 104 łódź", "104"),
    ],
)
def test_numbers_with_letters_and_names_with_numbers_are_told_apart(text, number):
    assert find_address(text).number == number


@pytest.mark.parametrize("street", ["Opałowa", "Opalowa", "Płocka", "Plocka"])
def test_streets_that_differ_by_a_diacritic_are_two(street):
    numbers = Address.objects.filter(street=street).values_list("number", "district_code")
    for number, code in numbers:
        found = find_address(f"ul. {street.upper()} {number}")
        assert (found.street, found.district.code) == (street, code)


@pytest.mark.parametrize("number", ["90L", "90l", "90Ł"])
def test_numbers_that_differ_by_a_diacritic_are_two(number):
    assert find_address(f"Starorudzka {number}").number.upper() == number.upper()


def test_a_number_that_a_street_does_not_have_lies_between_its_neighbours():
    found = find_address("al. Kościuszki 9999a")
    assert (found.label, found.location) == ("Kościuszki 9999A", None)
    assert found.district.code == "katedralna"


def test_a_street_is_found_by_the_end_of_its_name():
    assert find_address("Strzelców Kaniowskich 53/57").street == "28 Pułku Strzelców Kaniowskich"
    assert find_address("Kaniowskich").street == "28 Pułku Strzelców Kaniowskich"


def test_a_street_in_one_district_is_a_place_and_one_in_several_names_them():
    assert find_address("Opalowa").district is not None
    long = find_address("ul. Piotrkowska")
    assert long.district is None
    assert [district.name for district in long.districts] == ["Górniak", "Katedralna"]


def test_a_known_building_has_its_place():
    assert find_address("11 Listopada 36").location.coords == (19.418147, 51.818395)


def test_the_same_key_comes_from_every_spelling():
    assert {street_key(t) for t in ("al. Żeromskiego", "ZEROMSKIEGO", "Żeromskiego al.")} == {
        "zeromskiego"
    }


def test_the_gazetteer_is_whole_and_importing_again_changes_nothing():
    before = Address.objects.count()
    assert before > 63_000
    assert Address.objects.exclude(location=None).count() >= 630
    call_command("import_addresses", verbosity=0)
    assert Address.objects.count() == before


@pytest.mark.parametrize(
    "text",
    [
        "51.76, 19.45",
        "51.76,19.45",
        "51.76 19.45",
        "51,76 19,45",
        "51,76; 19,45",
        "19.45, 51.76",
        "N 51.76 E 19.45",
        "51.76N 19.45E",
        "51.76° N, 19.45° E",
        "E 19.45, N 51.76",
    ],
)
def test_coordinates_are_read_in_every_common_form(text):
    point = parse_coordinates(text)
    assert point.coords == pytest.approx((19.45, 51.76))
    assert point.srid == 4326


@pytest.mark.parametrize("text", ["51,19", "51, 19", "51 19", "19 51", "N 51 E 19", "51°N 19°E"])
def test_whole_degrees_are_coordinates_too(text):
    assert parse_coordinates(text).coords == (19, 51)


@pytest.mark.parametrize("length", [200, 500, 100_000])
def test_what_is_too_long_is_not_even_read(length):
    """500 spaces in the middle held a process for minutes."""
    for middle in (" ", ",", "°", "1", "N", " ,"):
        assert parse_coordinates("1" + middle * length + "x, 1") is None
        assert find_address("Piotrkowska 1" + middle * length + "x") is None
        assert len(street_key("a" + middle * length)) <= 400


@pytest.mark.parametrize(
    "text", ["", "Piotrkowska 104", "51.76", "1e999, 19", "nan, nan", "95 200"]
)
def test_what_is_no_pair_of_coordinates_is_none(text):
    assert parse_coordinates(text) is None


def test_the_page_of_the_form_answers_a_hostile_pin(client):
    page = client.get("/zgloszenia/nowe/?lat=1" + "+" * 500 + "x&lon=1")
    assert page.status_code == 200
