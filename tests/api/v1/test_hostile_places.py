"""Whatever numbers stand where coordinates belong, no address answers with a fault."""

import json
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from accounts.models import Role
from districts.covering import ExtentOutside
from districts.errors import OutsideCity
from districts.geojson import read_extent
from districts.locating import locate
from reports.models import Report
from reports.secret_link import key_of
from tests.depth import examples
from tests.districts.places import point
from tests.factories import CITY_HALL, POTHOLE, submitted
from tests.people import person

LON, LAT = CITY_HALL.coords
SMALL, HUGE = 5e-324, 1.7976931348623157e308
SPECIAL = [0.0, -0.0, SMALL, -SMALL, 2.2e-308, 1e-7, HUGE, -HUGE, 90.0, -90.0, 180.0, -180.0, 109.0]
SPECIAL += [float("nan"), float("inf"), float("-inf"), LON, LAT, LON + 3, LAT - 3]
# Around the city hall, so near that the arithmetic of geometry comes to its end.
NEAR = st.floats(-1e-3, 1e-3) | st.sampled_from([0.0, SMALL, -SMALL, 1e-15, -1e-15, 1e-9, 5e-8])
NUMBERS = st.sampled_from(SPECIAL) | st.floats() | st.integers(-(10**400), 10**400)
POSITIONS = (
    st.tuples(NUMBERS, NUMBERS)
    | st.tuples(st.floats(-180, 180), st.floats(-90, 90))
    | st.tuples(NEAR.map(lambda d: LON + d), NEAR.map(lambda d: LAT + d))
).map(list)
LINES = st.lists(POSITIONS, min_size=2, max_size=8)
RINGS = st.lists(POSITIONS, min_size=3, max_size=12).map(lambda ring: [[*ring, ring[0]]])
EXTENTS = st.one_of(
    LINES.map(lambda line: {"type": "LineString", "coordinates": line}),
    RINGS.map(lambda rings: {"type": "Polygon", "coordinates": rings}),
)
POINTS = POSITIONS.map(lambda position: {"type": "Point", "coordinates": position})
OUTSIDE_THE_PROJECTION = {"type": "LineString", "coordinates": [[109, 0], [110, 1]]}
DENORMAL = {"type": "Polygon", "coordinates": [[[0, 0], [SMALL, 0], [0, SMALL], [0, 0]]]}
POLE = {"type": "Polygon", "coordinates": [[[0, 90], [90, 90], [180, 90], [0, 90]]]}
THIN = {
    "type": "Polygon",
    "coordinates": [[[LON, LAT], [LON + 1e-15, LAT + 1e-3], [LON + 2e-15, LAT], [LON, LAT]]],
}

patient = hypothesis_settings(
    max_examples=examples(80), deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.fixture
def attacker(committed, settings) -> Client:
    settings.RATE_LIMITS_ENABLED = False
    return Client(raise_request_exception=False)


def post(client: Client, path: str, body: dict) -> int:
    answer = client.post(path, json.dumps(body), content_type="application/json")
    return answer.status_code


def report(**place) -> dict:
    words = {"category": POTHOLE, "description": "Dziura.", "submission_id": str(uuid4())}
    return words | place


def test_extents_never_break_the_api(attacker):
    @patient
    @given(EXTENTS)
    @example(OUTSIDE_THE_PROJECTION)
    @example(DENORMAL)
    @example(POLE)
    @example(THIN)
    def attack(extent):
        asked = {"extent": extent, "category": POTHOLE}
        assert post(attacker, "/api/v1/locate/", asked) < 500
        assert post(attacker, "/api/v1/reports/", report(extent=extent)) < 500

    attack()


def test_extents_never_break_the_form(attacker):
    @patient
    @given(EXTENTS)
    @example(OUTSIDE_THE_PROJECTION)
    @example(DENORMAL)
    @example(POLE)
    @example(THIN)
    def attack(extent):
        values = report(extent=json.dumps(extent))
        assert attacker.post("/zgloszenia/nowe/", values).status_code < 500

    attack()


def test_points_never_break_an_address_that_takes_them(attacker):
    person("olga", role=Role.OPERATOR)
    kept = submitted()
    staff = Client(raise_request_exception=False)
    staff.login(username="olga", password="correct horse battery")
    correction = f"/zgloszenia/{kept.reference}/moje/{key_of(kept.reference)}/poprawka/"
    place = f"/panel/zgloszenia/{kept.reference}/miejsce/"

    @patient
    @given(POINTS, st.sampled_from(["nan", "1e999", "-1", "5e-324", "30", 30, SMALL]))
    @example({"type": "Point", "coordinates": [0, 90]}, "nan")
    @example({"type": "Point", "coordinates": [SMALL, SMALL]}, "nan")
    def attack(location, accuracy):
        lon, lat = location["coordinates"]
        where = {"lat": repr(lat), "lon": repr(lon)}
        words = {"category": POTHOLE, "description": "Dziura."}
        version = Report.objects.get(pk=kept.pk).version
        corrected = {"place-version": version, "place-place": f"{lat!r}, {lon!r}"[:80]}
        statuses = [
            post(attacker, "/api/v1/reports/", report(location=location, accuracy=accuracy)),
            attacker.post("/zgloszenia/nowe/", report(accuracy=accuracy, **where)).status_code,
            attacker.get("/zgloszenia/nowe/", where).status_code,
            attacker.get("/api/v1/locate/", where | {"accuracy": accuracy}).status_code,
            attacker.get("/api/v1/similar/", where | {"category": POTHOLE}).status_code,
            attacker.post(correction, words | {"place": f"{lat!r}, {lon!r}"}).status_code,
            staff.post(place, corrected).status_code,
        ]
        assert max(statuses) < 500, statuses

    attack()


def test_boxes_never_break_the_list(attacker):
    @patient
    @given(st.lists(NUMBERS | st.floats(-180, 180), min_size=4, max_size=4))
    @example([-180.0, -90.0, 180.0, 90.0])
    @example([0.0, 0.0, 0.0, 0.0])
    def attack(numbers):
        for box in (numbers, sorted(numbers)):
            text = ",".join(f"{number:f}" if isinstance(number, float) else "1" for number in box)
            assert attacker.get("/api/v1/reports/", {"bbox": text}).status_code < 500

    attack()


def test_the_whole_world_as_a_box_shows_the_city(client, db):
    submitted()
    world = client.get("/api/v1/reports/", {"bbox": "-180,-90,180,90"}).json()
    nowhere = client.get("/api/v1/reports/", {"bbox": "100,10,110,20"}).json()
    assert (len(world["features"]), len(nowhere["features"])) == (1, 0)


@pytest.mark.parametrize("accuracy", ["nan", "inf", "-inf", "1e999", -1])
def test_an_accuracy_is_a_number_of_metres(client, db, accuracy):
    place = {"type": "Point", "coordinates": [LON, LAT]}
    body = report(location=place, accuracy=accuracy)
    answer = client.post("/api/v1/reports/", body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["fields"]["accuracy"]


@pytest.mark.parametrize("extent", [OUTSIDE_THE_PROJECTION, DENORMAL, POLE])
def test_what_lies_far_away_never_becomes_a_geometry(extent):
    with pytest.raises(ExtentOutside):
        read_extent(extent)


def test_far_points_are_refused_without_asking_the_database(django_assert_num_queries, db):
    with django_assert_num_queries(0), pytest.raises(OutsideCity) as refusal:
        locate(point(109, 0))
    assert refusal.value.metres_to_city == pytest.approx(10_350_000, rel=0.05)
