"""Whatever stands in the addresses of the map: an answer in words, never a fault."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maps.summary.tiling import MAX_ZOOM
from tests.depth import examples
from tests.factories import submitted

pytestmark = pytest.mark.django_db
NAMES = ["bbox", "zoom", "kategoria", "grupa", "status", "okres", "miesiac", "osiedle"]
numbers = st.one_of(
    st.integers(-(2**70), 2**70).map(str),
    st.floats().map(str),
    st.sampled_from(["", "nan", "inf", "1e999", "-0", "0x10", "½", "١", "180.0000001"]),
)
values = st.one_of(
    st.text(max_size=30),
    numbers,
    st.lists(numbers, min_size=1, max_size=6).map(",".join),
    st.sampled_from(["19.3,51.6,19.7,51.9", "dziura-w-jezdni", "czeka", "30-dni", "2026-09"]),
)
_settings = settings(
    max_examples=examples(60),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@_settings
@given(query=st.dictionaries(st.sampled_from(NAMES), values))
def test_any_view(client, query):
    answer = client.get("/mapa/dane/", query, headers={"accept": "application/json"})
    assert answer.status_code in (200, 400)
    assert answer.json()


@_settings
@given(place=st.lists(numbers.filter(bool), min_size=3, max_size=3), query=values)
def test_any_tile(client, place, query):
    answer = client.get(f"/tiles/reports/{'/'.join(place)}.mvt", {"osiedle": query})
    assert answer.status_code in (200, 204, 400, 404)


@_settings
@given(
    west=st.floats(-180, 180),
    south=st.floats(-90, 90),
    width=st.floats(0, 360),
    height=st.floats(0, 180),
    zoom=st.integers(0, 22),
)
def test_any_box_of_the_world_is_answered_with_bounded_work(
    client, west, south, width, height, zoom
):
    submitted()
    box = (west, south, min(west + width, 180), min(south + height, 90))
    query = {"bbox": ",".join(f"{one:.9f}" for one in box), "zoom": zoom}
    answer = client.get("/mapa/dane/", query)
    assert answer.status_code == 200
    assert len(answer.json()["clusters"]) <= 1_000


@pytest.mark.parametrize("zoom", [0, 7, MAX_ZOOM])
def test_tiles_at_the_edges_of_the_world_exist(client, zoom):
    last = 2**zoom - 1
    for x, y in ((0, 0), (last, 0), (0, last), (last, last)):
        assert client.get(f"/tiles/reports/{zoom}/{x}/{y}.mvt").status_code in (200, 204)
