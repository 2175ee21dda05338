from datetime import timedelta

import pytest
from django.utils import timezone

from districts.models import Activation
from tests.districts.editions.drafts import SIDE, SOUTH, WEST, approved, square
from tests.factories import CITY_HALL, POTHOLE
from tests.reports.test_sides import away_from_a_border

pytestmark = pytest.mark.django_db
URL = "/api/v1/locate/"
HERE = {"lat": str(CITY_HALL.y), "lon": str(CITY_HALL.x)}


def test_a_point_is_answered_with_its_district_and_border(client):
    answer = client.get(URL, HERE).json()
    assert answer["district"] == {
        "code": "katedralna",
        "name": "Katedralna",
        "borough": "Śródmieście",
    }
    assert answer["metres_to_border"] > 0
    assert answer["neighbour"]["code"] != "katedralna"
    assert (answer["unit"], answer["mode"]) == (None, None)


def test_near_a_border_it_says_the_question_and_both_sides(client):
    near = away_from_a_border(20)
    answer = client.get(URL, {"lat": near.y, "lon": near.x}).json()
    border = answer["border"]
    assert answer["asks_side"]
    assert border["question"].startswith("Granica osiedli biegnie tędy")
    codes = [answer["district"]["code"], answer["neighbour"]["code"]]
    assert [side["code"] for side in border["sides"]] == codes
    assert all(side["words"].endswith(f" – {side['name']}") for side in border["sides"])
    own, other = (side["bearing"] for side in border["sides"])
    assert (other - own) % 360 == pytest.approx(180, abs=1)
    assert border["location"]["type"] == "Point"


def test_away_from_a_border_there_is_no_question(client):
    far = away_from_a_border(200)
    answer = client.get(URL, {"lat": far.y, "lon": far.x}).json()
    assert (answer["asks_side"], answer["border"]) == (False, None)


def test_with_a_category_it_is_answered_with_the_unit(client):
    answer = client.get(URL, HERE | {"category": POTHOLE}).json()
    assert (answer["unit"]["code"], answer["mode"]) == ("zdit", "automatic")


def test_outside_the_city_is_422(client):
    answer = client.get(URL, {"lat": "52.2297", "lon": "21.0122"})
    assert answer.status_code == 422
    assert set(answer.json()) == {"code", "detail", "metres_to_city"}


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        (None, "19"),
        ("51", None),
        ("", "19"),
        ("nan", "19"),
        ("inf", "19"),
        ("1e999", "19"),
        ("51,76", "19"),
        ("1_0", "19"),
        ("91", "19"),
        ("51", "181"),
        ("٥١", "19"),
        ("51\0", "19"),
    ],
)
def test_bad_numbers_are_400(client, lat, lon):
    query = {name: value for name, value in (("lat", lat), ("lon", lon)) if value is not None}
    assert client.get(URL, query).status_code == 400


def test_an_unknown_category_is_400(client):
    answer = client.get(URL, HERE | {"category": "nie-ma"})
    assert answer.status_code == 400
    assert answer.json()["fields"]["category"]


def test_locating_takes_few_statements(client, django_assert_max_num_queries):
    # The first process that asks for metres reads the reference system once.
    client.get(URL, HERE)
    with django_assert_max_num_queries(5):
        client.get(URL, HERE | {"category": POTHOLE})


def test_categories_are_listed_with_their_limits(client):
    rows = client.get("/api/v1/categories/").json()
    assert len(rows) >= 25
    known = {"code", "name", "group", "working_days", "emergency", "kind", "advice", "questions"}
    assert set(rows[0]) == known


def test_districts_are_a_feature_collection_of_36(client):
    answer = client.get("/api/v1/districts/").json()
    assert answer["type"] == "FeatureCollection"
    assert len(answer["features"]) == 36
    assert set(answer["features"][0]["properties"]) == {"code", "name", "borough"}


def test_a_place_is_located_by_the_boundaries_of_another_day(client):
    asked = {"lat": "51.7652", "lon": "19.4571"}
    for at in ("2026-02-01", "2026-02-01T12:00", "2026-02-01T12:00:00Z"):
        assert client.get(URL, asked | {"at": at}).json()["district"]["code"] == "katedralna"
    early = client.get(URL, asked | {"at": "2019-12-31"})
    assert (early.status_code, early.json()["code"]) == (404, "no_edition")
    for wrong in ("kiedyś", "2026-02-31", "2026-13-01T00:00", "9999-12-31T23:59:59-23:59", "1"):
        answer = client.get(URL, asked | {"at": wrong})
        assert (answer.status_code, list(answer.json()["fields"])) == (400, ["at"])


def test_a_place_is_located_in_another_layer(client):
    edition = approved("one", {"a": square(0)})
    Activation.objects.create(layer=edition.layer, edition=edition, at=timezone.now())
    at = (timezone.now() + timedelta(seconds=1)).isoformat()
    inside = {
        "lat": str(SOUTH + SIDE / 2),
        "lon": str(WEST + SIDE / 2),
        "layer": "mowing",
        "at": at,
    }
    answer = client.get(URL, inside | {"category": POTHOLE}).json()
    assert (answer["district"]["code"], answer["edition"]) == ("a", "one")
    assert (answer["unit"], answer["asks_side"]) == (None, False)
    outside = client.get(URL, inside | {"lat": "51.80"})
    assert (outside.status_code, outside.json()["code"]) == (422, "outside_layer")
    unknown = client.get(URL, inside | {"layer": "nic"})
    assert (unknown.status_code, list(unknown.json()["fields"])) == (400, ["layer"])
