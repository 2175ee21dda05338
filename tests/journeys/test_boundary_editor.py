"""GIS staff edit a draft on the map: by hand, by keys, without a network, and two at once."""

import re
from collections import Counter
from dataclasses import replace

import pytest
import shapely
from django.core.management import call_command
from playwright.sync_api import Page, expect

from demo.boundaries import CODE, draft_boundaries
from districts.editions.drafting import change_draft, shapes_of
from districts.models import DraftChange, Edition
from tests.journeys.test_panel import log_in
from tests.people import person

ROOM = f"/panel/granice/wydania/{CODE}/edytor/"
DESKTOP = (1280, 800)
OWN, OTHER = "katedralna", "stary-widzew"
# Leaflet runs before the page's own scripts; its map tells where a place is on the screen.
TELL_MAP = """document.addEventListener("readystatechange", () => {
    window.L?.Map.addInitHook(function () { window.shownMap = this; });
}, { once: true });"""
WHERE = """([lng, lat]) => {
    const { x, y } = window.shownMap.latLngToContainerPoint([lat, lng]);
    return [x, y];
}"""


@pytest.fixture
def draft(committed) -> Edition:
    call_command("load_roles", verbosity=0)
    person("gis", role="gis")
    person("gis2", role="gis")
    return draft_boundaries()


@pytest.fixture
def page(draft, visit) -> Page:
    page = visit(ROOM, size=DESKTOP, reduced_motion="reduce")
    page.add_init_script(TELL_MAP)
    log_in(page, "gis")
    page.wait_for_url(re.compile("edytor"))
    is_ready(page)
    return page


def is_ready(page: Page) -> None:
    page.locator("[data-editor][data-ready]").wait_for()


def is_saved(page: Page) -> None:
    expect(page.locator("[data-editor]")).to_have_attribute("data-saving", "saved")


def said(page: Page, text: str) -> None:
    expect(page.locator("[data-said]")).to_contain_text(text)


def notice(page: Page):
    return page.locator("[data-notice]")


def boundaries(draft: Edition) -> dict[str, shapely.Geometry]:
    return {code: shapely.normalize(shape.boundary) for code, shape in shapes_of(draft).items()}


def corners(shape: shapely.Geometry) -> Counter:
    return Counter(map(tuple, shapely.get_coordinates(shape)))


