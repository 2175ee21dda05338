"""A report with an extent, a stretch of street or an area: sent, routed, shown, moved."""

import html
import json
import re
from uuid import uuid4

import pytest
from django.contrib.gis.geos import GEOSGeometry, LineString
from django.urls import reverse

from reports.handling.correcting import correct_place
from reports.models import Report
from reports.placing import GivenPlace
from tests.factories import CITY_HALL, POTHOLE, dispatched, submitted

pytestmark = pytest.mark.django_db
STREET = {"type": "LineString", "coordinates": [[19.4571, 51.7652], [19.4571, 51.7670]]}
SQUARE = {
    "type": "Polygon",
    "coordinates": [
        [[19.457, 51.765], [19.458, 51.765], [19.458, 51.766], [19.457, 51.766], [19.457, 51.765]]
    ],
}


def send(client, **changes):
    values = {
        "submission_id": str(uuid4()),
        "category": POTHOLE,
        "description": "Cała ulica w dziurach.",
        "extent": STREET,
    }
    return client.post("/api/v1/reports/", values | changes, content_type="application/json")


@pytest.mark.parametrize("extent", [STREET, SQUARE])
def test_it_is_kept_with_its_districts(client, extent):
    answer = send(client, extent=extent)
    assert answer.status_code == 201
    report = Report.objects.get()
    assert json.loads(report.extent.geojson) == extent
    assert report.extent.distance(report.location) < 1e-9
    assert [(row.district.code, row.part) for row in report.touched.all()] == [("katedralna", 1.0)]
    shown = client.get(f"/api/v1/reports/{report.reference}/").json()
    assert shown["extent"] == extent
    page = client.get(report.get_absolute_url()).content.decode()
    assert "Obejmuje osiedla" in page
    assert "Katedralna (100%)" in page


@pytest.mark.parametrize(
    "extent",
    [
        {"type": "LineString", "coordinates": [[19.45, 51.76]]},
        {"type": "LineString", "coordinates": [[19.45, 51.76], [19.45, 51.76]]},
        {"type": "LineString", "coordinates": [[51.76, 19.45], [51.77, 19.45]]},
        {"type": "LineString", "coordinates": [[19.45, 51.76]] * 201},
        {"type": "Polygon", "coordinates": [[[19.45, 51.76], [19.46, 51.76], [19.46, 51.77]]]},
        {"type": "Polygon", "coordinates": [SQUARE["coordinates"][0], SQUARE["coordinates"][0]]},
        {"type": "Point", "coordinates": [19.45, 51.76]},
        {"type": "LineString", "coordinates": "x"},
        "LINESTRING(0 0, 1 1)",
        [],
    ],
)
def test_what_is_no_line_and_no_area_is_refused(client, extent):
    answer = send(client, extent=extent)
    assert answer.status_code == 400
    assert answer.json()["fields"]["extent"]


def test_too_long_is_refused_at_the_field(client):
    long = {"type": "LineString", "coordinates": [[19.40, 51.76], [19.44, 51.76]]}
    answer = send(client, extent=long)
    assert answer.status_code == 422
    assert "2 km" in answer.json()["fields"]["extent"][0]
    assert not Report.objects.exists()


def test_without_a_point_and_an_extent_nothing_is_taken(client):
    assert send(client, extent=None).status_code == 400
    values = {"submission_id": str(uuid4()), "category": POTHOLE, "description": "Dziura."}
    answer = client.post("/api/v1/reports/", values, content_type="application/json")
    assert answer.json()["fields"]["location"]


def test_the_form_takes_it_too(client):
    values = {
        "submission_id": str(uuid4()),
        "category": POTHOLE,
        "description": "Cała ulica w dziurach.",
        "extent": json.dumps(SQUARE),
    }
    assert client.post("/zgloszenia/nowe/", values).status_code == 303
    assert Report.objects.get().extent.geom_type == "Polygon"
    wrong = client.post("/zgloszenia/nowe/", values | {"extent": "{", "submission_id": uuid4()})
    assert wrong.status_code == 400
    assert "Narysuj je jeszcze raz" in wrong.content.decode()


