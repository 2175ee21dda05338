"""The sender corrects the place on a map; without scripts, by words."""

import pytest
from playwright.sync_api import expect

from reports.models import Report
from reports.secret_link import key_of
from tests.factories import CITY_HALL, submitted


def own_page(report: Report) -> str:
    return f"/zgloszenia/{report.reference}/moje/{key_of(report.reference)}/"


@pytest.fixture
def opened(visit):
    """The page of the sender with its map drawn, and the report."""
    report = submitted(location=CITY_HALL)
    page = visit(own_page(report))
    page.locator("[data-place-map][data-ready]").wait_for()
    return page, report


def test_the_pin_is_moved_and_the_report_goes_there(opened):
    page, report = opened
    pin = page.get_by_role("button", name="Pinezka: miejsce zgłoszenia.")
    for _step in range(5):
        pin.press("Control+ArrowUp")
    expect(page.locator("[data-place]")).to_contain_text("osiedle")
    field = page.get_by_label("Adres albo współrzędne")
    assert abs(float(field.input_value().split(",")[0]) - (CITY_HALL.y + 500 / 111_320)) < 1e-5
    page.get_by_role("button", name="Zapisz poprawki").click()
    expect(page.get_by_text("Poprawiliśmy zgłoszenie.")).to_be_visible()
    moved = Report.objects.get(pk=report.pk)
    assert abs(moved.location.y - (CITY_HALL.y + 500 / 111_320)) < 1e-5


def test_an_address_is_found_keeps_its_words_and_moves_the_pin(opened):
    page, report = opened
    field = page.get_by_label("Adres albo współrzędne")
    field.fill("")
    field.press_sequentially("11 Listopada 36")
    expect(page.get_by_role("option").first).to_contain_text("11 Listopada 36")
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value("11 Listopada 36")
    expect(page.locator("[data-place]")).to_contain_text("11 Listopada 36, osiedle")
    page.get_by_role("button", name="Zapisz poprawki").click()
    expect(page.get_by_text("Poprawiliśmy zgłoszenie.")).to_be_visible()
    assert Report.objects.get(pk=report.pk).address == "11 Listopada 36"


def test_what_is_typed_takes_the_old_pin_away(opened):
    page, _report = opened
    expect(page.locator(".pin-icon")).to_have_count(1)
    page.get_by_label("Adres albo współrzędne").fill("Zgierska")
    expect(page.locator(".pin-icon")).to_have_count(0)


def test_without_scripts_the_address_is_enough(visit):
    report = submitted(location=CITY_HALL)
    page = visit(own_page(report), java_script_enabled=False)
    expect(page.locator("[data-place-map]")).to_be_hidden()
    page.get_by_label("Adres albo współrzędne").fill("11 Listopada 36")
    page.get_by_role("button", name="Zapisz poprawki").click()
    expect(page.get_by_text("Poprawiliśmy zgłoszenie.")).to_be_visible()
    assert Report.objects.get(pk=report.pk).address == "11 Listopada 36"
