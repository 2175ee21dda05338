"""Lines and areas: the districts in which they lie, the part in each, and what is refused."""

from math import dist

import pytest
from django.contrib.gis.geos import LineString, Polygon

from districts.covering import ExtentCrossed, ExtentOutside, ExtentTooLarge, find_cover
from districts.locating import locate, locate_many
from districts.models import Border, District, Edition
from tests.districts.places import along, edges
from tests.factories import CITY_HALL, submitted

pytestmark = pytest.mark.django_db
# About ten metres of latitude and of longitude in Łódź.
NORTH, EAST = 9e-5, 1.45e-4


BOW = ((19.457, 51.765), (19.458, 51.766), (19.458, 51.765), (19.457, 51.766), (19.457, 51.765))


def around(point, metres_tens: float) -> Polygon:
    x, y = point.x, point.y
    east, north = EAST * metres_tens, NORTH * metres_tens
    box = (x - east, y - north, x + east, y + north)
    polygon = Polygon.from_bbox(box)
    polygon.srid = 4326
    return polygon


def line(*corners) -> LineString:
    return LineString(*corners, srid=4326)


def across() -> tuple[District, District, LineString]:
    """A line of about 100 m with a tenth of it in the second district."""
    placement = locate(CITY_HALL)
    start, end = CITY_HALL, None
    for step in range(1, 400):
        point = CITY_HALL.clone()
        point.x += EAST * step
        found = locate(point)
        if found.district != placement.district:
            end = point
            break
        start = point
    start.x -= EAST * 9
    return placement.district, found.district, line(start.coords, end.coords)


def test_a_street_inside_one_district_belongs_to_it_alone():
    street = line((19.4571, 51.7652), (19.4571, 51.7670))
    found = find_cover(street)
    assert [(row.district.code, row.part) for row in found.shares] == [("katedralna", 1.0)]
    assert found.placement.district.code == "katedralna"
    assert 195 < found.size < 205
    assert street.distance(found.point) < 1e-9


def test_the_district_with_the_largest_part_counts():
    first, second, street = across()
    found = find_cover(street)
    assert [row.district for row in found.shares] == [first, second]
    assert found.shares[0].part > 0.8
    assert sum(row.part for row in found.shares) == pytest.approx(1)
    assert found.placement.district == first
    assert locate(found.point).district == first


def crossing(ends: tuple, first: float, second: float) -> LineString:
    """A straight line across the middle of an edge: ``first`` degrees of it lie to the edge's left,
    ``second`` to its right.
    """
    return line(along(*ends, 0.5, first).coords, along(*ends, 0.5, -second).coords)


def longest(number_of_sides: int) -> tuple:
    """The ends of the longest edge that has this number of districts beside it."""
    candidates = [ends for ends, codes in edges().items() if len(codes) == number_of_sides]
    return max(candidates, key=lambda ends: dist(*ends))


def test_whichever_district_has_the_larger_part_gets_the_report():
    ends = longest(2)
    left, right = (locate(along(*ends, 0.5, away)).district for away in (5e-5, -5e-5))
    assert left != right
    for first, second, winner, other in ((7e-5, 3e-5, left, right), (3e-5, 7e-5, right, left)):
        street = crossing(ends, first, second)
        found = find_cover(street)
        assert [row.district for row in found.shares] == [winner, other]
        assert [row.part for row in found.shares] == pytest.approx([0.7, 0.3], abs=0.01)
        assert found.placement.district == locate(found.point).district == winner
        report = submitted(extent=street)
        assert report.district == report.assignments.get().district == winner


def test_what_lies_mostly_outside_the_city_is_refused():
    ends = longest(1)
    is_left_inside = locate_many([along(*ends, 0.5, 5e-5)]) != [None]
    for inside in (6e-5, 4e-5):
        sides = (inside, 1e-4 - inside) if is_left_inside else (1e-4 - inside, inside)
        street = crossing(ends, *sides)
        if inside > 5e-5:
            assert find_cover(street).size == pytest.approx(10, abs=4)
        else:
            with pytest.raises(ExtentOutside):
                find_cover(street)


def test_an_area_is_measured_in_square_metres():
    found = find_cover(around(CITY_HALL, 5))
    assert found.size == pytest.approx(10_000, rel=0.05)
    assert found.placement.edition == Edition.objects.in_force()


def test_a_line_along_a_border_belongs_to_both():
    border = Border.objects.exclude(right=None).first()
    segment = border.segment.transform(4326, clone=True)
    found = find_cover(segment)
    names = {border.left, border.right}
    assert {row.district for row in found.shares} <= names
    assert found.placement.district in names


@pytest.mark.parametrize(
    ("extent", "refusal"),
    [
        (line((19.40, 51.76), (19.44, 51.76)), ExtentTooLarge),
        (Polygon.from_bbox((19.44, 51.76, 19.46, 51.77)), ExtentTooLarge),
        (Polygon(BOW), ExtentCrossed),
        (line((21.01, 52.22), (21.011, 52.22)), ExtentOutside),
    ],
)
def test_what_no_unit_could_use_is_refused(extent, refusal):
    extent.srid = 4326
    with pytest.raises(refusal):
        find_cover(extent)
