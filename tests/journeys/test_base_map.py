"""Streets under the pin, from an OpenStreetMap extract to the picture; and a map without them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.gis.geos import Point
from playwright.sync_api import Page, Route, expect

from districts.importing_places import import_places
from districts.models import Address, Crossing, NamedPlace, StreetLine
from maps.basemap.archive import Archive
from maps.basemap.installing import path_of
from tests.factories import submitted
from tests.journeys.conftest import SIZES
from tests.maps.basemap.town import CENTRE, write_town

FORM = "/zgloszenia/nowe/"
# What a token is as a browser paints it: rgb(…).
TOKEN = """(name) => {
  const probe = document.createElement("i");
  probe.style.color = `var(--base-${name})`;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}"""
# How many pixels of the map's tiles have each colour.
COLOURS = """() => {
  const count = {};
  for (const canvas of document.querySelectorAll("canvas.leaflet-tile-loaded")) {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    for (let at = 0; at < data.length; at += 4) {
      const colour = `rgb(${data[at]}, ${data[at + 1]}, ${data[at + 2]})`;
      count[colour] = (count[colour] ?? 0) + 1;
    }
  }
  return count;
}"""
FAILED = "Ulice się nie wczytały. Mapa działa dalej, pokazuje osiedla."
AT_CENTRE = {
    "geolocation": {"longitude": CENTRE[0], "latitude": CENTRE[1]},
    "permissions": ["geolocation"],
    "reduced_motion": "reduce",
}


def at_centre(page: Page) -> Page:
    """The pin stands on Piotrkowska / Nawrot, and the streets around it are drawn."""
    page.locator("[data-here]").click()
    page.locator("[data-laid]").wait_for()
    drawn(page, "road")
    return page


def drawn(page: Page, token: str) -> None:
    """Wait until the tiles have this colour."""
    colour = page.evaluate(TOKEN, token)
    page.wait_for_function(f"(colour) => ({COLOURS})()[colour] > 50", arg=colour)


def zoomed(page: Page, button: str) -> Page:
    page.get_by_role("button", name=button, exact=True).click()
    return page


def test_the_extract_is_seen_as_streets_houses_water_and_green(visit, town_in_force):
    page = at_centre(visit(FORM, size=SIZES["desktop"], **AT_CENTRE))
    for token in ("earth", "building"):
        drawn(page, token)
    zoomed(zoomed(page, "Oddal"), "Oddal")
    for token in ("green", "water", "road"):
        drawn(page, token)


def test_it_is_asked_for_only_once_a_pin_can_be_set_and_nobody_else_is_asked(visit, town_in_force):
    page = visit("about:blank", **AT_CENTRE)
    asked: list[tuple[str, bool]] = []
    page.on("request", lambda request: asked.append((request.url, pin_can_be_set(page))))
    page.goto(FORM)
    at_centre(page)
    parts = [ready for url, ready in asked if "base-map" in url or ".pmtiles" in url]
    assert len(parts) >= 2
    assert all(parts)
    origin = re.match(r"https?://[^/]+", page.url)[0]
    assert [url for url, _ready in asked if not url.startswith((origin, "data:"))] == []


def pin_can_be_set(page: Page) -> bool:
    return page.locator("[data-pin-ready]").count() > 0


def test_it_follows_the_colours_of_the_device(visit, town_in_force):
    page = at_centre(visit(FORM, color_scheme="light", **AT_CENTRE))
    light = page.evaluate(TOKEN, "earth")
    page.emulate_media(color_scheme="dark")
    drawn(page, "earth")
    assert page.evaluate(TOKEN, "earth") != light
    assert light not in page.evaluate(COLOURS)


@pytest.mark.parametrize("path", ["/", "/mapa/", FORM])
def test_every_map_lies_on_it_and_names_its_source(visit, town_in_force, path):
    page = visit(path, reduced_motion="reduce")
    page.locator("[data-laid]").first.wait_for()
    drawn(page, "earth")
    expect(page.locator(".city-map.has-tiles").first).to_be_visible()
    credit = page.locator(".leaflet-control-attribution").first
    expect(credit).to_contain_text("© OpenStreetMap contributors")
    expect(credit.get_by_role("link")).to_have_attribute(
        "href", "https://www.openstreetmap.org/copyright"
    )


def test_the_credit_leaves_the_buttons_of_a_phone_free(visit, town_in_force):
    page = at_centre(visit(FORM, size=SIZES["phone"], **AT_CENTRE))
    zoomed(page, "Oddal")
    drawn(page, "building")


def begin_of_tiles(path: Path) -> int:
    with path.open("rb") as file:
        return Archive(file).header.tiles.offset


DAMAGES = {
    "foreign": lambda path: path.write_bytes(b"no tiles" * 5000),
    "gone": lambda path: path.unlink(),
    # The header and the list of tiles are right, and none of the tiles.
    "damaged": lambda path: path.write_bytes(
        path.read_bytes()[: begin_of_tiles(path)].ljust(path.stat().st_size, b"\7")
    ),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_map_works_without_its_streets_and_says_so_once(visit, town_in_force, damage):
    page = visit("about:blank", **AT_CENTRE)

    def damage_and_go_on(route: Route) -> None:
        damage(path_of(town_in_force))
        route.continue_()

    # The page was told that it is there; then it went, or was damaged on the disk.
    page.route("**/build/js/extra/base-map*", damage_and_go_on)
    page.goto(FORM)
    page.locator("[data-here]").click()
    expect(page.locator(".pin-icon")).to_be_visible()
    expect(page.get_by_text(FAILED)).to_be_visible()
    expect(page.locator("path.district.is-selected")).to_have_count(1)
    expect(page.get_by_text(FAILED)).to_have_count(1)


def test_the_public_map_shows_its_reports_although_its_streets_are_damaged(visit, town_in_force):
    report = submitted()
    DAMAGES["damaged"](path_of(town_in_force))
    page = visit("/mapa/", reduced_motion="reduce")
    expect(page.get_by_text(FAILED)).to_be_visible()
    page.locator(".mark-icon").press("Enter")
    expect(page.locator(".report-popup")).to_contain_text(report.category.name)
    expect(page.locator(".report-list li")).to_have_count(1)


def test_without_a_base_map_nothing_of_it_is_asked_for(visit):
    page = visit("about:blank", **AT_CENTRE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(FORM)
    page.locator("[data-laid]").wait_for()
    assert [url for url in asked if "base-map" in url or "pmtiles" in url] == []
    expect(page.locator(".has-tiles")).to_have_count(0)


@pytest.fixture
def known_streets(town_in_force, tmp_path) -> Iterator[None]:
    """The gazetteer has the town's streets, as bin/basemap brings them."""
    import_places(write_town(tmp_path / "town.osm.pbf"), accept_fewer=True)
    yield
    for model in (StreetLine, Crossing, NamedPlace):
        model.objects.all().delete()


