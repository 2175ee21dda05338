"""What is going on around an address: filter, share, follow, end it; with and without a pointer."""

import re
from email import message_from_bytes, policy

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from maps.following.models import Watch
from maps.following.sending import send_digests
from outbox.models import Letter
from reports.models import Report, Status
from tests.factories import category, submitted
from tests.journeys.conftest import SIZES


@pytest.fixture
def reports(committed) -> dict[str, Report]:
    done = submitted()
    Report.objects.filter(pk=done.pk).update(status=Status.RESOLVED)
    return {"open": submitted(category=category("graffiti")), "done": done}


@pytest.fixture
def page(visit, reports, screen) -> Page:
    opened = visit("/mapa/", size=screen, reduced_motion="reduce", locale="pl-PL")
    opened.locator(".mark-icon").first.wait_for()
    return opened


def open_filters(page: Page) -> None:
    page.locator("summary", has_text="Filtry").click()


def text_of(letter: Letter) -> str:
    found = message_from_bytes(bytes(letter.raw), policy=policy.default)
    return found.get_body(preferencelist=("plain",)).get_content()


def test_filters_change_map_list_and_address_without_a_new_page(page, reports):
    page.evaluate("window.isSamePage = true")
    expect(page.locator("[data-total]")).to_have_text("1 zgłoszenie")
    open_filters(page)
    page.get_by_label("załatwione").check()
    expect(page.locator("[data-total]")).to_have_text("2 zgłoszenia")
    expect(page).to_have_url(re.compile("status=zalatwione"))
    expect(page.locator(".mark-icon .cluster")).to_have_text("2")
    page.get_by_label("Kategoria").select_option("graffiti")
    expect(page.locator("[data-total]")).to_have_text("1 zgłoszenie")
    expect(page.locator("[data-map-address]")).to_have_value(re.compile("kategoria=graffiti"))
    page.go_back()
    expect(page.locator("[data-total]")).to_have_text("2 zgłoszenia")
    expect(page.get_by_label("Kategoria")).to_have_value("")
    assert page.evaluate("window.isSamePage")


def test_one_press_shows_what_ended_too(page):
    page.get_by_role("link", name="Pokaż wszystkie").click()
    expect(page.locator("[data-total]")).to_have_text("2 zgłoszenia")
    expect(page.locator(".mark-icon .cluster")).to_have_text("2")


def test_a_shared_address_shows_the_same(page, visit, reports):
    page.get_by_role("link", name="Pokaż wszystkie").click()
    expect(page.locator("[data-map-address]")).to_have_value(re.compile("okres=wszystkie"))
    address = page.locator("[data-map-address]").input_value()
    other = visit(address.removeprefix(settings.SITE_URL))
    expect(other.locator("[data-total]")).to_have_text("2 zgłoszenia")
    expect(other.locator(".mark-icon .cluster")).to_have_text("2")


def test_a_press_on_a_district_says_its_numbers(visit, reports):
    page = visit("/mapa/", size=SIZES["desktop"], reduced_motion="reduce")
    page.locator(".mark-icon").first.wait_for()
    box = page.locator("[data-city-map]").bounding_box()
    # The north of the city, where no mark is.
    page.mouse.click(box["x"] + box["width"] * 0.55, box["y"] + box["height"] * 0.15)
    popup = page.locator(".leaflet-popup article")
    expect(popup).to_contain_text("0 zgłoszeń")
    popup.get_by_role("link").click()
    expect(page).to_have_url(re.compile("osiedle="))
    expect(page.locator("[data-total]")).to_have_text("0 zgłoszeń")


def test_the_slider_goes_through_months(visit, reports):
    Report.objects.filter(pk=reports["done"].pk).update(created_at="2026-03-05T12:00:00Z")
    page = visit("/mapa/?okres=wszystkie", size=SIZES["phone"], reduced_motion="reduce")
    page.locator(".mark-icon").first.wait_for()
    open_filters(page)
    slider = page.get_by_label("Przesuń po miesiącach")
    slider.focus()
    page.keyboard.press("Home")
    expect(page.locator("[data-total]")).to_have_text("1 zgłoszenie")
    expect(page).to_have_url(re.compile("miesiac=2026-03"))
    expect(page.get_by_label("Miesiąc", exact=True)).to_have_value("2026-03")


def test_by_keyboard_alone_everything_is_reached_and_said(page):
    open_filters(page)
    page.get_by_label("załatwione").focus()
    page.keyboard.press("Space")
    cluster = page.get_by_role("button", name="Liczba zgłoszeń w tej okolicy: 2 (")
    expect(cluster).to_have_accessible_name(re.compile("czeka na jednostkę: 1, załatwione: 1"))
    cluster.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("bbox="))
    expect(page.locator("#list-title")).to_have_text("Lista z tej części mapy")
    assert page.locator(".report-list li").count() == 2


def test_districts_take_colours_by_number_and_the_address_keeps_them(page, visit, reports, screen):
    page.get_by_label("osiedla: ile zgłoszeń").check()
    expect(page).to_have_url(re.compile("pokaz=osiedla$"))
    expect(page.locator(".mark-icon")).to_have_count(0)
    expect(page.locator(".district[data-shade='5']")).to_have_count(1)
    expect(page.locator("[data-map-legend]")).to_contain_text("Zgłoszenia w osiedlu")
    number = page.get_by_role("button", name="Katedralna: 1 zgłoszenie (czeka na jednostkę: 1)")
    expect(number).to_have_text("1")
    number.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup a")).to_be_focused()
    page.keyboard.press("Escape")
    expect(number).to_be_focused()
    open_filters(page)
    page.get_by_label("załatwione").check()
    expect(number).to_have_count(0)
    expect(page.get_by_role("button", name="Katedralna: 2 zgłoszenia")).to_have_text("2")
    address = page.locator("[data-map-address]").input_value()
    assert "pokaz=osiedla" in address
    other = visit(address.removeprefix(settings.SITE_URL), size=screen)
    expect(other.locator(".district[data-shade='5']")).to_have_count(1)
    expect(other.locator(".mark-icon")).to_have_count(0)
    page.get_by_label("zgłoszenia", exact=True).check()
    expect(page.locator(".mark-icon .cluster")).to_have_text("2")
    expect(page.locator(".district[data-shade]")).to_have_count(0)


