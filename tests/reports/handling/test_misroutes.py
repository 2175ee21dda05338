"""Hand-overs to another unit near a border."""

from datetime import timedelta

import pytest
from django.contrib.gis.geos import Point
from django.db import connection
from django.utils import timezone

from districts.editions.activating import activate_edition
from districts.locating import locate
from districts.models import Edition
from reports.handling import misroutes
from reports.handling.correcting import correct_category, forward
from reports.handling.misroutes import HANDOVERS, border_lines, find_misroutes, parameters_of
from reports.models import Assignment
from tests.districts.editions.drafts import approved, gis, inside, square
from tests.factories import CITY_HALL, POTHOLE, category, dispatched
from tests.people import person
from units.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator():
    return person("olga", role="operator")


@pytest.fixture
def edition() -> Edition:
    return Edition.objects.in_force()


def unit(code: str) -> Unit:
    return Unit.objects.get(code=code)


def near_border(metres: float = 50) -> Point:
    """A place so far from the border of two districts."""
    here = Point(19.4571, 51.7652, srid=4326)
    for step in range(400):
        place = Point(here.x + step * 0.0002, here.y, srid=4326)
        found = locate(place)
        if found.metres_to_border < metres and found.neighbour:
            return place
    raise AssertionError("no border east of the city hall")


def handed(operator, *, to: str = "wgk", **values):
    report = dispatched(**{"category": category(POTHOLE), "location": near_border()} | values)
    forward(report, unit(to), by=operator)
    return report


def told(rows) -> list[tuple]:
    units = Unit.objects.in_bulk()
    return [(units[row.unit].code, units[row.to_unit].code, row.number) for row in rows]


def test_hand_overs_near_a_border_are_counted_by_pair_and_category(operator, edition):
    place = locate(near_border())
    for _number in range(2):
        handed(operator)
    handed(operator, category=category("uszkodzony-chodnik"), to="zzm")
    found = find_misroutes(edition)
    pair = tuple(sorted([place.district.code, place.neighbour.code]))
    assert {row.pair for row in found.rows} == {pair}
    assert told(found.rows)[0] == ("zdit", "wgk", 2)
    assert found.number == 3
    assert len(found.points[pair]) == 3
    only = find_misroutes(edition, category=category(POTHOLE).pk)
    assert told(only.rows) == [("zdit", "wgk", 2)]
    assert border_lines(edition, [pair])[pair].startswith('{"type":')


def test_far_from_borders_a_hand_over_tells_nothing_of_them(operator, edition, monkeypatch):
    monkeypatch.setattr(misroutes, "NEAR_METRES", 20)
    handed(operator, location=CITY_HALL)
    assert locate(CITY_HALL).metres_to_border > 20
    assert find_misroutes(edition).rows == []


def test_what_goes_through_the_operator_counts_from_the_unit_before(operator, edition):
    report = handed(operator, to="lckzm")
    assert find_misroutes(edition).rows == []
    forward(report, unit("wgk"), by=operator)
    assert told(find_misroutes(edition).rows) == [("zdit", "wgk", 1)]


def test_another_category_or_new_boundaries_are_no_hand_over(operator, edition):
    report = dispatched(category=category(POTHOLE), location=near_border())
    correct_category(report, category("uszkodzony-chodnik"), by=operator)
    last = report.assignments.last()
    Assignment.objects.create(
        report=report,
        unit=unit("zzm"),
        mode="automatic",
        district=last.district,
        edition=last.edition,
        at=timezone.now(),
    )
    assert find_misroutes(edition).rows == []


def test_what_is_older_than_a_year_does_not_count(operator, edition):
    report = handed(operator)
    long_ago = timezone.now() - timedelta(days=366)
    Assignment.objects.filter(pk=report.assignments.last().pk).update(at=long_ago)
    assert find_misroutes(edition).rows == []


def test_places_that_nobody_may_see_are_counted_and_not_drawn(operator, edition):
    report = handed(operator)
    type(report).objects.filter(pk=report.pk).update(is_hidden=True)
    found = find_misroutes(edition)
    assert (found.number, found.points) == (1, {})


def test_only_the_newest_are_looked_at(operator, edition, monkeypatch):
    monkeypatch.setattr(misroutes, "MOST", 2)
    for _number in range(2):
        handed(operator)
    assert (find_misroutes(edition).number, find_misroutes(edition).is_cut) == (2, True)
    handed(operator)
    assert find_misroutes(edition).number == 2


def test_borders_of_another_layer_are_asked_too(operator):
    edition = approved("m1", {"a": square(0), "b": square(1)})
    activate_edition(edition, by=gis("gis"))
    handed(operator, location=inside(0.9))
    handed(operator, location=inside(0.9), to="lckzm")
    assert [row.pair for row in find_misroutes(edition).rows] == [("a", "b")]


def test_hand_overs_and_borders_are_found_by_their_indexes(operator, edition):
    handed(operator)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN " + HANDOVERS, parameters_of(edition))
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "assignment_by_hand" in plan
    assert "districts_border_segment" in plan