def searched(page: Page, text: str) -> Page:
    page.locator("[data-laid]").wait_for()
    page.locator("input[name=place]").fill(text)
    page.locator("[data-find]").click()
    return page


def test_an_address_of_which_only_the_street_is_known_puts_the_map_on_that_street(
    visit, known_streets
):
    page = searched(visit(FORM, size=SIZES["desktop"], reduced_motion="reduce"), "Nawrot 10")
    expect(page.locator("[data-address-said]")).to_contain_text("nie dokładne miejsce")
    expect(page.locator(".city-map.is-close")).to_be_visible()
    drawn(page, "building")
    expect(page.locator(".pin-icon")).to_have_count(0)


def test_a_crossing_can_be_searched_and_gets_the_pin(visit, known_streets):
    page = searched(visit(FORM, reduced_motion="reduce"), "Piotrkowska / Nawrot")
    expect(page.locator(".pin-icon")).to_be_visible()
    assert float(page.locator("[name=lon]").input_value()) == pytest.approx(CENTRE[0], abs=1e-5)
    assert float(page.locator("[name=lat]").input_value()) == pytest.approx(CENTRE[1], abs=1e-5)


@pytest.fixture
def two_houses(committed) -> Iterator[None]:
    rows = [
        Address(
            street="Zmyślona",
            number=number,
            street_key="zmyslona",
            number_key=number.lower(),
            district_code="katedralna",
            location=Point(CENTRE[0] + east, CENTRE[1], srid=4326),
        )
        for number, east in (("7A", -0.0005), ("9", 0.0005))
    ]
    Address.objects.bulk_create(rows)
    yield
    Address.objects.filter(street="Zmyślona").delete()


def test_without_a_base_map_the_houses_that_are_known_have_their_numbers(visit, two_houses):
    page = visit(FORM, size=SIZES["desktop"], **AT_CENTRE)
    expect(page.locator(".house-number")).to_have_count(0)
    page.locator("[data-here]").click()
    for words in ("7A", "9"):
        number = page.locator(".house-number").get_by_text(words, exact=True)
        expect(number.first).to_be_visible()
    expect(page.locator(".street-name").get_by_text("Zmyślona").first).to_be_visible()
    credit = page.locator(".leaflet-control-attribution")
    expect(credit).to_contain_text("© OpenStreetMap contributors")
    for _step in range(3):
        zoomed(page, "Oddal")
    expect(page.locator(".house-number")).to_have_count(0)