def test_filters_are_answered_also_when_the_map_moves_meanwhile(visit, reports):
    page = visit("/mapa/?pokaz=osiedla", size=SIZES["desktop"], reduced_motion="reduce")
    expect(page.get_by_role("button", name="Katedralna: 1 zgłoszenie")).to_be_visible()

    # The first answer never comes: the map's own question is asked in its place.
    page.route(re.compile("status=zalatwione$|status=zalatwione&pokaz"), lambda route: None)
    open_filters(page)
    page.get_by_label("załatwione").check()
    page.locator("[data-city-map]").focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("bbox="))
    expect(page.get_by_role("button", name="Katedralna: 2 zgłoszenia")).to_be_visible()
    expect(page.locator("[data-map-said]")).to_have_text("2 zgłoszenia")


def test_a_frame_of_others_shows_districts_in_colours(visit, reports):
    page = visit("/mapa/osadzona/?pokaz=osiedla", size=SIZES["desktop"])
    expect(page.locator(".district[data-shade='5']")).to_have_count(1)
    expect(page.get_by_role("button", name="Katedralna: 1 zgłoszenie")).to_be_visible()


def test_without_scripts_the_form_and_the_links_do_the_same(visit, reports):
    page = visit("/mapa/", java_script_enabled=False)
    open_filters(page)
    page.get_by_label("załatwione").check()
    page.get_by_role("button", name="Pokaż wybrane").click()
    expect(page.locator("[data-total]")).to_have_text("2 zgłoszenia")
    page.get_by_label("Adres albo miejsce").fill("51.7652, 19.4571")
    page.get_by_role("button", name="Pokaż", exact=True).click()
    expect(page.locator("#list-title")).to_have_text("Lista z tej części mapy")
    assert page.locator(".report-list li").count() == 2


def test_somebody_follows_a_circle_and_ends_it(visit, reports, screen):
    page = visit("/mapa/?bbox=19.45,51.76,19.47,51.77", size=screen, reduced_motion="reduce")
    page.get_by_role("link", name="Obserwuj okolicę").click()
    expect(page.get_by_label("Adres albo miejsce")).to_have_value("51.76500, 19.46000")
    said = page.locator("[data-circle-said]")
    expect(said).to_contain_text("sięga 500 m od pinezki")
    wide = page.locator(".watch-circle").bounding_box()["width"]
    # A drawing without a size shows nothing of what is in it.
    drawing = page.locator(".leaflet-circles-pane svg").bounding_box()
    assert drawing["width"] >= wide
    page.get_by_label("Adres albo miejsce").fill("51.7652, 19.4571")
    page.get_by_role("button", name="Pokaż na mapie").click()
    page.get_by_label("Jak daleko dookoła").select_option("250")
    expect(said).to_contain_text("sięga 250 m od pinezki")
    assert page.locator(".watch-circle").bounding_box()["width"] == pytest.approx(wide, rel=0.5)
    expect(page.get_by_role("link", name="Kanał Atom")).to_have_attribute(
        "href", re.compile(r"/mapa/kanal\.atom\?kolo=19\.45710%2C51\.76520%2C250$")
    )
    page.get_by_label("Adres e-mail").fill("anna@example.org")
    page.get_by_label(re.compile("Zgadzam się")).check()
    page.get_by_role("button", name="Obserwuj", exact=True).click()
    expect(page.get_by_text("Prawie gotowe")).to_be_visible()
    question = text_of(Letter.objects.get(key__startswith="watches:"))
    page.goto(re.search(rf"{settings.SITE_URL}(\S+)", question)[1])
    page.get_by_role("button", name="Tak, piszcie na ten adres").click()
    expect(page.locator("strong", has_text="250 m od:")).to_be_visible()
    submitted()
    assert send_digests() == 1
    digest = text_of(Letter.objects.get(key__startswith="watch:"))
    page.goto(re.search(rf"{settings.SITE_URL}(/mapa/koniec/\S+)", digest)[1])
    page.get_by_role("button", name="Zakończ").click()
    expect(page.get_by_role("heading", name="Nie wyślemy więcej wiadomości")).to_be_visible()
    assert Watch.objects.count() == 0


def test_what_the_pin_writes_into_its_field_is_not_looked_up_again(visit, committed):
    page = visit("/mapa/obserwuj/", size=SIZES["desktop"], reduced_motion="reduce")
    field = page.get_by_label("Adres albo miejsce")
    page.locator("[data-place-map][data-ready]").wait_for()
    asked = []
    page.on("request", lambda request: "/locate/" in request.url and asked.append(request.url))
    page.locator("[data-place-map]").press("Enter")
    expect(field).to_have_value(re.compile(r"51\.\d{6}, 19\.\d{6}"))
    expect(page.locator("[data-place]")).to_contain_text("osiedle")
    expect(page.locator("[data-circle-said]")).to_contain_text("sięga 500 m od pinezki")
    field.fill("51.7652, 19.4571")
    field.blur()
    expect(page.locator("[data-place]")).to_contain_text("Katedralna")
    expect(field).to_have_value("51.7652, 19.4571")
    assert len(asked) == 2
