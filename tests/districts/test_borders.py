"""Any point of the city has exactly one district, whichever function is asked."""

from functools import cache

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from districts.errors import OutsideCity
from districts.locating import locate, locate_many
from districts.models import District, Edition
from tests.depth import examples
from tests.districts.places import along, edges, point, vertices

pytestmark = pytest.mark.django_db
often = settings(
    max_examples=examples(150),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
# Degrees; 10⁻¹⁵ is less than a double can distinguish here, 10⁻⁷ is about a centimetre.
AWAY = st.sampled_from([0.0, 1e-15, 1e-14, 1e-12, 1e-10, 1e-8, 1e-7])
SIDE = st.sampled_from([-1, 1])
# Degrees: a point nearer than this lies on the edge, as far as a double can tell.
ROUNDING = 1e-9


@pytest.fixture
def shared():
    """Edges with a district on both sides."""
    return sorted((ends, codes) for ends, codes in edges().items() if len(codes) == 2)


@pytest.fixture
def limits():
    return sorted(ends for ends, codes in edges().items() if len(codes) == 1)


@pytest.fixture
def polygons() -> dict[str, shapely.Geometry]:
    """The districts as another library than the database's reads them."""
    rows = District.objects.filter(edition=Edition.objects.in_force())
    return {row.code: shapely.from_wkb(bytes(row.boundary.wkb)) for row in rows}


def one_answer(place) -> str:
    """The district of ``place``; both functions give the same."""
    code = locate(place).district.code
    assert locate_many([place]) == [code]
    return code


@often
@given(data=st.data(), share=st.floats(0, 1), away=AWAY, side=SIDE)
def test_a_point_on_or_beside_a_shared_edge_has_the_district_in_which_it_lies(
    shared, polygons, data, share, away, side
):
    (start, end), _codes = data.draw(st.sampled_from(shared))
    place = along(start, end, share, away * side)
    here = shapely.Point(place.coords)
    # Two on the edge itself, three at a corner, one beside it. None where the edge ends at the city
    # limit and the point lies beyond that.
    lies_in = {code for code, polygon in polygons.items() if polygon.distance(here) <= ROUNDING}
    if lies_in:
        assert one_answer(place) in lies_in
    else:
        assert locate_many([place]) == [None]
        with pytest.raises(OutsideCity):
            locate(place)


@cache
def vertices_in_order() -> list[tuple[tuple, set[str]]]:
    return sorted(vertices().items(), key=lambda vertex: vertex[0])


@often
@given(data=st.data())
def test_a_vertex_belongs_to_the_first_of_its_districts(data):
    vertex, codes = data.draw(st.sampled_from(vertices_in_order()))
    assert one_answer(point(*vertex)) == min(codes)


@often
@given(data=st.data(), share=st.floats(0, 1))
def test_beside_the_city_limit_one_side_is_in_and_one_is_out(limits, data, share):
    start, end = data.draw(st.sampled_from(limits))
    sides = [along(start, end, share, away) for away in (-1e-7, 1e-7)]
    for place, code in zip(sides, locate_many(sides), strict=True):
        if code is None:
            with pytest.raises(OutsideCity) as refusal:
                locate(place)
            assert refusal.value.metres_to_city < 0.05
        else:
            assert locate(place).district.code == code


def test_no_point_of_many_on_the_borders_falls_between_districts(shared):
    places = [
        along(start, end, share / 7, away)
        for (start, end), _codes in shared
        for share in range(8)
        for away in (0.0, 1e-15, -1e-15)
    ]
    assert None not in locate_many(places)
