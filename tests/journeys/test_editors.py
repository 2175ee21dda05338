"""An editor's day, and a lawyer who has no account: cards from the first word to the readers."""

import re

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from accounts.models import Role
from procedures.models import ProcedureVersion
from procedures.preparing import prepare_due
from tests.journeys.conftest import SIZES
from tests.people import PASSWORD, person
from tests.pictures import jpeg

ROOM = "/panel/redakcja/"


@pytest.fixture
def people(committed):
    call_command("load_roles")
    person("redaktorka", role=Role.EDITOR)
    person("redaktorka2", role=Role.EDITOR)


def logged_in(visit, name: str, **options) -> Page:
    page = visit("/konto/logowanie/", size=SIZES["desktop"], **options)
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Zaloguj się").click()
    page.wait_for_url(f"**{ROOM}")
    return page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def write_card(page: Page) -> None:
    page.goto(f"{ROOM}nowa/")
    page.locator("[name=title]").fill("Adopcja psa")
    page.locator("[name=summary]").fill("Psa ze schroniska weźmiesz za darmo.")
    page.locator("[name=unit]").select_option(label="Schronisko dla Zwierząt")
    page.locator("[name='steps-0-text']").fill("Poznaj psa.")
    press(page, "Dodaj krok")
    expect(page.locator("[name='steps-1-text']")).to_be_focused()
    page.keyboard.type("Podpisz umowę.")
    page.locator("[value='steps-1-up']").press("Enter")
    expect(page.locator("[name='steps-0-text']")).to_have_value("Podpisz umowę.")


def add_picture(page: Page) -> None:
    """The description is forgotten first; the file is not asked for again."""
    press(page, "Dodaj ilustrację")
    file = {"name": "Wejście.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
    page.locator("[name='illustrations-0-file']").set_input_files(file)
    press(page, "Zapisz")
    expect(page.get_by_text("Opisz jednym zdaniem, co widać na ilustracji.")).to_be_visible()
    expect(page.get_by_text("Przygotowujemy plik Wejście.jpg.")).to_be_visible()
    page.locator("[name='illustrations-0-description']").fill("Brama schroniska z tablicą.")
    page.locator("[name='steps-0-text']").fill("Poznaj psa.\n\n![](wejscie)")


def test_an_editors_day(visit, people):
    page = logged_in(visit, "redaktorka")
    write_card(page)
    page.locator("[value='steps-0-down']").click()
    add_picture(page)
    press(page, "Podgląd")
    expect(page.locator("#preview + .prose")).to_contain_text("Poznaj psa.")
    press(page, "Zapisz")
    expect(page.get_by_text("Ilustracja wejscie jest w przygotowaniu")).to_be_visible()
    prepare_due()
    page.reload()
    expect(page.get_by_role("img", name="Brama schroniska z tablicą.")).to_be_visible()
    press(page, "Przekaż do sprawdzenia")
    expect(page.get_by_text("opublikuje ją ktoś inny")).to_be_visible()
    second = logged_in(visit, "redaktorka2")
    second.get_by_role("link", name="Adopcja psa").click()
    second.locator("[name=at]").first.fill("2030-01-02T08:00")
    press(second, "Opublikuj")
    expect(second.get_by_text("zacznie obowiązywać 2 stycznia 2030")).to_be_visible()
    second.get_by_role("link", name="Kalendarz").click()
    expect(second.get_by_role("link", name="Adopcja psa")).to_be_visible()
    second.get_by_role("link", name="Adopcja psa").click()
    press(second, "Odwołaj zaplanowaną publikację")
    press(second, "Opublikuj")
    expect(second.get_by_text("Czytelnicy widzą wersję 1")).to_be_visible()
    version = ProcedureVersion.objects.current().get()
    reader = visit(f"/procedury/{version.procedure.number}/")
    shown = reader.get_by_role("img", name="Brama schroniska z tablicą.")
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("naturalWidth", 640)


def test_a_card_is_written_without_scripts(visit, people):
    page = logged_in(visit, "redaktorka", java_script_enabled=False)
    write_card(page)
    press(page, "Zapisz")
    expect(page.get_by_role("heading", name="Adopcja psa")).to_be_visible()


def test_marks_of_markdown_are_set_by_a_press(visit, people):
    page = logged_in(visit, "redaktorka")
    page.goto(f"{ROOM}nowa/")
    field = page.locator("[name=summary]")
    field.fill("ważne")
    field.select_text()
    page.get_by_role("button", name="Pogrub").first.click()
    expect(field).to_have_value("**ważne**")


def test_a_lawyer_approves_by_a_link(visit, people):
    page = logged_in(visit, "redaktorka")
    write_card(page)
    press(page, "Zapisz")
    press(page, "Przekaż do sprawdzenia")
    page.get_by_text("Poproś prawnika o opinię").click()
    page.locator("[name=name]").fill("mec. Anna Prawo")
    press(page, "Utwórz link")
    address = page.locator("code.secret").inner_text()
    lawyer = visit(re.sub(r"^https?://[^/]+", "", address))
    expect(lawyer.get_by_role("heading", name="Adopcja psa")).to_be_visible()
    press(lawyer, "Zgadzam się na publikację")
    expect(lawyer.get_by_text("Zgoda jest zapisana")).to_be_visible()
    page.goto(f"{ROOM}KA-00001/")
    expect(page.get_by_text("Pozytywną opinię wydał(a): mec. Anna Prawo.")).to_be_visible()
