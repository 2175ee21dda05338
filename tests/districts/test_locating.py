from datetime import timedelta

import pytest
from django.contrib.gis.geos import Point
from django.contrib.postgres.functions import TransactionNow
from django.db import connection
from django.utils import timezone

from districts.errors import NoEdition, OutsideCity
from districts.gazetteer import find_address
from districts.locating import locate, locate_many, locate_rows
from districts.models import OSIEDLA, Activation, Border, District, Edition
from tests.districts.places import (
    budget_points,
    corners,
    geocoded_addresses,
    needs_data,
    point,
    vertices,
)
from tests.factories import CITY_HALL, WARSAW, submitted

pytestmark = pytest.mark.django_db

# Where a label and the boundary disagree: place → district of the boundary, with the reason. The
# city's own labels disagreed for 1 of 908 proposals of earlier years; for the 480 of this year and
# for the addresses they agree.
BUDGET_EXCEPTIONS: dict[str, str] = {}
ADDRESS_EXCEPTIONS: dict[str, str] = {}


def wrongly_located(labelled):
    names = dict(
        District.objects.filter(edition=Edition.objects.in_force()).values_list("code", "name")
    )
    codes = locate_many([place for _id, _name, place in labelled])
    return {
        key: names.get(code)
        for (key, name, _place), code in zip(labelled, codes, strict=True)
        if names.get(code) != name
    }


def test_the_city_hall_lies_in_katedralna():
    placement = locate(CITY_HALL)
    assert placement.district.code == "katedralna"
    assert placement.district.borough == "Śródmieście"
    assert placement.edition == Edition.objects.in_force()
    assert placement.neighbour.edition == placement.edition


def test_every_label_point_lies_in_its_district():
    rows = District.objects.filter(edition=Edition.objects.in_force())
    assert [locate(row.label_point).district for row in rows] == list(rows)


@needs_data
def test_civic_budget_places_lie_where_the_city_says():
    places = budget_points()
    assert len(places) == 480
    assert wrongly_located(places) == BUDGET_EXCEPTIONS


@needs_data
def test_geocoded_addresses_lie_where_the_list_says():
    places = geocoded_addresses()
    assert len(places) == 638
    assert wrongly_located(places) == ADDRESS_EXCEPTIONS


def test_locating_takes_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        placement = locate(CITY_HALL)
        assert placement.district.name
        assert placement.neighbour.name
        assert placement.edition.code


def test_a_refusal_takes_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1), pytest.raises(OutsideCity):
        locate(WARSAW)


def test_many_points_take_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert locate_many([CITY_HALL, WARSAW, CITY_HALL]) == ["katedralna", None, "katedralna"]


def test_no_points_have_no_districts():
    assert locate_many([]) == []


def test_rows_of_a_table_are_located_by_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        rows = locate_rows("SELECT id, label_point AS place FROM districts_district")
    assert dict(rows) == dict(District.objects.values_list("id", "code"))


def test_outside_the_city_the_refusal_gives_the_distance_to_it():
    with pytest.raises(OutsideCity) as refusal:
        locate(WARSAW)
    assert refusal.value.metres_to_city == pytest.approx(geodesic(WARSAW, city()), rel=0.001)


@pytest.mark.parametrize("place", [(0, 0), (180, 90), (-180, -90), (19.4, -51.7), (13.9, 51.7)])
def test_far_away_the_refusal_gives_the_distance_too(place):
    with pytest.raises(OutsideCity) as refusal:
        locate(point(*place))
    assert refusal.value.metres_to_city > 100_000


def test_just_outside_is_outside():
    west = min(vertices())
    assert locate(point(*west)).neighbour is None
    with pytest.raises(OutsideCity) as refusal:
        locate(point(west[0] - 1e-7, west[1]))
    assert refusal.value.metres_to_city == pytest.approx(0.0069, abs=0.001)


def test_at_the_city_limit_there_is_no_neighbour():
    segment = Border.objects.filter(right=None).first()
    middle = segment.segment.interpolate_normalized(0.5)
    middle.transform(4326)
    placement = locate_near(middle)
    assert placement.neighbour is None
    assert placement.metres_to_border < 1


@pytest.mark.parametrize("offset", [(0.001, 0), (0.004, 0.002), (-0.01, 0.003)])
def test_metres_to_the_border_are_metres_on_the_ground(offset):
    """Against the geodesic distance to the district's own ring, to half a centimetre."""
    place = point(CITY_HALL.x + offset[0], CITY_HALL.y + offset[1])
    placement = locate(place)
    ring = District.objects.get(pk=placement.district.pk).boundary.boundary
    assert placement.metres_to_border == pytest.approx(geodesic(place, ring), abs=0.005)


def test_metres_stay_true_in_the_middle_of_the_largest_districts():
    for row in District.objects.filter(edition=Edition.objects.in_force()):
        placement = locate(row.label_point)
        measured = geodesic(row.label_point, row.boundary.boundary)
        assert placement.metres_to_border == pytest.approx(measured, abs=0.005), row.code


