"""Where a place says something of a person, the public sees it only roughly, however it asks."""

import pytest
from django.contrib.gis.geos import GEOSGeometry, Point
from django.urls import reverse

from reports.handling.correcting import correct_category, correct_place
from reports.models import Report
from reports.placing import GivenPlace
from reports.public import find_public
from tests.factories import CITY_HALL, category, submitted

pytestmark = pytest.mark.django_db
NOISE, ROUNDED = "zaklocanie-porzadku", (19.455, 51.765)


@pytest.fixture
def noise() -> Report:
    return Report.objects.get(pk=submitted(category=category(NOISE)).pk)


def test_staff_see_where_it_is(noise):
    assert noise.location.coords == CITY_HALL.coords
    assert "Piotrkowska" in noise.place_in_words


def test_the_public_sees_a_knot_of_a_net_and_the_district(noise, client):
    public = find_public(noise.reference)
    assert public.location.coords == pytest.approx(ROUNDED)
    assert public.place_in_words == "osiedle Katedralna"
    page = client.get(noise.get_absolute_url()).content.decode()
    assert "Piotrkowska 10" not in page
    assert "19.4571" not in page
    assert "tylko w przybliżeniu" in page


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/reports/",
        "/api/v1/reports/?references={reference}",
        "/api/v1/reports/{reference}/",
        "/mapa/dane/?bbox=19.3,51.6,19.7,51.9&zoom=12",
        "/mapa/dane/?bbox=19.3,51.6,19.7,51.9&zoom=19",
        "/mapa/",
        "/",
        "/status/{reference}/ja-tez/",
        "/zgloszenia/{reference}/potwierdzenie/",
    ],
)
def test_no_door_says_more(noise, client, address):
    text = client.get(address.format(reference=noise.reference)).content.decode()
    assert noise.reference in text
    assert not [said for said in ("Piotrkowska 10", "19.457", "51.7652") if said in text]


def test_a_small_box_around_the_true_place_does_not_find_it(noise, client):
    box = {"bbox": "19.4565,51.7645,19.4575,51.7655"}
    assert client.get("/api/v1/reports/", box).json()["features"] == []
    assert client.get("/mapa/dane/", box | {"zoom": 19}).json()["total"] == 0


def test_whoever_asks_what_is_near_does_not_hear_of_it(noise, client):
    near = {"lat": 51.7652, "lon": 19.4571, "category": NOISE}
    assert client.get(reverse("api:similar"), near).json()["features"] == []
    page = client.get(reverse("pages:near"), {"place": "51.7652, 19.4571"}).content.decode()
    assert noise.reference not in page


def test_a_line_is_not_shown(client):
    line = "LINESTRING(19.4571 51.7652, 19.4572 51.7662)"
    report = submitted(category=category(NOISE), location=None, extent=GEOSGeometry(line, 4326))
    public = find_public(report.reference)
    assert (public.extent, public.touched) == (None, [])


def test_another_category_shows_the_place_again(noise, operator):
    correct_category(noise, category(), by=operator)
    assert find_public(noise.reference).location.coords == CITY_HALL.coords


def test_a_corrected_place_is_rounded_too(noise, operator):
    correct_place(noise, GivenPlace(location=Point(19.4612, 51.7701, srid=4326)), by=operator)
    assert find_public(noise.reference).location.coords == pytest.approx((19.46, 51.771))


def test_a_category_that_is_marked_later_has_its_reports_rounded():
    report, other = submitted(), submitted(category=category("graffiti"))
    pothole = category()
    pothole.is_place_rounded = True
    pothole.save()
    assert find_public(report.reference).is_rounded
    assert not find_public(other.reference).is_rounded
    pothole.is_place_rounded = False
    pothole.save()
    assert not find_public(report.reference).is_rounded
