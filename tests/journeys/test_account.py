"""A resident registers, confirms, reports, sees the report, gets letters, downloads it, leaves."""

import json
from zipfile import ZipFile

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from accounts.models import ConsentEntry, User
from reports.handling.status import change_status
from reports.models import Report, Status
from tests.accounts.letters import letters_to, path_in, text_of
from tests.factories import send_to_units
from tests.journeys.test_send_report import HERE, choose_pothole, describe, pin_by_location, send
from tests.people import PASSWORD

ADDRESS = "kasia@example.org"


def check(page: Page) -> None:
    """axe finds no fault and nothing overflows."""
    page.wait_for_load_state("networkidle")
    assert [rule["id"] for rule in Axe().run(page).response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def follow_menu(page: Page, name: str) -> None:
    menu = page.get_by_role("button", name="Menu")
    if menu.is_visible():
        menu.click()
    page.get_by_role("link", name=name).click()


def register(page: Page) -> None:
    follow_menu(page, "Zaloguj się")
    page.get_by_role("link", name="Załóż konto").click()
    page.get_by_label("Nazwa użytkownika").fill("kasia")
    page.get_by_label("Adres e-mail").fill(ADDRESS)
    requirements = page.locator("[data-requirement]")
    page.get_by_label("Hasło").fill("krótkie")
    expect(requirements.nth(0).locator(".unmet")).to_be_visible()
    page.get_by_label("Hasło").fill(PASSWORD)
    for number in range(4):
        expect(requirements.nth(number).locator(".met")).to_be_visible()
    expect(page.get_by_text("Hasło spełnia 4 z 4 wymagań.")).to_be_attached()
    expect(page.locator("input[type=checkbox]:checked")).to_have_count(0)
    page.get_by_label("Zgadzam się na przetwarzanie").check()
    page.get_by_label("Znam i akceptuję regulamin").check()
    page.get_by_label("Chcę dostawać biuletyn").check()
    check(page)
    page.get_by_role("button", name="Załóż konto").click()
    expect(page.get_by_role("heading", name="Sprawdź pocztę")).to_be_visible()
    check(page)


def confirm(page: Page) -> None:
    page.goto(path_in(letters_to(ADDRESS)[0], "/konto/rejestracja/adres/"))
    check(page)
    page.get_by_role("button", name="To ja, potwierdzam").click()
    expect(page.get_by_role("heading", name="Moje zgłoszenia")).to_be_visible()
    check(page)


def report_a_pothole(page: Page) -> Report:
    page.get_by_role("link", name="Zgłoś sprawę").first.click()
    pin_by_location(page)
    choose_pothole(page)
    describe(page)
    expect(page.get_by_text("Zgłoszenie trafi na Twoją listę")).to_contain_text(ADDRESS)
    send(page)
    page.wait_for_url("**/potwierdzenie/")
    return Report.objects.get()


def see_it(page: Page, report: Report) -> None:
    follow_menu(page, "Moje konto")
    expect(page.get_by_text(report.reference)).to_be_visible()
    mark = page.locator(".city-map .mark-icon")
    expect(mark).to_have_count(1)
    mark.click()
    expect(page.locator(".report-popup a")).to_have_attribute(
        "href", f"/konto/zgloszenia/{report.reference}/"
    )
    check(page)
    expect(page.locator(".report-popup")).to_contain_text(report.place_in_words)
    page.locator(".report-popup a").click()
    expect(page.get_by_role("heading", name="Dziura w jezdni")).to_be_visible()
    check(page)


def test_from_registering_to_leaving(visit, screen):
    page = visit("/", size=screen, geolocation=HERE, permissions=["geolocation"])
    register(page)
    confirm(page)
    report = report_a_pothole(page)
    see_it(page, report)
    send_to_units()
    change_status(report, Status.RESOLVED, note="Załatane.")
    assert "Załatane." in text_of(letters_to(ADDRESS)[-1])
    page.goto(path_in(letters_to(ADDRESS)[-1], "/konto/zgloszenia/"))
    expect(page.get_by_text("Załatane.")).to_be_visible()
    page.get_by_role("link", name="Zgody i wiadomości").click()
    page.get_by_role("button", name="Wycofaj zgodę na biuletyn").click()
    expect(page.get_by_text("biuletynu już nie wyślemy")).to_be_visible()
    check(page)
    download(page, report)
    leave(page)
    # Those who work in the units stay.
    assert not User.objects.filter(memberships=None).exists()
    acts = ConsentEntry.objects.filter(purpose="newsletter").order_by("pk")
    assert [entry.act for entry in acts] == ["given", "withdrawn"]


def download(page: Page, report: Report) -> None:
    page.get_by_role("link", name="Moje dane").click()
    page.get_by_label("Hasło").fill(PASSWORD)
    check(page)
    page.locator("main button[type=submit]").first.click()
    expect(page.get_by_role("heading", name="Moje dane")).to_be_visible()
    check(page)
    with page.expect_download() as waited:
        page.get_by_role("button", name="Pobierz moje dane").click()
    with ZipFile(waited.value.path()) as archive:
        data = json.loads(archive.read("dane.json"))
    assert [one["reference"] for one in data["reports"]] == [report.reference]


def leave(page: Page) -> None:
    page.get_by_role("link", name="Zamknij konto").click()
    page.get_by_label("Hasło").fill(PASSWORD)
    check(page)
    page.get_by_role("button", name="Zamknij konto teraz").click()
    expect(page.get_by_role("heading", name="Konto jest zamknięte")).to_be_visible()
    check(page)
    expect(page.get_by_role("link", name="Zaloguj się", include_hidden=True)).to_have_count(1)
