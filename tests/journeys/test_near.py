"""What changed near the reader: asked for by a press, and kept out of the address bar."""

import pytest
from django.contrib.gis.geos import Point
from playwright.sync_api import Page, expect

from tests.factories import CITY_HALL, submitted

FAR = Point(19.56, 51.80, srid=4326)


@pytest.fixture
def page(visit, committed) -> Page:
    submitted(location=CITY_HALL)
    submitted(location=FAR)
    return visit("/")


def test_a_reader_who_allows_their_position_sees_what_changed_there(page):
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": CITY_HALL.y, "longitude": CITY_HALL.x})
    found = page.locator("[data-near-found] .report-list > li")
    expect(found).to_have_count(2)
    page.get_by_role("button", name="Użyj mojego położenia").click()
    expect(page.get_by_text("W promieniu 500 m")).to_be_visible()
    expect(found).to_have_count(1)
    assert page.url.endswith("/")


def test_a_reader_who_does_not_is_led_to_the_field(page):
    page.get_by_role("button", name="Użyj mojego położenia").click()
    expect(page.get_by_text("Wpisz adres.")).to_be_visible()
    expect(page.get_by_label("Adres albo miejsce")).to_be_focused()


def test_all_ways_in_are_in_view_on_a_phone(visit, committed):
    page = visit("/", size=(390, 844))
    for way in page.locator(".way").all():
        expect(way).to_be_in_viewport(ratio=1)
