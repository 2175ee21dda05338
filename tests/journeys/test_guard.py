"""When the portal is busy, the browser works and the person notices nothing."""

from playwright.sync_api import expect

from reports.intake.guard.switch import raise_guard
from reports.models import Report
from tests.factories import CITY_HALL

HERE = {"latitude": CITY_HALL.y, "longitude": CITY_HALL.x}


def test_a_report_passes_the_raised_guard_by_itself(visit, operator):
    raise_guard(by=operator)
    page = visit("/zgloszenia/nowe/", geolocation=HERE, permissions=["geolocation"])
    page.locator("[data-city-map][data-ready]").wait_for()
    page.get_by_role("button", name="Użyj mojego położenia").click()
    expect(page.locator("[data-place]")).to_contain_text("Katedralna")
    page.get_by_label("Szukaj").fill("dziura")
    page.get_by_label("Dziura w jezdni").check()
    page.get_by_label("Opis", exact=True).fill("Głęboka dziura.")
    page.get_by_role("button", name="Wyślij zgłoszenie").click()
    page.wait_for_url("**/potwierdzenie/")
    assert Report.objects.count() == 1
    # The receipt offers its files, but nothing that this browser cannot do.
    expect(page.get_by_alt_text("Kod QR")).to_be_visible()
    expect(page.get_by_role("link", name="Dodaj termin do kalendarza")).to_be_visible()
