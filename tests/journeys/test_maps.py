"""Maps of many reports: nothing lies over anything, the city fills a phone, a popup asks once."""

import random

import pytest
from django.contrib.gis.geos import Point
from playwright.sync_api import Page, Route, expect

from tests.factories import CITY_HALL, submitted
from tests.journeys.conftest import SIZES

# Boxes of elements on the screen, those of names without the hidden ones.
BOXES = """(selector) => [...document.querySelectorAll(selector)]
  .filter((one) => getComputedStyle(one).visibility !== "hidden")
  .map((one) => one.getBoundingClientRect())
  .map(({left, top, right, bottom}) => ({left, top, right, bottom}))"""
NAMES, MARKS, CONTROLS = ".district-label span", ".mark-icon > *", ".leaflet-control"


@pytest.fixture
def reports(committed) -> None:
    """Reports all over the city, many of them near its middle, and 23 at one place."""
    chance = random.Random(7)
    for _number in range(60):
        at = CITY_HALL.x + chance.gauss(0, 0.03), CITY_HALL.y + chance.gauss(0, 0.02)
        submitted(location=Point(*at, srid=4326))
    for _number in range(23):
        submitted(location=Point(19.56, 51.80, srid=4326))


@pytest.fixture
def page(visit, reports, screen) -> Page:
    return drawn(visit("/mapa/", reduced_motion="reduce", size=screen))


def drawn(page: Page) -> Page:
    page.locator(".mark-icon").first.wait_for()
    settled(page)
    return page


def settled(page: Page) -> None:
    """Wait until the map has stopped: what stands on it is where it was two frames ago."""
    page.wait_for_function(
        """() => new Promise((done) => {
          const look = () => [...document.querySelectorAll(".mark-icon, .district-label span")]
            .map((one) => JSON.stringify(one.getBoundingClientRect()) + one.className).join();
          const before = look();
          requestAnimationFrame(() => requestAnimationFrame(() => done(look() === before)));
        })"""
    )


def boxes(page: Page, selector: str) -> list[dict]:
    return page.evaluate(BOXES, selector)


def touching(one: dict, other: dict) -> bool:
    return (
        one["left"] < other["right"]
        and other["left"] < one["right"]
        and one["top"] < other["bottom"]
        and other["top"] < one["bottom"]
    )


def middle(box: dict) -> complex:
    return complex((box["left"] + box["right"]) / 2, (box["top"] + box["bottom"]) / 2)


def zoomed(page: Page) -> Page:
    page.get_by_role("button", name="Przybliż", exact=True).click()
    settled(page)
    return page


def test_no_mark_lies_over_another_one(page):
    for _zoom in range(3):
        places = [middle(box) for box in boxes(page, ".mark-icon")]
        pairs = [(a, b) for place, a in enumerate(places) for b in places[place + 1 :]]
        assert pairs
        # Half a pixel is lost by rounding.
        assert min(abs(a - b) for a, b in pairs) >= 43
        zoomed(page)


def test_no_name_is_cut_or_covered(page):
    for _zoom in range(3):
        (whole,) = boxes(page, "[data-city-map]")
        names = boxes(page, NAMES)
        assert names
        for place, name in enumerate(names):
            assert whole["left"] <= name["left"]
            assert name["right"] <= whole["right"]
            assert whole["top"] <= name["top"]
            assert name["bottom"] <= whole["bottom"]
            others = boxes(page, MARKS) + boxes(page, CONTROLS) + names[place + 1 :]
            assert not [other for other in others if touching(name, other)]
        zoomed(page)


def test_the_city_fills_the_map_of_a_phone(visit, reports):
    for path in ("/", "/mapa/"):
        page = drawn(visit(path, reduced_motion="reduce", size=SIZES["phone"]))
        (whole,) = boxes(page, "[data-city-map]")
        city = boxes(page, "path.district")
        wide = max(box["right"] for box in city) - min(box["left"] for box in city)
        high = max(box["bottom"] for box in city) - min(box["top"] for box in city)
        assert wide / (whole["right"] - whole["left"]) > 0.9
        assert high / (whole["bottom"] - whole["top"]) > 0.9


def test_the_legend_stands_below_the_map_and_is_whole(page):
    (whole,), marks = boxes(page, "[data-city-map]"), boxes(page, ".legend li")
    assert len(marks) == 5
    assert all(whole["left"] <= mark["left"] and mark["right"] <= whole["right"] for mark in marks)
    assert all(mark["top"] >= whole["bottom"] for mark in marks)


def test_the_popup_of_a_cluster_asks_for_no_more_of_its_reports(visit, reports):
    page = drawn(visit("/mapa/", reduced_motion="reduce", size=SIZES["desktop"]))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    cluster = page.get_by_role("button", name="Liczba zgłoszeń w tej okolicy: 23 (")
    # A press leads as near as the map gets, since all 23 are at one place.
    cluster.press("Enter")
    expect(cluster).to_have_count(0)
    settled(page)
    page.locator(".mark-icon", has=page.locator(".cluster")).press("Enter")
    expect(page.locator(".report-popup article")).to_have_count(23)
    assert not [url for url in asked if "references=" in url]
    expect(page.locator(".report-popup [data-slot=place]").first).to_contain_text("osiedle")


def test_a_form_that_was_open_draws_the_boundaries_that_came_into_force(visit):
    page = visit(
        "about:blank",
        geolocation={"latitude": CITY_HALL.y, "longitude": CITY_HALL.x},
        permissions=["geolocation"],
    )
    answers = iter(["2020-01"])

    def older_at_first(route: Route) -> None:
        answer = route.fetch()
        drawn = answer.json()
        if edition := next(answers, None):
            drawn |= {"edition": edition, "features": drawn["features"][:1]}
        route.fulfill(response=answer, json=drawn)

    page.route("**/api/v1/districts/", older_at_first)
    page.goto("/zgloszenia/nowe/")
    expect(page.locator("path.district")).to_have_count(1)
    page.locator("[data-here]").click()
    expect(page.locator("path.district")).to_have_count(36)
    expect(page.locator("path.district.is-selected")).to_have_count(1)
    expect(page.locator(".district-label")).to_have_count(36)


def test_the_form_asks_for_the_boundaries_once_and_before_its_scripts(visit):
    page = visit("about:blank")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/zgloszenia/nowe/")
    page.locator("[data-pin-ready]").wait_for()
    [boundaries] = [place for place, url in enumerate(asked) if url.endswith("/v1/districts/")]
    [script] = [place for place, url in enumerate(asked) if "/js/pages/new." in url]
    assert boundaries < script
