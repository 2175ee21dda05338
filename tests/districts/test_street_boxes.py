"""An address without a place of its own leads to its street, in its district."""

import pytest
from django.contrib.gis.geos import LineString, MultiLineString

from districts.models import Address, District, Edition, Street, StreetLine
from districts.street_boxes import find_street_boxes
from districts.suggesting import suggest_addresses
from tests.districts.extracts import at

pytestmark = pytest.mark.django_db


def draw(name: str, key: str, *places: tuple[float, float]) -> None:
    line = MultiLineString(LineString([at(*place) for place in places]), srid=4326)
    StreetLine.objects.create(name=name, key=key, line=line)


@pytest.fixture
def unplaced() -> Address:
    """An address in Katedralna of which the place is not known."""
    return Address.objects.create(
        street="Zmyślona",
        number="7",
        street_key="zmyslona",
        number_key="7",
        district_code=katedralna().code,
    )


def katedralna() -> District:
    return District.objects.get(edition=Edition.objects.in_force(), name="Katedralna")


def box_of(text: str):
    return find_street_boxes(suggest_addresses(text)[:1])[0]


@pytest.fixture(autouse=True)
def known_street(unplaced):
    Street.objects.create(name="Zmyślona", key="zmyslona")


def test_it_is_the_box_around_the_street(unplaced):
    draw("Zmyślona", "zmyslona", (0, 0), (1, 2))
    assert box_of("Zmyślona 7") == pytest.approx((*at(0, 0), *at(1, 2)), abs=1e-6)


def test_only_the_part_in_the_district_of_the_address_counts(unplaced):
    west, _south, east, _north = katedralna().boundary.extent
    line = MultiLineString(LineString((18, 51.7652), (21, 51.7652)), srid=4326)
    StreetLine.objects.create(name="Zmyślona", key="zmyslona", line=line)
    box = box_of("Zmyślona 7")
    assert west - 1e-6 <= box[0] < box[2] <= east + 1e-6


def test_the_longer_name_on_the_signs_is_the_same_street(unplaced):
    draw("Jana Zmyślona", "jana zmyslona", (0, 0), (1, 0))
    assert box_of("Zmyślona 7") is not None
    draw("Zmyślona", "zmyslona", (0, 1), (1, 1))
    assert box_of("Zmyślona 7")[1] == pytest.approx(at(0, 1)[1], abs=1e-6)


def test_a_street_that_nobody_drew_or_that_lies_elsewhere_has_none(unplaced):
    assert box_of("Zmyślona 7") is None
    line = MultiLineString(LineString((19.33, 51.70), (19.34, 51.70)), srid=4326)
    StreetLine.objects.create(name="Zmyślona", key="zmyslona", line=line)
    assert box_of("Zmyślona 7") is None


def test_an_address_with_a_place_needs_none():
    draw("Struga", "struga", (0, 0), (0, 9))
    (place, *_others) = suggest_addresses("Struga 7")
    assert place.location is not None
    assert find_street_boxes([place]) == [None]


def test_the_api_names_it(client, unplaced):
    draw("Zmyślona", "zmyslona", (0, 0), (1, 2))
    (found,) = client.get("/api/v1/addresses/", {"q": "Zmyślona 7"}).json()
    assert found["location"] is None
    assert found["street_bounds"] == pytest.approx([*at(0, 0), *at(1, 2)], abs=1e-6)


def test_all_of_a_list_are_found_by_one_query(unplaced, django_assert_num_queries):
    draw("Zmyślona", "zmyslona", (0, 0), (1, 2))
    places = suggest_addresses("Zmyślona 7") * 8
    with django_assert_num_queries(1):
        assert all(find_street_boxes(places))
