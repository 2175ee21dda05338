"""A report in Ukrainian from the first word to the receipt. The choice also holds offline."""

from threading import Event

import pytest
from playwright.sync_api import expect

from reports.models import Report
from reports.pages import offline
from tests.factories import CITY_HALL
from tests.faults.machine import wait_for

NARROW, DESKTOP = (320, 640), (1280, 900)
HERE = {"latitude": CITY_HALL.y, "longitude": CITY_HALL.x}


def test_a_report_is_sent_in_ukrainian(visit):
    page = visit("/zgloszenia/nowe/", geolocation=HERE, permissions=["geolocation"], has_touch=True)
    page.get_by_role("button", name="Menu").tap()
    page.get_by_role("button", name="UK – українська").tap()
    page.locator("[data-city-map][data-ready]").wait_for()
    expect(page.locator("html")).to_have_attribute("lang", "uk")
    page.get_by_role("button", name="Визначити моє місце").click()
    expect(page.locator("[data-place]")).to_contain_text("район Katedralna")
    page.get_by_label("Пошук").fill("яма")
    page.get_by_label("Яма на дорозі").check()
    page.get_by_label("як колесо авто").check()
    page.get_by_label("Опис", exact=True).fill("Глибока яма біля переходу.")
    page.get_by_role("button", name="Надіслати звернення").click()
    page.wait_for_url("**/potwierdzenie/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Дякуємо, ми прийняли звернення")
    # Staff read it in Polish.
    assert Report.objects.get().answers == {"wielkosc": "jak koło samochodu"}


def test_the_menu_of_a_narrow_screen_needs_neither_a_finger_nor_scripts(visit):
    page = visit("/status/", size=NARROW, java_script_enabled=False)
    language = page.get_by_role("button", name="EN – English")
    expect(language).to_be_hidden()
    page.get_by_role("button", name="Menu").press("Enter")
    expect(page.get_by_role("link", name="Sprawdź status").first).to_be_visible()
    expect(language).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(language).to_be_hidden()
    page.keyboard.press("Enter")
    for _link in ("form", "status", "map", "procedures", "Polish", "English"):
        page.keyboard.press("Tab")
    expect(language).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_form_opens_offline_in_the_chosen_language(visit):
    page = visit("/", service_workers="allow", size=DESKTOP)
    page.get_by_role("button", name="EN – English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    # Nothing is loaded meanwhile: Chromium may end a worker before what it fetches has arrived.
    wait_for(lambda: "lang=en" in controller(page), what="an English worker")
    page.context.set_offline(True)
    page.goto("/zgloszenia/nowe/", wait_until="commit")
    expect(page.get_by_role("button", name="Send report")).to_be_visible()


def test_a_worker_fills_its_cache_again_that_an_older_one_cleared_late(visit, held_shell):
    page = visit("/", service_workers="allow")
    wait_for(lambda: page.evaluate("caches.keys()") != [], what="a cache")
    page.evaluate("caches.keys().then(([name]) => caches.delete(name))")
    held_shell.set()
    wait_for(lambda: controller(page) != "", what="an active worker")
    page.context.set_offline(True)
    page.goto("/zgloszenia/nowe/", wait_until="commit")
    expect(page.get_by_role("button", name="Wyślij zgłoszenie")).to_be_visible()


def controller(page) -> str:
    """The address of the service worker that controls the page, or "" while none is ready."""
    return page.evaluate("navigator.serviceWorker.controller?.scriptURL ?? ''")


@pytest.fixture
def held_shell(monkeypatch) -> Event:
    """The offline page is answered only once this is set, so no worker is installed before."""
    answered, render = Event(), offline.render

    def held(*arguments):
        answered.wait(20)
        return render(*arguments)

    monkeypatch.setattr(offline, "render", held)
    return answered
