import re
import time

import pytest
from playwright.sync_api import Page, expect

from outbox.models import Letter
from reports.models import Report
from reports.photos.processing import process_due
from tests.factories import CITY_HALL, send_to_units
from tests.pictures import jpeg

HERE = {"latitude": CITY_HALL.y, "longitude": CITY_HALL.x}


def pin_by_location(page: Page) -> None:
    page.get_by_role("button", name="Użyj mojego położenia").click()
    expect(page.locator("[data-place]")).to_contain_text("Katedralna")


def choose_pothole(page: Page) -> None:
    page.get_by_label("Szukaj").fill("dziura")
    page.get_by_label("Dziura w jezdni").check()


def describe(page: Page) -> None:
    page.get_by_label("Opis", exact=True).fill("Głęboka dziura przy przejściu dla pieszych.")


def send(page: Page) -> None:
    page.get_by_role("button", name="Wyślij zgłoszenie").click()


def located(visit, size=(390, 844)) -> Page:
    return visit("/zgloszenia/nowe/", size=size, geolocation=HERE, permissions=["geolocation"])


def test_the_button_does_not_move_from_under_a_finger_when_the_answer_comes(visit, screen):
    page = located(visit, screen)
    pin_by_location(page)
    waiting = []
    page.route("**/api/v1/locate/**", lambda route: waiting.append(route))
    with page.expect_request("**/api/v1/locate/**"):
        choose_pothole(page)
    describe(page)
    button = page.get_by_role("button", name="Wyślij zgłoszenie")
    button.scroll_into_view_if_needed()
    before = button.bounding_box()["y"]
    for route in waiting:
        route.continue_()
    expect(page.locator("[data-destination]")).to_contain_text("Trafi do")
    assert button.bounding_box()["y"] == pytest.approx(before, abs=1)


def test_a_resident_sends_a_report_and_hears_back(visit, screen):
    page = located(visit, screen)
    pin_by_location(page)
    choose_pothole(page)
    expect(page.locator("[data-destination]")).to_have_text(
        re.compile("Trafi do: Zarząd Dróg i Transportu. Odpowiedź zwykle w ciągu 2 dni roboczych")
    )
    describe(page)
    page.get_by_label("Dodaj zdjęcia, najwyżej 5").set_input_files(
        {"name": "dziura.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
    )
    expect(page.locator("[data-photo-list] input[name=photo]")).to_have_count(1)
    page.get_by_label("Adres e-mail").fill("maria@example.org")
    page.get_by_label("Zgadzam się").check()
    send(page)
    page.wait_for_url("**/potwierdzenie/")
    report = Report.objects.get()
    expect(page.get_by_text(report.reference).first).to_be_visible()
    assert Letter.objects.get().recipients == ["maria@example.org"]
    assert process_due() == send_to_units() == 1
    page.goto(f"/status/{report.reference}/")
    expect(page.locator("h1")).to_have_text("Dziura w jezdni")
    expect(page.locator(".timeline")).to_contain_text("Wysłane do jednostki")
    # That it was forwarded is said by the first letter.
    assert Letter.objects.count() == 1


def test_a_tap_on_the_map_places_the_pin(visit):
    page = visit("/zgloszenia/nowe/")
    page.locator("[data-city-map][data-ready]").click(position={"x": 160, "y": 180})
    expect(page.locator("[data-place]")).to_contain_text("osiedle")
    assert page.locator("[name=lat]").input_value()


def test_a_place_outside_the_city_is_refused_and_nothing_typed_is_lost(visit):
    page = visit(
        "/zgloszenia/nowe/",
        geolocation={"latitude": 52.2297, "longitude": 21.0122},
        permissions=["geolocation"],
    )
    page.get_by_role("button", name="Użyj mojego położenia").click()
    expect(page.locator("[data-place]")).to_contain_text("poza Łodzią, 106")
    choose_pothole(page)
    describe(page)
    send(page)
    expect(page.get_by_role("alert").first).to_contain_text("km od jej granicy")
    expect(page.get_by_label("Opis", exact=True)).to_have_value(re.compile("Głęboka dziura"))
    expect(page.get_by_label("Dziura w jezdni")).to_be_checked()
    assert not Report.objects.exists()


def test_an_error_keeps_pin_photo_and_text(visit):
    page = located(visit)
    pin_by_location(page)
    describe(page)
    page.get_by_label("Dodaj zdjęcia, najwyżej 5").set_input_files(
        {"name": "dziura.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
    )
    expect(page.locator("[data-photo-list] input[name=photo]")).to_have_count(1)
    send(page)
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page.locator("[data-photo-list]")).to_contain_text("dziura.jpg")
    expect(page.locator("[data-place]")).to_contain_text("Katedralna")
    choose_pothole(page)
    send(page)
    page.wait_for_url("**/potwierdzenie/")
    assert Report.objects.get().photos.count() == 1


def test_what_is_sent_while_a_photo_goes_up_takes_it_along(visit):
    page = located(visit)
    page.route("**/api/v1/uploads/", slowly)
    pin_by_location(page)
    choose_pothole(page)
    describe(page)
    page.get_by_label("Dodaj zdjęcia, najwyżej 5").set_input_files(
        {"name": "dziura.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
    )
    send(page)
    page.wait_for_url("**/potwierdzenie/")
    assert Report.objects.get().photos.count() == 1


def slowly(route) -> None:
    time.sleep(1)
    route.continue_()


def test_sending_twice_gives_one_report(visit):
    page = located(visit)
    pin_by_location(page)
    choose_pothole(page)
    describe(page)
    page.get_by_role("button", name="Wyślij zgłoszenie").dblclick()
    page.wait_for_url("**/potwierdzenie/")
    page.go_back()
    assert Report.objects.count() == 1


def test_a_report_can_be_sent_by_keyboard_alone(visit):
    page = visit("/zgloszenia/nowe/", size=(1280, 900))
    page.locator("[data-city-map][data-ready]").wait_for()
    reach(page, "[data-city-map]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-place]")).to_contain_text("osiedle")
    before = page.locator("[name=lat]").input_value()
    reach(page, ".pin-icon")
    page.keyboard.press("ArrowUp")
    assert page.locator("[name=lat]").input_value() > before
    reach(page, "[data-category-search]")
    page.keyboard.type("dziura w jezdni")
    reach(page, "[value=dziura-w-jezdni]")
    page.keyboard.press("Space")
    reach(page, "#id_description")
    page.keyboard.type("Dziura przy przejściu.")
    reach(page, "[data-send]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/potwierdzenie/")
    assert Report.objects.count() == 1


def reach(page: Page, selector: str) -> None:
    """Press Tab until the focus is there, as a person would. Fail after a whole page."""
    for _press in range(80):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab never reached {selector}")


def test_without_javascript_an_address_gives_the_same_report(visit):
    page = visit("/zgloszenia/nowe/", java_script_enabled=False)
    page.get_by_label("Adres albo współrzędne").fill("ul. Piotrkowska 104")
    page.locator("summary", has_text="Drogi i chodniki").click()
    page.get_by_label("Dziura w jezdni").check()
    describe(page)
    page.get_by_label("Dodaj zdjęcia, najwyżej 5").set_input_files(
        {"name": "dziura.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
    )
    send(page)
    page.wait_for_url("**/potwierdzenie/")
    report = Report.objects.get()
    assert (report.district.code, report.unit.code) == ("katedralna", "zdit")
    assert report.is_approximate
    assert report.photos.count() == 1
