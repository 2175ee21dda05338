"""GIS staff put a file of boundaries into a draft, in a browser."""

import pytest
from playwright.sync_api import expect

from districts.editions.uploading.processing import process_due
from tests.districts.editions.drafts import drafted, gis, square
from tests.districts.editions.files import districts_in_force, written
from tests.people import PASSWORD


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_a_file_is_followed_until_it_is_in_the_draft(visit, committed, tmp_path, size):
    drafted("next", {"former": square(5)}, by=gis("gis"))
    path = tmp_path / "osiedla.gpkg"
    path.write_bytes(written("gpkg", districts_in_force(), crs=2180))
    page = visit("/panel/granice/wydania/next/pliki/", size=size)
    page.locator("[name=login]").fill("gis")
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Zaloguj się").click()
    page.get_by_label("Plik z granicami").set_input_files(path)
    page.get_by_role("button", name="Wgraj", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Otwieramy plik")
    process_due()
    # The page finds out by itself.
    expect(page.get_by_label("Pole z kodem")).to_have_value("kod")
    expect(page.get_by_label("Pole z nazwą")).to_have_value("nazwa")
    expect(page.get_by_label("Pole z dzielnicą")).to_have_value("dzielnica")
    expect(page.locator("[data-city-map][data-ready]")).to_be_visible()
    expect(page.locator("path.district")).to_have_count(36)
    page.get_by_role("button", name="Wczytaj do szkicu").click()
    expect(page.get_by_role("status")).to_contain_text("Wczytujemy granice")
    process_due()
    expect(page.get_by_role("status")).to_contain_text("Granice z pliku są w szkicu")
    page.get_by_role("link", name="Zobacz szkic").click()
    expect(page.get_by_role("heading", name="36 obszarów")).to_be_visible()