def test_the_form_asks_before_sending(client):
    asked = {"extent": STREET, "category": POTHOLE}
    answer = client.post("/api/v1/locate/", asked, content_type="application/json").json()
    assert answer["districts"] == [{"code": "katedralna", "name": "Katedralna", "part": 1.0}]
    assert answer["unit"]["code"] == "zdit"
    assert 195 < answer["size"] < 205


def test_moving_it_to_a_point_leaves_no_line_behind(operator):
    report = dispatched(location=None, extent=cover_line())
    correct_place(report, GivenPlace(location=CITY_HALL), by=operator)
    report.refresh_from_db()
    assert report.extent is None
    assert not report.touched.exists()


def test_staff_see_which_districts(client, operator):
    report = dispatched(location=None, extent=cover_line())
    client.force_login(operator)
    page = client.get(reverse("panel:report", args=[report.reference])).content.decode()
    assert "Obejmuje osiedla" in page
    assert "data-extent" in page


def test_a_hidden_one_shows_no_line(client, operator):
    report = submitted(location=None, extent=cover_line())
    Report.objects.update(is_hidden=True)
    assert client.get(f"/api/v1/reports/{report.reference}/").json()["extent"] is None


def test_another_can_be_reported_here(client):
    report = submitted()
    receipt = client.get(reverse("reports:receipt", args=[report.reference])).content.decode()
    assert "/zgloszenia/nowe/?lat=51.765200&amp;lon=19.457100" in receipt
    form = client.get("/zgloszenia/nowe/?lat=51.765200&lon=19.457100").content.decode()
    assert 'value="51.765200"' in form
    for wrong in ("lat=x&lon=1", "lat=51", "lat=999&lon=999"):
        assert client.get(f"/zgloszenia/nowe/?{wrong}").status_code == 200


def link_to_another(client, report: Report, page: str = "receipt") -> str:
    text = client.get(reverse(f"reports:{page}", args=[report.reference])).content.decode()
    found = re.search(r'href="(/zgloszenia/nowe/\?[^"]+)"', text)
    assert found
    return html.unescape(found[1])


@pytest.mark.parametrize("page", ["receipt", "status"])
def test_another_reported_here_keeps_the_line(client, page):
    report = submitted(location=None, extent=cover_line())
    form = client.get(link_to_another(client, report, page)).context["form"]
    assert json.loads(form["extent"].value()) == STREET
    # The pin is the last corner, which the form lets one move.
    lon, lat = STREET["coordinates"][-1]
    assert (float(form["lat"].value()), float(form["lon"].value())) == (lat, lon)


def test_another_reported_here_keeps_the_area(client):
    report = submitted(location=None, extent=GEOSGeometry(json.dumps(SQUARE)))
    form = client.get(link_to_another(client, report)).context["form"]
    assert json.loads(form["extent"].value()) == SQUARE
    # The last corner of a ring is the one before it closes.
    lon, lat = SQUARE["coordinates"][0][-2]
    assert (float(form["lat"].value()), float(form["lon"].value())) == (lat, lon)


def test_the_line_of_a_hidden_report_is_not_given_away(client):
    report = submitted(location=None, extent=cover_line())
    link = link_to_another(client, report)
    Report.objects.update(is_hidden=True)
    assert not client.get(link).context["form"]["extent"].value()


@pytest.mark.parametrize("reference", ["", "x", "7K3M-94QX-3", "0000-0000-0"])
def test_a_link_to_no_report_opens_an_empty_form(client, reference):
    answer = client.get("/zgloszenia/nowe/", {"extent_of": reference})
    assert answer.status_code == 200
    assert not answer.context["form"]["extent"].value()


def cover_line():
    return LineString(*STREET["coordinates"], srid=4326)
