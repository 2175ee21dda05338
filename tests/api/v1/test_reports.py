import json
from base64 import b64encode
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.contrib.gis.geos import Point
from django.urls import reverse

from accounts.models import ConsentEntry
from outbox.models import Letter
from reports.handling.correcting import correct_place, forward
from reports.handling.moderation import set_visibility
from reports.handling.status import change_status
from reports.intake.following import follow
from reports.letters.mailboxes import confirm_mailbox
from reports.models import Report, Status
from reports.placing import GivenPlace
from reports.references import new_reference
from tests.factories import CITY_HALL, POTHOLE, dispatched, send_to_units, submitted
from units.models import Unit

pytestmark = pytest.mark.django_db
URL = "/api/v1/reports/"


def body(**changes):
    point = {"type": "Point", "coordinates": list(CITY_HALL.coords)}
    values = {
        "submission_id": str(uuid4()),
        "category": POTHOLE,
        "description": "Głęboka dziura przy przejściu.",
        "location": point,
    }
    return values | changes


def send(client, **changes):
    return client.post(URL, body(**changes), content_type="application/json")


def at(*coordinates, **members):
    return {"location": {"type": "Point", "coordinates": list(coordinates)} | members}


def test_a_report_is_accepted_with_its_receipt(client):
    answer = send(client)
    assert answer.status_code == 201
    receipt = answer.json()
    assert set(receipt) == {
        "reference",
        "status",
        "status_url",
        "unit",
        "district",
        "expected_by",
    }
    assert receipt["unit"]["code"] == "zdit"
    assert receipt["district"]["code"] == "katedralna"
    assert receipt["status_url"].endswith(f"/status/{receipt['reference']}/")


def test_a_repeat_gets_the_same_body_with_200_even_after_the_report_moved_on(client, operator):
    values = body()
    first = client.post(URL, values, content_type="application/json")
    report = Report.objects.get()
    correct_place(report, GivenPlace(location=Point(19.4687, 51.8449, srid=4326)), by=operator)
    forward(report, Unit.objects.get(code="wgk"), by=operator)
    send_to_units()
    change_status(report, Status.IN_PROGRESS, by=operator)
    again = client.post(URL, values, content_type="application/json")
    assert (again.status_code, again.json()) == (200, first.json())
    assert Report.objects.count() == 1


def test_sending_takes_at_most_sixteen_statements(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        assert send(client, email="a@example.org", consent=True).status_code == 201


def test_district_and_unit_are_not_the_clients_to_set(client):
    receipt = send(client, district="ruda", unit="wgk", status="resolved").json()
    assert receipt["district"]["code"] == "katedralna"
    assert receipt["unit"]["code"] == "zdit"


def test_outside_the_city_is_422_with_the_distance(client):
    answer = send(client, **at(21.0122, 52.2297))
    assert answer.status_code == 422
    assert answer.json()["code"] == "outside_city"
    assert answer.json()["metres_to_city"] > 100_000


@pytest.mark.parametrize(
    "location",
    [
        None,
        [],
        "POINT(19 51)",
        {},
        {"type": "Point"},
        {"type": "Point", "coordinates": []},
        {"type": "Point", "coordinates": [19.45]},
        {"type": "Point", "coordinates": [19.45, 51.76, 3]},
        {"type": "Point", "coordinates": ["19.45", "51.76"]},
        {"type": "Point", "coordinates": [True, 51.76]},
        {"type": "Point", "coordinates": [None, 51.76]},
        {"type": "Point", "coordinates": [[19.45, 51.76]]},
        {"type": "Point", "coordinates": [51.76, 19.45]},
        {"type": "Point", "coordinates": [181, 51]},
        {"type": "Point", "coordinates": [19, 91]},
        {"type": "Point", "coordinates": [19.45, 51.76], "crs": {"type": "name"}},
        {"type": "Point", "coordinates": [19.45, 51.76], "bbox": [1, 2, 3, 4]},
        {"type": "MultiPoint", "coordinates": [[19.45, 51.76]]},
        {"type": "GeometryCollection", "geometries": []},
        {"type": ["Point"], "coordinates": [19.45, 51.76]},
    ],
)
def test_what_is_not_a_point_is_400_by_its_field(client, location):
    answer = send(client, location=location)
    assert answer.status_code == 400
    assert answer.json()["fields"]["location"]


@pytest.mark.parametrize("number", ["1e999", "-1e999", "NaN", "Infinity", "-Infinity", "1e400"])
def test_numbers_without_end_are_400(client, number):
    text = json.dumps(body()).replace(str(CITY_HALL.x), number)
    assert client.post(URL, text, content_type="application/json").status_code == 400


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("submission_id", "not-a-uuid"),
        ("submission_id", None),
        ("category", "nie-ma-takiej"),
        ("category", {"a": 1}),
        ("category", "\0"),
        ("description", ""),
        ("description", "x" * 4001),
        ("description", "a\0b"),
        ("description", "\ud800bc"),
        ("description", {"a": "b"}),
        ("description", ["a"]),
        ("address", "x" * 201),
        ("email", "to nie adres"),
        ("email", "a@b\nBcc: c@d.pl"),
        ("consent", "może"),
        ("photos", "x"),
        ("photos", ["x"]),
        ("photos", [str(uuid4()) for _n in range(6)]),
        ("photos", [str(uuid4())]),
    ],
)
def test_a_wrong_field_is_400_by_its_name(client, field, value):
    answer = send(client, **{field: value})
    assert answer.status_code == 400, answer.content
    assert field in answer.json()["fields"]
    assert not Report.objects.exists()


