"""The place of a report by words, by buttons, and near a border."""

from itertools import pairwise

import pytest
from django.contrib.gis.geos import LineString, Point
from playwright.sync_api import Page, expect

from districts.locating import locate
from districts.models import Address, Street, StreetLine
from reports.models import Report
from tests.districts.named import make_crossing, make_place
from tests.factories import CITY_HALL, submitted

# Degrees of latitude: a step of about eleven metres from the border.
STEP = 0.0001


def open_form(visit, **options) -> Page:
    page = visit("/zgloszenia/nowe/", **options)
    page.locator("[data-city-map][data-ready]").wait_for()
    return page


def place(page: Page):
    return page.locator("[data-place]")


def test_an_address_is_suggested_and_chosen_by_keyboard(visit):
    page = open_form(visit)
    field = page.get_by_label("Adres albo współrzędne")
    field.press_sequentially("11 listopda 36")
    expect(page.get_by_role("option").first).to_contain_text("11 Listopada 36")
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value("11 Listopada 36")
    expect(page.locator("[name=lat]")).to_have_value("51.818395")
    expect(place(page)).to_contain_text("11 Listopada 36, osiedle")


def test_a_street_asks_for_the_number(visit):
    page = open_form(visit)
    field = page.get_by_label("Adres albo współrzędne")
    field.press_sequentially("piotrkowsk")
    page.get_by_role("option", name="Piotrkowska").first.click()
    expect(field).to_have_value("Piotrkowska ")
    expect(page.locator("[data-address-said]")).to_contain_text("dopisz numer domu")


@pytest.fixture
def named(committed):
    """A crossing, and a park of 180 m, both beside the city hall."""
    made = [
        make_crossing("Piotrkowska", "Nawrot", (1, 0)),
        make_place("Park Źródliska", "green", (2, 1), reach=180),
    ]
    yield made
    for row in made:
        row.delete()
    StreetLine.objects.all().delete()


def test_a_crossing_is_suggested_and_chosen_by_keyboard(visit, named):
    page = open_form(visit)
    field = page.get_by_label("Adres albo współrzędne")
    field.press_sequentially("róg Piotrkowskiej i naw")
    expect(page.get_by_role("option").first).to_have_text("Piotrkowska / Nawrot, Katedralna")
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value("Piotrkowska / Nawrot")
    expect(page.locator("[name=lat]")).to_have_value(f"{named[0].location.y:.6f}")
    expect(page.locator("[name=accuracy]")).to_have_value("")


def test_in_a_large_park_the_pin_says_how_roughly_it_stands(visit, named):
    page = open_form(visit)
    field = page.get_by_label("Adres albo współrzędne")
    field.press_sequentially("park zrodl")
    page.get_by_role("option", name="Park Źródliska").click()
    expect(field).to_have_value("Park Źródliska")
    expect(place(page)).to_contain_text("z dokładnością do 180 m: przesuń pinezkę")
    expect(page.locator("[name=accuracy]")).to_have_value("180")
    page.locator(".pin-icon").focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator("[name=accuracy]")).to_have_value("")
    expect(place(page)).not_to_contain_text("z dokładnością")


def choose_address_without_a_place(page: Page) -> None:
    field = page.get_by_label("Adres albo współrzędne")
    field.fill("")
    field.press_sequentially("Starorudzka 90L")
    # By its name: what is offered while one still types is another one.
    page.get_by_role("option", name="Starorudzka 90L").click()
    expect(field).to_have_value("Starorudzka 90L")


def test_the_pin_of_another_place_does_not_go_with_an_address(visit):
    page = open_form(visit)
    page.locator("[data-city-map]").press("Enter")
    expect(page.locator("[name=lat]")).not_to_have_value("")
    choose_address_without_a_place(page)
    expect(page.locator("[name=lat]")).to_have_value("")
    expect(page.locator(".pin-icon")).to_have_count(0)
    expect(page.locator("[data-address-said]")).to_contain_text("znamy osiedle (Ruda)")
    # Nor does it come back with the draft.
    page.wait_for_timeout(500)
    page.reload()
    expect(page.get_by_label("Adres albo współrzędne")).to_have_value("Starorudzka 90L")
    expect(page.locator("[name=lat]")).to_have_value("")


