import gzip
import json

import pytest

from tests.districts.named import make_crossing, make_place

pytestmark = pytest.mark.django_db
DISTRICTS, ADDRESSES = "/api/v1/districts/", "/api/v1/addresses/"


def test_outlines_for_drawing_are_light(client):
    answer = client.get(DISTRICTS)
    assert answer["Content-Type"] == "application/geo+json"
    assert len(gzip.compress(answer.content)) < 35_000


def test_full_detail_is_given_on_request(client):
    drawn, full = (client.get(DISTRICTS, query) for query in ({}, {"detail": "full"}))
    assert len(full.content) > 2 * len(drawn.content)
    assert len(json.loads(full.content)["features"]) == 36


def test_an_unknown_detail_is_400(client):
    answer = client.get(DISTRICTS, {"detail": "some"})
    assert answer.status_code == 400
    assert answer.json()["fields"]["detail"]


def test_districts_may_be_kept_and_are_asked_for_whenever_they_are_drawn(client):
    first = client.get(DISTRICTS)
    assert set(first["Cache-Control"].split(", ")) == {"public", "no-cache"}
    again = client.get(DISTRICTS, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(DISTRICTS, headers={"if-none-match": '"2020-01:"'})
    assert other.status_code == 200


def test_districts_take_few_statements(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        client.get(DISTRICTS)


def test_addresses_have_the_promised_shape(client):
    row = client.get(ADDRESSES, {"q": "11 listopada 36"}).json()[0]
    assert set(row) == {"label", "street", "number", "district", "location"}
    assert row["location"] == {"type": "Point", "coordinates": [19.418147, 51.818395]}
    assert row["district"]["code"] == "radogoszcz"


def test_crossings_and_names_also_say_what_they_are_and_how_far_they_reach(client):
    make_crossing("Piotrkowska", "Nawrot")
    make_place("Park Źródliska", "green", reach=180)
    make_place("Manufaktura", "trade", reach=20)

    def first(query: str) -> dict:
        return client.get(ADDRESSES, {"q": query}).json()[0]

    crossing, park, mall = map(first, ("piotrkowska / naw", "park źródliska", "manufaktura"))
    assert (crossing["label"], crossing["kind"], crossing["reach"]) == (
        "Piotrkowska / Nawrot",
        "crossing",
        0,
    )
    assert (park["kind"], park["reach"]) == ("green", 180)
    # What is hardly larger than a point is a point.
    assert (mall["kind"], mall["reach"]) == ("trade", 0)
    assert all(row["district"]["code"] == "katedralna" for row in (crossing, park, mall))


@pytest.mark.parametrize("query", ["", "x", "%", "Nieistniejąca", "1" * 100])
def test_nothing_found_is_an_empty_list(client, query):
    answer = client.get(ADDRESSES, {"q": query})
    assert (answer.status_code, answer.json()) == (200, [])


def test_a_question_that_is_too_long_is_400(client):
    assert client.get(ADDRESSES, {"q": "a" * 121}).status_code == 400
