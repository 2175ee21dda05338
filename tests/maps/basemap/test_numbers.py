"""Numbers of houses in squares of the map, for maps without a base map."""

import orjson
import pytest
from django.urls import reverse

from districts.models import Address
from maps.basemap.checking import tile_over
from maps.basemap.numbers import ZOOM, addresses_in_square
from tests.factories import CITY_HALL

pytestmark = pytest.mark.django_db


def square(column: int, row: int) -> str:
    return reverse("maps:addresses", args=[column, row])


@pytest.fixture
def here() -> str:
    return square(*tile_over(CITY_HALL, ZOOM))


@pytest.fixture(autouse=True)
def house() -> Address:
    return Address.objects.create(
        street="Zmyślona",
        number="7A",
        street_key="zmyslona",
        number_key="7a",
        district_code="katedralna",
        location=CITY_HALL,
    )


def test_a_square_holds_the_addresses_that_lie_in_it(client, here):
    streets = client.get(here).json()["streets"]
    assert streets["Zmyślona"] == [["7A", 19.4571, 51.7652]]
    column, row = tile_over(CITY_HALL, ZOOM)
    assert "Zmyślona" not in client.get(square(column + 1, row)).json()["streets"]


def test_addresses_without_a_place_are_in_none(client, here, house):
    Address.objects.filter(pk=house.pk).update(location=None)
    assert "Zmyślona" not in client.get(here).json()["streets"]


def test_it_may_be_kept_and_says_whether_it_changed(client, here, house):
    first = client.get(here)
    assert first["Cache-Control"] == "public, max-age=3600"
    asked = {"If-None-Match": first["ETag"]}
    assert client.get(here, headers=asked).status_code == 304
    house.delete()
    assert client.get(here, headers=asked).status_code == 200


def test_one_query_and_a_bound_however_dense_a_square_is(
    rf, django_assert_num_queries, monkeypatch
):
    monkeypatch.setattr("maps.basemap.numbers._MOST", 1)
    with django_assert_num_queries(1):
        answer = addresses_in_square(rf.get("/"), *tile_over(CITY_HALL, ZOOM))
    assert sum(map(len, orjson.loads(answer.content)["streets"].values())) == 1


@pytest.mark.parametrize("place", [(2**16, 0), (0, 2**16), (2**70, 0)])
def test_a_square_that_does_not_exist_is_not_found(client, place):
    assert client.get(square(*place)).status_code == 404