def test_an_address_without_consent_is_400_at_consent(client):
    answer = send(client, email="maria@example.org")
    assert answer.status_code == 400
    assert answer.json()["fields"]["consent"]


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"[" * 100_000])
def test_what_is_not_a_json_object_is_400(client, raw):
    assert client.post(URL, raw, content_type="application/json").status_code == 400


def test_another_content_type_is_415(client):
    assert client.post(URL, "<a/>", content_type="text/xml").status_code == 415


def test_a_body_of_two_megabytes_is_413(client):
    answer = send(client, description="x" * 2_000_000)
    assert answer.status_code == 413


def test_the_list_is_geojson_of_what_may_be_shown(client, operator):
    shown, hidden = submitted(), submitted()
    set_visibility(hidden, is_hidden=True, by=operator, reason="obraźliwe")
    answer = client.get(URL, {"bbox": "19.4,51.7,19.5,51.8"}).json()
    assert answer["type"] == "FeatureCollection"
    (feature,) = answer["features"]
    assert feature["geometry"]["coordinates"] == list(CITY_HALL.coords)
    assert set(feature["properties"]) == {
        "reference",
        "category",
        "status",
        "created_at",
        "updated_at",
    }
    assert feature["properties"]["reference"] == shown.reference


def test_the_list_keeps_to_its_box(client):
    submitted()
    assert client.get(URL, {"bbox": "19.5,51.7,19.6,51.8"}).json()["features"] == []


def test_named_reports_come_at_once_with_their_places(client, operator, django_assert_num_queries):
    shown, other, hidden = [dispatched() for _number in range(3)]
    set_visibility(hidden, is_hidden=True, by=operator, reason="obraźliwe")
    spelled = shown.reference.lower().replace("-", " ")
    named = f"{spelled},{other.reference},{hidden.reference}"
    client.get(URL)
    with django_assert_num_queries(2):
        answer = client.get(URL, {"references": named}).json()
    places = {
        row["properties"]["reference"]: row["properties"]["place"] for row in answer["features"]
    }
    assert places == {row.reference: row.place_in_words for row in (shown, other)}


@pytest.mark.parametrize("references", ["", "7K3M", "7K3M-94QX-3", ",".join(["7K3M-94QX-2"] * 101)])
def test_numbers_that_are_none_are_400(client, references):
    answer = client.get(URL, {"references": references})
    assert answer.status_code == 400
    assert answer.json()["fields"]["references"]


@pytest.mark.parametrize("bbox", ["1", "a,b,c,d", "1,2,3,nan", "5,1,4,2", "1,2,3,1e9"])
def test_a_bad_box_is_400(client, bbox):
    answer = client.get(URL, {"bbox": bbox})
    assert answer.status_code == 400
    assert answer.json()["fields"]["bbox"]


def test_the_page_size_is_capped_whatever_is_asked(client):
    make_copies(submitted(), 1000)
    assert len(shown_on(client, limit="2")) == 2
    assert len(shown_on(client, limit="1000")) == 1000
    for limit in ("1001", "99999999999999999999"):
        assert len(shown_on(client, limit=limit)) == 1001
    for limit in ("", "0", "-1", "x"):
        assert len(shown_on(client, limit=limit)) == 500