def test_a_pin_in_another_district_than_the_address_is_asked_about(visit):
    page = open_form(visit)
    choose_address_without_a_place(page)
    question = page.get_by_role("group", name="Pinezka i adres to dwa różne miejsca.")
    expect(question).to_be_hidden()
    located = page.locator("[data-here]")
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": CITY_HALL.y, "longitude": CITY_HALL.x})
    located.click()
    expect(question).to_contain_text("Pinezka stoi w osiedlu Katedralna, a adres")
    question.get_by_label("Pod tym adresem").click()
    expect(question).to_be_hidden()
    expect(page.locator("[name=lat]")).to_have_value("")
    located.click()
    question.get_by_label("Tam, gdzie pinezka").click()
    expect(page.get_by_label("Adres albo współrzędne")).to_have_value("")
    expect(page.locator("[name=lat]")).not_to_have_value("")


def test_what_was_only_typed_is_asked_about_by_the_server_and_settled(visit):
    page = open_form(
        visit,
        geolocation={"latitude": CITY_HALL.y, "longitude": CITY_HALL.x},
        permissions=["geolocation"],
    )
    page.locator("[data-here]").click()
    expect(place(page)).to_contain_text("Katedralna")
    page.get_by_label("Adres albo współrzędne").fill("Starorudzka 90L")
    page.get_by_label("Szukaj").fill("dziura")
    page.get_by_label("Dziura w jezdni").check()
    page.get_by_label("Opis", exact=True).fill("Głęboka dziura przy przejściu.")
    page.get_by_role("button", name="Wyślij zgłoszenie").click()
    question = page.get_by_role("group", name="Pinezka i adres to dwa różne miejsca.")
    page.locator("[data-city-map][data-pin-ready]").wait_for()
    # The answer about the pin's district must not hide what the server asks.
    expect(place(page)).to_contain_text("Katedralna")
    expect(question).to_be_visible()
    question.get_by_label("Tam, gdzie pinezka").click()
    expect(question).to_be_hidden()
    page.get_by_role("button", name="Wyślij zgłoszenie").click()
    page.wait_for_url("**/potwierdzenie/")
    assert Report.objects.get().district.code == "katedralna"


def test_buttons_move_the_pin_by_metres(visit):
    page = open_form(visit)
    page.locator("[data-city-map]").press("Enter")
    before = float(page.locator("[name=lat]").input_value())
    page.get_by_text("Przesuń pinezkę przyciskami").click()
    page.get_by_text("100 m", exact=True).click()
    page.get_by_role("button", name="Na północ").click()
    after = float(page.locator("[name=lat]").input_value())
    assert abs((after - before) * 111_320 - 100) < 0.2


def test_a_report_nearby_is_offered_and_joined_without_doubling(visit):
    other = submitted()
    here = {"latitude": CITY_HALL.y + STEP, "longitude": CITY_HALL.x}
    page = open_form(visit, geolocation=here, permissions=["geolocation"])
    page.get_by_role("button", name="Użyj mojego położenia").click()
    page.get_by_label("Szukaj").fill("dziura")
    page.get_by_label("Dziura w jezdni").check()
    question = page.get_by_role("region", name="Czy to jedno z tych?")
    expect(question).to_contain_text(other.reference)
    expect(page.locator(".other-mark")).to_have_count(1)
    question.get_by_role("button", name="Ja też").click()
    expect(question).to_contain_text("dołączyło osób: 1")
    assert other.follows.count() == 1
    assert Report.objects.count() == 1


