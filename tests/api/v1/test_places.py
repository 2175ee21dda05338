import pytest

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
    with django_assert_max_num_queries(4):
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
