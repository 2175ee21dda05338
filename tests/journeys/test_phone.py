"""The form in a hand, 390 px wide: how long it is, and whether each press is answered where it was
made.
"""

from playwright.sync_api import Locator, Page, expect

from tests.factories import CITY_HALL, submitted
from tests.journeys.test_place import near_border
from tests.pictures import jpeg

PHONE = {"size": (390, 844), "is_mobile": True, "has_touch": True}
HALL = {"latitude": CITY_HALL.y, "longitude": CITY_HALL.x}
WARSAW = {"latitude": 52.2297, "longitude": 21.0122}
IS_READ_OUT = "answer => Boolean(answer.closest('[role=status], [role=alert]'))"


def opened(visit, **options) -> Page:
    page = visit("/zgloszenia/nowe/", **PHONE, **options)
    page.locator("[data-city-map][data-pin-ready]").wait_for()
    return page


def length(page: Page) -> int:
    return page.evaluate("document.querySelector('main').offsetHeight")


def test_the_form_is_short_even_with_everything_open(visit):
    point = near_border()
    here = {"latitude": point.y, "longitude": point.x, "accuracy": 5}
    for _other in range(3):
        submitted(location=point)
    page = opened(visit, geolocation=here, permissions=["geolocation"])
    consent = page.get_by_label("Zgadzam się")
    expect(page.get_by_text("Z klawiatury:")).to_be_hidden()
    expect(consent).to_be_hidden()
    assert length(page) <= 3000
    page.locator("[data-here]").tap()
    expect(page.locator("[data-side]")).to_be_visible()
    page.get_by_text("Przesuń pinezkę przyciskami").tap()
    page.get_by_label("Szukaj").fill("dziura")
    page.get_by_label("Dziura w jezdni").check()
    expect(page.locator("[data-similar]")).to_be_visible()
    page.get_by_label("Opis", exact=True).fill("Głęboka dziura. Mój telefon: 600 700 800.")
    expect(page.locator("[data-personal-list]")).to_be_visible()
    photos = [
        {"name": name, "mimeType": "image/jpeg", "buffer": jpeg()} for name in ("a.jpg", "b.jpg")
    ]
    page.get_by_label("Dodaj zdjęcia, najwyżej 5").set_input_files(photos)
    expect(page.locator("[name=photo]")).to_have_count(2)
    page.get_by_label("Adres e-mail").fill("maria@example.org")
    expect(consent).to_be_visible()
    page.get_by_text("Co zobaczą inni?").tap()
    assert length(page) <= 4500


def is_answered(pressed: Locator, answer: Locator, text: str) -> None:
    """``answer`` says it, is read out, is seen whole, and begins beside what was pressed."""
    expect(answer).to_contain_text(text)
    expect(answer).to_be_in_viewport(ratio=0.99)
    assert answer.evaluate(IS_READ_OUT)
    above, below = pressed.bounding_box(), answer.bounding_box()
    assert above["y"] - 100 < below["y"] < above["y"] + above["height"] + 100


def test_each_press_about_the_place_is_answered_beside_it(visit):
    page = opened(visit)
    button, said = page.locator("[data-here]"), page.locator("[data-start-said]")
    city, place = page.locator("[data-city-map]"), page.locator("[data-place]")
    button.tap()
    is_answered(button, said, "przeglądarka nie dała zgody")
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation(WARSAW)
    button.tap()
    is_answered(city, place, "poza Łodzią, 106")
    expect(said).to_be_empty()
    find(page, "Nie ma takiej 1")
    is_answered(page.locator("#id_place"), page.locator("[data-address-said]"), "Nie znamy")
    point = near_border()
    find(page, f"{point.y}, {point.x}")
    # The question stands below the sentence that reads it out, and both are seen.
    is_answered(city, place, "Zaznacz niżej, po której stronie")
    expect(page.locator("[data-side]")).to_be_in_viewport(ratio=0.99)