def test_the_neighbour_lies_across_the_border():
    for row in District.objects.filter(edition=Edition.objects.in_force()):
        placement = locate(row.label_point)
        if placement.neighbour:
            other = District.objects.get(pk=placement.neighbour.pk)
            assert row.boundary.touches(other.boundary)
            assert other.pk != row.pk


def test_a_corner_belongs_to_the_first_of_its_districts():
    assert len(corners()) > 30
    for vertex, codes in corners().items():
        placement = locate(point(*vertex))
        assert placement.district.code == min(codes)
        assert placement.metres_to_border < 0.01


@pytest.mark.parametrize(
    "place",
    [
        Point(srid=4326),
        Point(19.4, 51.7, 3, srid=4326),
        Point(19.4, 51.7),
        Point(19.4, 51.7, srid=2180),
        Point(float("nan"), 51.7, srid=4326),
        Point(19.4, float("inf"), srid=4326),
        Point(181, 51.7, srid=4326),
        Point(19.4, 91, srid=4326),
    ],
    ids=["empty", "3-D", "no CRS", "other CRS", "NaN", "infinite", "longitude", "latitude"],
)
def test_what_is_no_point_is_refused_before_the_database(place, django_assert_num_queries):
    with django_assert_num_queries(0):
        with pytest.raises(ValueError, match=r"point|finite"):
            locate(place)
        with pytest.raises(ValueError, match=r"point|finite"):
            locate_many([place])


def test_an_old_edition_still_answers():
    old = Edition.objects.in_force()
    new = copy_with_a_new_name(old)
    assert locate(CITY_HALL).district.name == "Nowa Katedralna"
    assert locate(CITY_HALL, edition=old).district.name == "Katedralna"
    assert locate_many([CITY_HALL], edition=old) == ["katedralna"]
    assert locate(CITY_HALL).edition == new


def test_an_edition_of_the_future_does_not_bind_yet():
    old = Edition.objects.in_force()
    coming = copy_with_a_new_name(old, days=1)
    report = submitted()
    assert (
        Edition.objects.in_force(),
        locate(CITY_HALL).edition,
        # The coming edition has one district only.
        len(set(locate_many([row.label_point for row in old.districts.all()]))),
        find_address("Piotrkowska 104").district.edition,
        report.district.edition,
        report.assignments.get().edition,
    ) == (old, old, 36, old, old, old)
    assert locate(CITY_HALL, edition=coming).district.name == "Nowa Katedralna"


def test_without_an_edition_in_force_locating_says_so():
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE districts_activation CASCADE")
    with pytest.raises(NoEdition):
        locate(CITY_HALL)


def copy_with_a_new_name(old: Edition, *, days: int = 0) -> Edition:
    """An edition in force from ``days`` from now, or at once, with one district and its border."""
    new = Edition.objects.create(code="nowe", source="", credit="")
    row = old.districts.get(code="katedralna")
    row.pk, row.edition, row.name = None, new, "Nowa Katedralna"
    row.save(force_insert=True)
    for border in Border.objects.filter(edition=old, left__code="katedralna"):
        Border.objects.create(edition=new, left=row, right=None, segment=border.segment)
    new.checked_at = new.approved_at = timezone.now()
    new.save()
    # Within the test's one transaction, "now" is the instant of its beginning.
    at = timezone.now() + timedelta(days=days) if days else TransactionNow()
    Activation.objects.create(layer_id=OSIEDLA, edition=new, at=at)
    return new


def locate_near(place):
    """The placement of the place or, where it fell outside by rounding, of one a metre away."""
    for step in (0, 1e-5, -1e-5):
        for shifted in (point(place.x + step, place.y), point(place.x, place.y + step)):
            if locate_many([shifted]) != [None]:
                return locate(shifted)
    raise AssertionError("no district around")


def city():
    """The city limit as a line."""
    from django.contrib.gis.db.models import Union

    rows = District.objects.filter(edition=Edition.objects.in_force())
    return rows.aggregate(all=Union("boundary"))["all"].boundary


def geodesic(place, line) -> float:
    """Metres on the ellipsoid to the nearest point of the line.

    The nearest point is looked for on the plane: for a line, PostGIS would look for it on a sphere,
    which is up to 4 cm off at a distance of a kilometre.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ST_Distance(place::geography, ST_Transform(ST_ClosestPoint("
            " ST_Transform(ST_Segmentize(line, 0.001), 2180), ST_Transform(place, 2180)"
            "), 4326)::geography)"
            " FROM (SELECT ST_GeomFromEWKB(%s) AS place, ST_GeomFromEWKB(%s) AS line) both_of_them",
            [bytes(place.ewkb), bytes(line.ewkb)],
        )
        return cursor.fetchone()[0]
