"""Text, pin and photos stay on the device until the report is sent or discarded."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from reports.models import Report, Upload
from tests.factories import CITY_HALL
from tests.pictures import jpeg, noisy_jpeg

HERE = {"latitude": CITY_HALL.y, "longitude": CITY_HALL.x}
REPORTS = "**/api/v1/reports/"
TEXT = "Głęboka dziura przy przejściu."
KEPT = """async () => {
    const [name] = await caches.keys();
    const cache = await caches.open(name);
    const found = {};
    for (const request of await cache.keys()) {
        const path = new URL(request.url).pathname;
        if (path.startsWith("/static/")) continue;
        found[path] = (await (await cache.match(request)).text()).includes("csrfmiddlewaretoken");
    }
    return found;
}"""


def open_form(visit, **options) -> Page:
    page = visit("/zgloszenia/nowe/", geolocation=HERE, permissions=["geolocation"], **options)
    page.locator("[data-city-map][data-ready]").wait_for()
    return page


def fill(page: Page) -> None:
    page.get_by_role("button", name="Użyj mojego położenia").click()
    expect(page.locator("[data-place]")).to_contain_text("Katedralna")
    page.get_by_label("Szukaj").fill("dziura")
    page.get_by_label("Dziura w jezdni").check()
    page.get_by_label("Opis", exact=True).fill(TEXT)


def add_photo(page: Page, content: bytes | None = None) -> None:
    photo = {"name": "dziura.jpg", "mimeType": "image/jpeg", "buffer": content or jpeg()}
    page.get_by_label("Dodaj zdjęcia, najwyżej 5").set_input_files(photo)


def send(page: Page) -> None:
    page.get_by_role("button", name="Wyślij zgłoszenie").click()


def waiting_reports(page: Page):
    return page.locator("[data-queue]")


def test_a_closed_tab_loses_nothing_and_a_sent_report_leaves_no_draft(visit):
    page = open_form(visit)
    fill(page)
    add_photo(page)
    expect(page.locator("[name=photo]")).to_have_count(1)
    page.wait_for_timeout(600)
    context = page.context
    page.close()
    page = context.new_page()
    page.goto("/zgloszenia/nowe/")
    expect(page.locator("[data-draft-said]")).to_contain_text("Przywróciliśmy")
    expect(page.get_by_label("Opis", exact=True)).to_have_value(TEXT)
    expect(page.get_by_label("Dziura w jezdni")).to_be_checked()
    expect(page.locator("[data-place]")).to_contain_text("Katedralna")
    expect(page.locator("[name=photo]")).to_have_count(1)
    send(page)
    page.wait_for_url("**/potwierdzenie/")
    page.goto("/zgloszenia/nowe/")
    page.locator("[data-city-map][data-ready]").wait_for()
    expect(page.get_by_label("Opis", exact=True)).to_have_value("")
    assert Report.objects.get().photos.count() == 1


def test_a_discarded_draft_is_gone(visit):
    page = open_form(visit)
    fill(page)
    page.wait_for_timeout(600)
    page.reload()
    with page.expect_navigation():
        page.get_by_role("button", name="Zacznij od nowa").click()
    page.locator("[data-city-map][data-ready]").wait_for()
    page.reload()
    page.locator("[data-city-map][data-ready]").wait_for()
    expect(page.get_by_label("Opis", exact=True)).to_have_value("")


def test_without_a_network_it_is_kept_and_sent_once_when_it_is_back(visit):
    page = open_form(visit)
    fill(page)
    page.context.set_offline(True)
    add_photo(page)
    expect(page.locator("[data-photo-list]")).to_contain_text("czeka na sieć")
    send(page)
    expect(waiting_reports(page)).to_contain_text("czeka na sieć")
    assert not Report.objects.exists()
    page.context.set_offline(False)
    expect(waiting_reports(page)).to_contain_text("wysłane")
    assert Report.objects.get().photos.count() == 1
    page.reload()
    expect(waiting_reports(page)).to_contain_text("wysłane")
    assert Report.objects.count() == 1


def test_what_the_portal_did_not_take_goes_back_into_the_form(visit):
    page = open_form(visit)
    fill(page)
    page.route(REPORTS, lambda route: route.abort())
    send(page)
    expect(waiting_reports(page)).to_contain_text("czeka na sieć")
    page.unroute(REPORTS)
    refusal = {"code": "side_needed", "detail": "Po której stronie granicy?"}
    page.route(REPORTS, lambda route: route.fulfill(status=422, json=refusal))
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(waiting_reports(page)).to_contain_text("Po której stronie granicy?")
    page.unroute(REPORTS)
    # The form that is left holds the text, too.
    with page.expect_navigation():
        page.get_by_role("button", name="Popraw i wyślij").click()
    expect(page.get_by_label("Opis", exact=True)).to_have_value(TEXT)
    expect(page.locator("[data-place]")).to_contain_text("Katedralna")
    expect(waiting_reports(page)).to_be_hidden()
    send(page)
    page.wait_for_url("**/potwierdzenie/")
    assert Report.objects.get().description == TEXT


def test_discard_means_discard(visit):
    page = open_form(visit)
    fill(page)
    page.context.set_offline(True)
    send(page)
    waiting_reports(page).get_by_role("button", name="Nie wysyłaj").click()
    expect(waiting_reports(page)).to_contain_text("Nic już nie czeka")
    page.context.set_offline(False)
    page.wait_for_timeout(500)
    page.goto("/zgloszenia/nowe/")
    page.locator("[data-city-map][data-ready]").wait_for()
    expect(page.get_by_label("Opis", exact=True)).to_have_value("")
    assert not Report.objects.exists()


def test_an_answer_that_got_lost_does_not_double_the_report(visit):
    page = open_form(visit)
    fill(page)

    def lose(route) -> None:
        route.fetch()
        route.abort()

    page.route(REPORTS, lose, times=1)
    send(page)
    expect(waiting_reports(page)).to_contain_text("czeka na sieć")
    assert Report.objects.count() == 1
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(waiting_reports(page)).to_contain_text("wysłane")
    assert Report.objects.count() == 1


def test_a_portal_that_is_down_for_a_moment_loses_nothing(visit):
    page = open_form(visit)
    fill(page)
    page.route(REPORTS, lambda route: route.fulfill(status=503, body="{}"), times=1)
    send(page)
    expect(waiting_reports(page)).to_contain_text("czeka na sieć")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(waiting_reports(page)).to_contain_text("wysłane")
    assert Report.objects.count() == 1


def test_an_upload_cut_in_the_middle_goes_on_where_it_stopped(visit):
    page = open_form(visit)
    passed = []

    def cut(route) -> None:
        offset = route.request.headers.get("upload-offset", "")
        if offset not in ("", "0") and "cut" not in passed:
            passed.append("cut")
            return route.abort()
        passed.extend([offset] if route.request.method == "PATCH" else [])
        return route.continue_()

    page.route("**/api/v1/uploads/*/", cut)
    add_photo(page, noisy_jpeg())
    expect(page.locator("[data-photo-list]")).to_contain_text("czeka na sieć")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[name=photo]")).to_have_count(1)
    assert passed.count("0") == 1
    assert Upload.objects.get().is_complete


def test_an_upload_goes_on_after_the_tab_was_killed(visit):
    page = open_form(visit)
    page.route("**/api/v1/uploads/*/", refuse_second_part)
    add_photo(page, noisy_jpeg())
    expect(page.locator("[data-photo-list]")).to_contain_text("czeka na sieć")
    page.wait_for_timeout(600)
    context = page.context
    page.close()
    page = context.new_page()
    page.goto("/zgloszenia/nowe/")
    expect(page.locator("[name=photo]")).to_have_count(1)
    assert Upload.objects.get().is_complete


def refuse_second_part(route) -> None:
    later = route.request.headers.get("upload-offset", "0") != "0"
    route.abort() if later else route.continue_()


@pytest.fixture
def installed(visit) -> BrowserContext:
    """A context whose service worker has stored what the form needs."""
    page = visit("/", service_workers="allow", geolocation=HERE, permissions=["geolocation"])
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return page.context


def test_the_form_opens_without_a_network_and_the_report_goes_later(installed):
    page = installed.new_page()
    installed.set_offline(True)
    page.goto("/status/")
    expect(page.get_by_role("heading", name="Nie ma połączenia")).to_be_visible()
    page.goto("/zgloszenia/nowe/")
    page.locator("[data-city-map][data-ready]").wait_for()
    page.get_by_role("button", name="Użyj mojego położenia").click()
    expect(page.locator("[data-place]")).to_contain_text("Nie ma połączenia")
    page.get_by_label("Szukaj").fill("dziura")
    page.get_by_label("Dziura w jezdni").check()
    page.get_by_label("Opis", exact=True).fill(TEXT)
    send(page)
    expect(waiting_reports(page)).to_contain_text("czeka na sieć")
    installed.set_offline(False)
    expect(waiting_reports(page)).to_contain_text("wysłane")
    assert Report.objects.get().description == TEXT


def test_the_kept_pages_are_nobodys(installed):
    assert installed.pages[0].evaluate(KEPT) == {
        "/zgloszenia/nowe/bez-sieci/": False,
        "/bez-sieci/": False,
        "/api/v1/districts/": False,
    }