def test_the_map_goes_to_the_street_and_the_sentence_leaves_the_pin_free(visit):
    page = opened(
        visit, geolocation=HALL, permissions=["geolocation"], reduced_motion="no-preference"
    )
    city, place = page.locator("[data-city-map]"), page.locator("[data-place]")
    city.tap(position={"x": 150, "y": 120})
    expect(page.locator(".leaflet-control-scale-line")).to_have_text("50 m")
    is_answered(city, place, "osiedle")
    page.locator("[data-here]").tap()
    expect(place).to_contain_text("Katedralna")
    # An address elsewhere is chosen while the map still zooms.
    page.get_by_role("button", name="Oddal").tap()
    field = page.get_by_label("Adres albo współrzędne")
    field.press_sequentially("11 Listopada 36")
    page.get_by_role("option", name="11 Listopada 36").first.tap()
    is_answered(city, place, "11 Listopada 36")
    sentence, pin = place.bounding_box(), page.locator(".pin-icon").bounding_box()
    frame = city.bounding_box()
    assert frame["y"] <= pin["y"]
    assert pin["y"] + pin["height"] <= sentence["y"]
    assert frame["x"] <= pin["x"] <= frame["x"] + frame["width"]
    # What is too long is said on the map too.
    page.get_by_label("Odcinek ulicy").check()
    find(page, "51.7652, 19.4571")
    expect(place).to_contain_text("Katedralna")
    find(page, "51.8052, 19.4571")
    is_answered(city, place, "2 km")


def find(page: Page, text: str) -> None:
    page.get_by_label("Adres albo współrzędne").fill(text)
    page.get_by_role("button", name="Pokaż na mapie").tap()


def test_each_press_about_the_matter_is_answered_beside_it(visit):
    page = opened(visit, geolocation=HALL, permissions=["geolocation"])
    page.locator("[data-here]").tap()
    expect(page.locator("[data-place]")).to_contain_text("Katedralna")
    page.get_by_label("Szukaj").fill("dziura")
    category = page.get_by_label("Dziura w jezdni")
    category.check()
    goes_to = page.locator("[data-destination]")
    expect(goes_to).to_contain_text("Trafi do")
    expect(goes_to).to_be_in_viewport(ratio=0.99)
    assert goes_to.evaluate(IS_READ_OUT)
    # Where it goes stands on the map as well, for whoever moves the pin next.
    expect(page.locator("[data-place-says]")).to_contain_text("Trafi do: Zarząd Dróg")
    description = page.get_by_label("Opis", exact=True)
    description.fill("a" * 4010)
    expect(page.locator("[data-counter]")).to_have_text("Znaków za dużo: 10")
    expect(page.locator("[data-counter-said]")).to_have_text("Znaków za dużo: 10")
    photos = [{"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": jpeg()} for n in range(6)]
    files = page.get_by_label("Dodaj zdjęcia, najwyżej 5")
    files.scroll_into_view_if_needed()
    files.set_input_files(photos)
    is_answered(files, page.locator("[data-photo-refused]"), "Najwyżej 5 zdjęć")
    expect(page.locator("[name=photo]")).to_have_count(5)
    page.get_by_role("button", name="Wyślij zgłoszenie").tap()
    refusal = page.locator("#error-summary")
    expect(refusal).to_be_focused()
    expect(refusal).to_be_in_viewport()
    page.get_by_role("link", name="4000").tap()
    expect(page.locator("#id_description_error")).to_be_in_viewport(ratio=0.99)


def test_suggestions_stay_above_the_keyboard(visit):
    page = opened(visit)
    field, options = page.get_by_label("Adres albo współrzędne"), page.get_by_role("option")
    field.press_sequentially("piotrkowska 1")
    expect(options.nth(4)).to_be_attached()
    # What a keyboard of 344 px leaves.
    page.set_viewport_size({"width": 390, "height": 500})
    expect(options.nth(2)).to_be_in_viewport(ratio=0.99)
    shown = page.locator("[data-suggestions]").bounding_box()
    assert shown["y"] + shown["height"] <= 500
    expect(field).to_be_in_viewport(ratio=0.99)
    page.set_viewport_size({"width": 390, "height": 320})
    expect(options.nth(2)).to_be_in_viewport(ratio=0.99)
    expect(field).to_be_in_viewport(ratio=0.99)


def test_what_is_filled_in_is_no_longer_said_to_be_missing(visit):
    page = opened(visit)
    page.locator("[data-send]").tap()
    missing = page.get_by_text("Opisz krótko, co się stało.")
    expect(missing.last).to_be_visible()
    page.get_by_label("Opis", exact=True).fill("Głęboka dziura.")
    expect(page.locator("#id_description_error")).to_have_count(0)
    expect(page.get_by_label("Opis", exact=True)).not_to_have_attribute("aria-invalid", "true")
