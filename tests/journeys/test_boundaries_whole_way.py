"""New boundaries from a file until they are in force, and back again, in a browser."""

from pathlib import Path
from uuid import uuid4

import pytest
import requests
import shapely
from django.contrib.gis.geos import Point
from django.core.management import call_command
from playwright.sync_api import Page, expect

from demo.boundaries import draft_boundaries
from districts.editions.checking import check_due
from districts.editions.drafting import shapes_of
from districts.editions.uploading.processing import process_due
from districts.models import Edition
from reports.handling.rerouting import reroute_due
from reports.models import Report
from tests.districts.editions.files import rows_of, written
from tests.factories import category, dispatched
from tests.journeys.test_panel import DESKTOP, log_in
from tests.people import person

# The annex gives this category in katedralna to ZDiT, and elsewhere to WGK.
PAVEMENT = "uszkodzony-chodnik"
ROOM = "/panel/granice/"
PAGE = f"{ROOM}wydania/2027-01/"


@pytest.fixture
def people(committed) -> None:
    call_command("load_roles", verbosity=0)
    for name in ("gis", "gis2"):
        person(name, role="gis")


@pytest.fixture
def content(people) -> bytes:
    """A file in which a piece of stare-polesie goes to katedralna, and a slip left a gap."""
    demo = draft_boundaries()
    assert demo is not None
    shapes = shapes_of(demo)
    now = shapes_of(Edition.objects.in_force())
    kept = {code: now[code] for code in ("radogoszcz", "lagiewniki")}
    return written("gpkg", rows_of(shapes | kept), crs=2178)


@pytest.fixture
def place(content) -> Point:
    """In the piece that moves."""
    shapes = shapes_of(Edition.objects.get(code="demo-2027-01"))
    was = shapes_of(Edition.objects.in_force())["stare-polesie"].boundary
    spot = shapely.intersection(was, shapes["katedralna"].boundary).representative_point()
    return Point(spot.x, spot.y, srid=4326)


def test_from_a_file_into_force_and_back(visit, site, tmp_path, content, place):
    waiting = dispatched(category=category(PAVEMENT), location=place)
    assert waiting.unit.code == "wgk"
    path = tmp_path / "osiedla.gpkg"
    path.write_bytes(content)

    page = visit(f"{ROOM}nowe-wydanie/", size=DESKTOP)
    log_in(page, "gis")
    upload(page, path)
    mend_the_gap(page)
    see_what_changes(page)

    second = visit(PAGE, size=DESKTOP)
    log_in(second, "gis2")
    second.get_by_role("button", name="Zatwierdź wydanie").click()
    second.get_by_role("button", name="Wprowadź w życie").click()
    expect(second.get_by_text("Według tych granic portal kieruje teraz")).to_be_visible()
    assert unit_of_new_report(site, place) == "zdit"
    reroute_due()
    assert unit_of(waiting) == "zdit"

    second.goto(f"{ROOM}warstwy/osiedla/powrot/")
    # Both reports of this test.
    expect(second.locator("dl.facts dd")).to_have_text(["2", "0"])
    second.get_by_role("button", name="Wróć do 2026-01").click()
    expect(second).to_have_url(f"{site}{ROOM}wydania/2026-01/")
    assert unit_of_new_report(site, place) == "wgk"
    reroute_due()
    assert unit_of(waiting) == "wgk"


def upload(page: Page, path: Path) -> None:
    page.get_by_label("Oznaczenie wydania").fill("2027-01")
    page.get_by_label("Źródło danych").fill("Projekt uchwały")
    page.get_by_role("button", name="Zacznij szkic").click()
    page.get_by_role("link", name="Pliki", exact=True).click()
    page.get_by_label("Plik z granicami").set_input_files(path)
    page.get_by_role("button", name="Wgraj", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Otwieramy plik")
    process_due()
    page.get_by_role("button", name="Wczytaj do szkicu").click()
    expect(page.get_by_role("status")).to_contain_text("Wczytujemy granice")
    process_due()
    expect(page.get_by_role("status")).to_contain_text("Granice z pliku są w szkicu")


def check(page: Page) -> None:
    page.goto(PAGE)
    page.get_by_role("button", name="Sprawdź szkic").click()
    expect(page.get_by_text("Trwa sprawdzanie")).to_be_visible()
    check_due()
    expect(page.get_by_text("Trwa sprawdzanie")).to_have_count(0)


def mend_the_gap(page: Page) -> None:
    check(page)
    gap = page.locator("[data-finding]").filter(has_text="Dziura między sąsiadami")
    gap.get_by_role("link", name="Oddaj sąsiadowi").click()
    page.get_by_role("button", name="Napraw tak").click()
    expect(page.get_by_text("Naprawiono.")).to_be_visible()
    check(page)
    while page.get_by_role("button", name="Zapisz wyjaśnienie").count():
        page.get_by_label("Dlaczego tak ma być").first.fill("Tak stanowi uchwała.")
        page.get_by_role("button", name="Zapisz wyjaśnienie").first.click()


def see_what_changes(page: Page) -> None:
    page.get_by_role("link", name="Co się zmieni").click()
    moved = page.get_by_role("row").filter(has_text="Katedralna").filter(has_text="Stare Polesie")
    expect(moved.first).to_be_visible()
    expect(page.get_by_text("Zgłoszenia, które zmienią jednostkę albo osiedle: 1.")).to_be_visible()


def unit_of_new_report(site: str, place: Point) -> str:
    values = {
        "submission_id": str(uuid4()),
        "category": PAVEMENT,
        "description": "Zapadnięte płyty.",
        "location": {"type": "Point", "coordinates": list(place.coords)},
    }
    answer = requests.post(f"{site}/api/v1/reports/", json=values, timeout=30)
    assert answer.status_code == 201, answer.text
    return unit_of(Report.objects.get(reference=answer.json()["reference"]))


def unit_of(report: Report) -> str:
    return Report.objects.select_related("unit").get(pk=report.pk).unit.code