def shown_on(client, **query) -> list[dict]:
    answer = client.get(URL, query)
    assert answer.status_code == 200
    return json.loads(answer.getvalue())["features"]


def make_copies(report: Report, number: int) -> None:
    values = {
        field.attname: getattr(report, field.attname)
        for field in Report._meta.concrete_fields
        if not field.primary_key
    }
    Report.objects.bulk_create(
        Report(**values | {"reference": new_reference(), "submission_id": uuid4()})
        for _number in range(number)
    )


def test_pages_follow_each_other(client):
    for _number in range(3):
        submitted()
    first = client.get(URL, {"limit": "2"}).json()
    second = client.get(first["next"]).json()
    assert len(second["features"]) == 1
    assert second["next"] is None


def test_the_list_takes_one_statement_beside_that_of_what_works_whatever_its_size(
    client, django_assert_num_queries
):
    for _number in range(5):
        submitted()
    with django_assert_num_queries(2):
        client.get(URL)


def test_one_report_is_shown_in_its_public_view(client):
    report = dispatched(email="maria@example.org", consent=True)
    answer = client.get(f"{URL}{report.reference}/")
    view = answer.json()
    assert view["status"] == "forwarded"
    assert [step["status"] for step in view["timeline"]] == ["received", "forwarded"]
    assert view["description"] is None
    assert b"maria" not in answer.content


def test_a_hidden_report_shows_its_status_and_nothing_else(client, operator):
    report = dispatched()
    set_visibility(report, is_hidden=True, by=operator, reason="obraźliwe")
    view = client.get(f"{URL}{report.reference}/").json()
    assert view["is_hidden"] is True
    assert view["status"] == "forwarded"
    assert view["location"] is view["category"] is view["description"] is view["unit"] is None


def test_a_mistyped_reference_is_400(client):
    right = new_reference()
    wrong = right[:-1] + ("0" if right[-1] != "0" else "1")
    answer = client.get(f"{URL}{wrong}/")
    assert (answer.status_code, answer.json()["code"]) == (400, "mistyped_reference")


def test_a_malformed_reference_is_400(client):
    answer = client.get(f"{URL}abc/")
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed_reference")


def test_an_unknown_reference_is_404(client):
    assert client.get(f"{URL}{new_reference()}/").status_code == 404


def test_the_schema_and_its_page_open(client):
    assert client.get(reverse("api:schema")).status_code == 200
    assert client.get(reverse("api:docs")).status_code == 200


@pytest.mark.parametrize("position", ["abc", "2026-13-45", "\0", "9" * 500])
def test_a_strange_cursor_is_refused_in_words(client, position):
    cursor = b64encode(f"p={quote(position)}".encode()).decode()
    assert client.get("/api/v1/reports/", {"cursor": cursor}).status_code == 400


def test_an_endless_number_is_no_coordinate(client):
    point = '{"type": "Point", "coordinates": [1' + "0" * 400 + ", 51.7]}"
    body = (
        f'{{"submission_id": "{uuid4()}", "category": "{POTHOLE}", "description": "Dziura.", '
        f'"location": {point}}}'
    )
    answer = client.post("/api/v1/reports/", body, content_type="application/json")
    assert answer.status_code == 400
    values = {"extent": point.replace("Point", "LineString"), "category": POTHOLE}
    assert client.post("/zgloszenia/nowe/", values).status_code == 400


def test_a_hidden_report_does_not_name_who_has_it(client, operator):
    report = dispatched()
    follow(report, follower="x" * 64, email="follower@example.org", consent=True)
    confirm_mailbox(ConsentEntry.hash_of("follower@example.org"))
    Letter.objects.all().delete()
    set_visibility(report, is_hidden=True, by=operator, reason="treść")
    answer = client.get(f"/api/v1/reports/{report.reference}/").json()
    assert {step["unit"] for step in answer["timeline"]} == {None}
    change_status(report, Status.RESOLVED, note="Zrobione.")
    assert not Letter.objects.filter(recipients=["follower@example.org"]).exists()


def test_a_refusal_is_in_the_language_of_each_sender(client):
    def words(language):
        headers = {"Accept-Language": language}
        answer = client.post(URL, body(description="x"), "application/json", headers=headers)
        return answer.json()["fields"]["description"][0]

    polish, english = words("pl"), words("en")
    assert polish != english
    assert (words("pl"), words("en")) == (polish, english)