def near_border() -> Point:
    """A point some metres from a straight stretch of the border of Katedralna."""
    from districts.models import District

    ring = District.objects.get(code="katedralna").boundary[0][0]
    for (x, y), (next_x, next_y) in pairwise(ring):
        point = Point((x + next_x) / 2, (y + next_y) / 2 + STEP, srid=4326)
        placement = locate(point)
        if placement.neighbour and 3 < placement.metres_to_border < 12:
            return point
    raise AssertionError("no such point")


def test_near_a_border_the_side_is_asked_and_decides(visit):
    point = near_border()
    placement = locate(point)
    page = open_form(
        visit,
        geolocation={"latitude": point.y, "longitude": point.x, "accuracy": 5},
        permissions=["geolocation"],
    )
    page.get_by_role("button", name="Użyj mojego położenia").click()
    question = page.get_by_role("group", name="Granica osiedli biegnie tędy")
    expect(question).to_be_visible()
    # Both sides are told in words, and drawn.
    names = {placement.district.name, placement.neighbour.name}
    sides = question.locator("label").all_inner_texts()
    assert {side.split(" – ")[1] for side in sides} == names
    assert all(side.startswith("strona ") for side in sides)
    expect(page.locator(".side-label")).to_have_count(2)
    expect(page.locator(".district.is-one-side, .district.is-other-side")).to_have_count(2)
    page.get_by_label("Szukaj").fill("dziura")
    page.get_by_label("Dziura w jezdni").check()
    page.get_by_label("Opis", exact=True).fill("Dziura tuż przy krawężniku.")
    page.get_by_role("button", name="Wyślij zgłoszenie").click()
    expect(page.get_by_role("alert").first).to_contain_text("Po której stronie")
    # The server asks in the same words.
    question.get_by_label(f"– {placement.neighbour.name}").check()
    expect(page.locator(".side-label .is-chosen")).to_have_text(placement.neighbour.name)
    # It stays chosen when the form comes back for another reason.
    page.get_by_label("Adres e-mail").fill("maria@example.org")
    page.get_by_role("button", name="Wyślij zgłoszenie").click()
    expect(page.get_by_role("alert").first).to_contain_text("zgod")
    expect(page.locator(".side-label .is-chosen")).to_have_text(placement.neighbour.name)
    page.get_by_label("Adres e-mail").fill("")
    page.get_by_role("button", name="Wyślij zgłoszenie").click()
    page.wait_for_url("**/potwierdzenie/")
    assert Report.objects.get().district.code == placement.neighbour.code


@pytest.fixture
def address_near_border(committed):
    address = Address.objects.create(
        street="Graniczna Próbna",
        number="7",
        street_key="graniczna probna",
        number_key="7",
        district_code="katedralna",
        location=near_border(),
    )
    street = Street.objects.create(key="graniczna probna", name="Graniczna Próbna")
    yield
    address.delete()
    street.delete()


def test_the_side_is_asked_as_soon_as_a_typed_address_is_left(visit, address_near_border):
    page = open_form(visit)
    page.get_by_label("Adres albo współrzędne").fill("graniczna próbna 7")
    page.keyboard.press("Tab")
    expect(page.get_by_role("group", name="Granica osiedli biegnie tędy")).to_be_visible()


def test_the_side_of_an_address_that_only_the_server_finds_can_be_said(visit, address_near_border):
    page = open_form(visit)
    # It is not spelled as the list has it, so no pin stands.
    page.get_by_label("Adres albo współrzędne").fill("ul. Graniczna Próbna 7")
    page.get_by_label("Szukaj").fill("dziura")
    page.get_by_label("Dziura w jezdni").check()
    page.get_by_label("Opis", exact=True).fill("Dziura tuż przy krawężniku.")
    page.get_by_role("button", name="Wyślij zgłoszenie").click()
    expect(page.get_by_role("alert").first).to_contain_text("Po której stronie")
    page.locator("[data-city-map][data-pin-ready]").wait_for()
    question = page.get_by_role("group", name="Granica osiedli biegnie tędy")
    neighbour = locate(near_border()).neighbour
    question.get_by_label(f"– {neighbour.name}").check()
    page.get_by_role("button", name="Wyślij zgłoszenie").click()
    page.wait_for_url("**/potwierdzenie/")
    assert Report.objects.get().district.code == neighbour.code