def choose_shared(page: Page, *, own: str = OWN, other: str = "Stary Widzew") -> None:
    """Choose from the lists a vertex that these two districts share, and no third has."""
    page.locator("[data-district]").select_option(own)
    texts = page.locator("[data-vertices] option").all_inner_texts()
    shared = [place for place, text in enumerate(texts) if text.endswith(f"· {other}")]
    page.locator("[data-vertices]").select_option(index=shared[len(shared) // 2])


def chosen_place(page: Page) -> tuple[float, float]:
    lat, lng = page.locator("[data-place-field]").input_value().split(", ")
    return float(lng), float(lat)


def drag_chosen(page: Page, *, right: int) -> None:
    """By the mouse, so many pixels."""
    box = page.locator("[data-editor-map]").bounding_box()
    x, y = page.evaluate(WHERE, chosen_place(page))
    page.mouse.move(box["x"] + x, box["y"] + y)
    page.mouse.down()
    page.mouse.move(box["x"] + x + right / 2, box["y"] + y, steps=4)
    page.mouse.move(box["x"] + x + right, box["y"] + y, steps=4)
    page.mouse.up()


def test_a_shared_vertex_is_dragged_for_both_neighbours_and_taken_back(page: Page, draft: Edition):
    before = boundaries(draft)
    choose_shared(page)
    page.get_by_role("button", name="Przybliż").click()
    page.locator("[data-editor-map]").focus()
    page.keyboard.press("PageDown")
    was = chosen_place(page)
    drag_chosen(page, right=15)
    said(page, "Przesunięto wierzchołek")
    is_saved(page)
    after = boundaries(draft)
    assert {code for code in after if after[code] != before[code]} == {OWN, OTHER}
    [moved] = corners(after[OWN]) - corners(before[OWN])
    [gone] = corners(before[OWN]) - corners(after[OWN])
    assert gone == pytest.approx(was, abs=1e-6)
    assert moved[0] > gone[0]
    assert moved in corners(after[OTHER])
    assert draft.changes.last().details["drawn"] == "moved"
    page.get_by_role("button", name="Cofnij").click()
    said(page, "Cofnięto.")
    is_saved(page)
    assert boundaries(draft) == before


def test_by_keys_alone_a_vertex_is_moved_added_and_removed(page: Page, draft: Edition):
    before = boundaries(draft)
    choose_shared(page)
    page.locator("[data-vertices]").focus()
    page.keyboard.press("ArrowDown")
    was = chosen_place(page)
    page.get_by_role("button", name="Na wschód").focus()
    for _step in range(3):
        page.keyboard.press("ArrowRight")
    said(page, "Przesunięto wierzchołek")
    # Steps that follow each other are one change: three metres.
    is_saved(page)
    assert draft.changes.count() == 4
    assert chosen_place(page)[0] - was[0] == pytest.approx(3 / 68_900, rel=0.02)
    page.locator("[data-editor-map]").focus()
    page.keyboard.press("Insert")
    said(page, "Dodano wierzchołek")
    page.keyboard.press("Delete")
    said(page, "Usunięto wierzchołek")
    page.keyboard.press("PageUp")
    said(page, "Wspólny z:")
    for _act in range(3):
        page.keyboard.press("Control+z")
    is_saved(page)
    expect(page.locator("[data-redo-button]")).to_be_enabled()
    assert boundaries(draft) == before
    page.keyboard.press("Control+Shift+z")
    said(page, "Ponowiono.")
    is_saved(page)
    assert boundaries(draft) != before


def test_what_a_closed_tab_left_unsent_comes_back(page: Page, draft: Edition):
    before = boundaries(draft)
    choose_shared(page)
    page.route("**/edytor/zmiana/", lambda route: route.abort())
    page.locator("[data-place-field]").fill("51.7600, 19.4790")
    page.locator("[data-insert]").click()
    expect(page.locator("[data-state]")).to_contain_text("Niezapisane zmiany (1)")
    assert boundaries(draft) == before
    context = page.context
    page.close()
    back = context.new_page()
    back.goto(ROOM)
    is_ready(back)
    said(back, "Wróciły niezapisane zmiany: 1.")
    is_saved(back)
    after = boundaries(draft)
    assert {code for code in after if after[code] != before[code]} == {OWN, OTHER}


def test_one_tab_edits_at_a_time(page: Page):
    second = page.context.new_page()
    second.goto(ROOM)
    expect(notice(second)).to_contain_text("w innej karcie")
    expect(second.locator("[data-editor-room]")).to_have_js_property("inert", True)
    page.close()
    is_ready(second)
    expect(notice(second)).to_be_hidden()


@pytest.mark.parametrize(("theirs", "fits"), [("andrzejow", True), (OTHER, False)])
def test_who_draws_while_somebody_else_does_is_told_and_loses_nothing(
    page: Page, draft: Edition, theirs, fits
):
    shape = shapes_of(draft)[theirs]
    change_draft(
        draft,
        {theirs: replace(shape, name="Nowa nazwa")},
        by=person("gis3", role="gis"),
        word=DraftChange.Word.DRAWN,
    )
    changed = boundaries(draft)
    choose_shared(page)
    page.locator("[data-insert]").click()
    expect(notice(page)).to_contain_text("gis3")
    assert boundaries(draft) == changed
    page.get_by_role("button", name="Wczytaj aktualny szkic").click()
    page.locator("[data-notice-drop]").wait_for()
    expect(page.get_by_role("button", name="Dołóż moje zmiany")).to_be_visible(visible=fits)
    with page.expect_download() as download:
        page.get_by_role("button", name="Zapisz moje zmiany do pliku").click()
    assert download.value.suggested_filename == f"{CODE}.geojson"
    name = "Dołóż moje zmiany" if fits else "Porzuć moje zmiany"
    page.get_by_role("button", name=name).click()
    is_ready(page)
    is_saved(page)
    assert (boundaries(draft) != changed) is fits
    assert draft.districts.get(code=theirs).name == "Nowa nazwa"


def test_a_district_is_split_renamed_and_merged_from_the_lists(page: Page, draft: Edition):
    before = boundaries(draft)
    page.locator("[data-district]").select_option("nowosolna")
    page.get_by_text("Podziel linią").click()
    west, south, east, north = before["nowosolna"].bounds
    middle = (south + north) / 2
    for lng in (west - 0.01, east + 0.01):
        page.locator("[data-split-place]").fill(f"{middle:.5f}, {lng:.5f}")
        page.keyboard.press("Enter")
    expect(page.locator("[data-split-points]")).to_have_text("Punktów linii: 2.")
    page.get_by_label("Nazwa nowego obszaru").fill("Nowosolna Północ")
    expect(page.get_by_label("Oznaczenie nowego obszaru")).to_have_value("nowosolna-polnoc")
    page.locator("[data-split-form] [type=submit]").click()
    said(page, "Podzielono: Nowosolna i Nowosolna Północ.")
    is_saved(page)
    halves = boundaries(draft)
    whole = halves["nowosolna"].area + halves["nowosolna-polnoc"].area
    assert whole == pytest.approx(before["nowosolna"].area)
    page.get_by_text("Zmień nazwę", exact=True).click()
    page.locator("[data-name]").fill("Nowosolna Południe")
    page.get_by_role("button", name="Zapisz nazwę").click()
    said(page, "Nowa nazwa: Nowosolna Południe.")
    page.get_by_text("Połącz z sąsiadem", exact=True).click()
    page.locator("[data-neighbour]").select_option("nowosolna-polnoc")
    page.get_by_role("button", name="Połącz", exact=True).click()
    said(page, "Połączono")
    is_saved(page)
    after = boundaries(draft)
    assert after.keys() == before.keys()
    assert after["nowosolna"].area == pytest.approx(before["nowosolna"].area)
    assert draft.districts.get(code="nowosolna").name == "Nowosolna Południe"
