"""The border beside a place in words."""

from itertools import pairwise

import pytest
from django.contrib.gis.geos import LineString, MultiLineString, Point

from districts.bordering import describe_border
from districts.locating import locate
from districts.models import Address, District, StreetLine

pytestmark = pytest.mark.django_db
OPPOSITE = {
    "północna": "południowa",
    "wschodnia": "zachodnia",
    "północno-wschodnia": "południowo-zachodnia",
    "północno-zachodnia": "południowo-wschodnia",
}
OPPOSITE |= {other: side for side, other in OPPOSITE.items()}


@pytest.fixture
def stretch() -> tuple[Point, Point]:
    """The ends of the longest straight piece of a border of Katedralna with another district."""
    ring = District.objects.get(code="katedralna").boundary[0][0]
    pieces = sorted(pairwise(ring), key=lambda ends: -Point(*ends[0]).distance(Point(*ends[1])))
    for start, end in pieces:
        middle = Point((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, srid=4326)
        if locate(middle).neighbour:
            return Point(*start, srid=4326), Point(*end, srid=4326)
    raise AssertionError("no such piece")


def beside(stretch, metres: float) -> Point:
    """A point so far to the left of the middle of the piece (to the right if negative)."""
    start, end = (one.transform(2180, clone=True) for one in stretch)
    east, north = end.x - start.x, end.y - start.y
    length = (east * east + north * north) ** 0.5
    place = Point(
        (start.x + end.x) / 2 - north / length * metres,
        (start.y + end.y) / 2 + east / length * metres,
        srid=2180,
    )
    return place.transform(4326, clone=True)


def described(point: Point):
    return describe_border(point, locate(point))


def direction(words: str) -> str:
    return words.removeprefix("strona ").split(" – ")[0]


def test_the_sides_are_opposite_and_each_names_its_district(stretch):
    point = beside(stretch, 10)
    placement = locate(point)
    own, other = described(point).sides
    assert (own.district.name, other.district.name) == (
        placement.district.name,
        placement.neighbour.name,
    )
    assert own.words == f"strona {direction(own.words)} – {placement.district.name}"
    assert direction(other.words) == OPPOSITE[direction(own.words)]


def test_the_direction_is_where_the_district_lies_from_the_border(stretch):
    near = described(beside(stretch, 10))
    there = near.location.transform(2180, clone=True)
    for side in near.sides:
        words = direction(side.words)
        north = 40 * (words.startswith("północn") - words.startswith("południow"))
        east = 40 * (words.endswith("wschodnia") - words.endswith("zachodnia"))
        spot = Point(there.x + east, there.y + north, srid=2180).transform(4326, clone=True)
        assert locate(spot).district == side.district


def test_from_the_other_side_the_words_are_the_same(stretch):
    left, right = described(beside(stretch, 10)), described(beside(stretch, -10))
    assert {side.words for side in left.sides} == {side.words for side in right.sides}


def test_the_street_along_the_border_is_named_and_one_that_crosses_it_is_not(stretch):
    assert described(beside(stretch, 10)).street == ""
    across = MultiLineString(LineString(beside(stretch, 200), beside(stretch, -200)), srid=4326)
    StreetLine.objects.create(name="Poprzeczna", key="poprzeczna", line=across)
    assert described(beside(stretch, 10)).street == ""
    along = MultiLineString(LineString(*stretch), srid=4326)
    StreetLine.objects.create(name="Graniczna", key="graniczna", line=along)
    question = "Granica osiedli biegnie tędy (ul. Graniczna). Po której stronie jest sprawa?"
    assert described(beside(stretch, 10)).question == question
    StreetLine.objects.filter(name="Graniczna").update(name="aleja Graniczna")
    assert "(aleja Graniczna)" in described(beside(stretch, 10)).question


def test_without_lines_the_street_has_addresses_on_both_sides(stretch):
    Address.objects.update(location=None)
    places = {"1": 15, "2": -15}
    for number, metres in places.items():
        Address.objects.create(
            street="Dwustronna",
            number=number,
            street_key="dwustronna",
            number_key=number,
            district_code="katedralna",
            location=beside(stretch, metres),
        )
    assert described(beside(stretch, 10)).street == "Dwustronna"
    Address.objects.filter(street="Dwustronna", number="2").delete()
    assert described(beside(stretch, 10)).street == ""


def test_it_takes_one_query(stretch, django_assert_num_queries):
    point = beside(stretch, 10)
    placement = locate(point)
    with django_assert_num_queries(1):
        describe_border(point, placement)