def test_a_stretch_of_street_is_drawn_by_addresses_and_keys(visit):
    page = visit("/zgloszenia/nowe/")
    page.locator("[data-city-map][data-ready]").wait_for()
    find(page, "51.7652, 19.4571")
    page.get_by_label("Odcinek ulicy").check()
    # Where the pin stands is offered in words, and is no corner yet.
    expect(page.locator("[data-extent-said]")).to_contain_text("Brakuje: 2")
    offer = page.locator("[data-from-pin]")
    expect(offer).to_contain_text("Pinezka stoi tu: ")
    expect(offer).to_contain_text("osiedle Katedralna")
    offer.get_by_role("button", name="Zacznij od pinezki").press("Enter")
    expect(offer).to_be_hidden()
    expect(page.get_by_label("Odcinek ulicy")).to_be_focused()
    expect(page.locator("[data-extent-said]")).to_contain_text("Brakuje: 1")
    find(page, "51.7670, 19.4571")
    corners = page.locator("[data-corners] li")
    expect(corners).to_have_count(2)
    expect(corners.first).to_contain_text("osiedle Katedralna")
    expect(corners.first).not_to_contain_text("51.76")
    expect(page.locator("[data-place]")).to_contain_text("Odcinek: 200 m. Osiedla: Katedralna")
    # The pin is the last corner, and the arrow keys move it.
    page.locator(".pin-icon").focus()
    page.keyboard.press("Control+ArrowUp")
    expect(page.locator("[data-place]")).to_contain_text("Odcinek: 300 m")
    page.get_by_role("button", name="Cofnij ostatni punkt").click()
    expect(page.locator("[data-extent-said]")).to_contain_text("Brakuje: 1")
    find(page, "51.7661, 19.4571")
    expect(page.locator("[data-place]")).to_contain_text("Odcinek: 100 m")
    page.wait_for_timeout(600)
    page.reload()
    expect(page.locator("[data-place]")).to_contain_text("Odcinek: 100 m")
    page.get_by_label("Jedno miejsce").check()
    expect(page.locator("[name=extent]")).to_have_value("")


def test_the_first_corner_may_be_elsewhere_than_the_earlier_pin(visit):
    page = open_form(visit)
    find(page, "51.7652, 19.4571")
    page.get_by_label("Odcinek ulicy").check()
    find(page, "51.7670, 19.4571")
    expect(page.locator("[data-from-pin]")).to_be_hidden()
    expect(page.locator("[data-corners] li")).to_have_count(1)
    find(page, "51.7661, 19.4571")
    expect(place(page)).to_contain_text("Odcinek: 100 m")
    # Whoever thinks better of it has one pin again.
    page.get_by_label("Jedno miejsce").check()
    expect(page.locator("[name=lat]")).to_have_value("51.766100")


def test_another_report_here_starts_with_the_same_line(visit):
    line = LineString((19.4571, 51.7652), (19.4571, 51.7670), srid=4326)
    report = submitted(location=None, extent=line)
    page = visit(f"/zgloszenia/{report.reference}/potwierdzenie/")
    page.get_by_role("link", name="Zgłoś inną sprawę w tym miejscu").click()
    expect(page.get_by_label("Odcinek ulicy")).to_be_checked()
    expect(page.locator("[data-corners] li")).to_have_count(2)
    expect(place(page)).to_contain_text("Odcinek: 200 m")


def find(page, text: str) -> None:
    page.get_by_label("Adres albo współrzędne").fill(text)
    page.get_by_role("button", name="Pokaż na mapie").click()
