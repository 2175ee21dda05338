"""People find out how an official matter is settled, and take it along on paper."""

from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from procedures.search.indexing import index_procedures
from tests.procedures.cards import make_card, publish_full_card


@pytest.fixture
def page(committed, visit) -> Page:
    publish_full_card("KA-01238")
    other = make_card("Rejestracja pojazdu", number="KA-01240", categories=["pismo-urzedowe"])
    index_procedures([other])
    return visit("/procedury/")


def search_box(page: Page):
    return page.get_by_role("combobox", name="Jaką sprawę chcesz załatwić?")


def test_a_card_is_found_by_a_typo_and_printed(page):
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    search_box(page).fill("wydnie dowdu")
    page.get_by_role("button", name="Szukaj").click()
    expect(page.get_by_text("Pokazujemy wyniki dla:")).to_be_visible()
    expect(page.locator(".result-list mark").first).to_be_visible()
    page.get_by_role("link", name="Wydanie dowodu osobistego").click()
    page.wait_for_url("**/procedury/KA-01238/")
    expect(page.get_by_role("heading", name="Krok 2")).to_be_visible()
    printed = PdfReader(BytesIO(page.pdf()))
    text = " ".join(sheet.extract_text() for sheet in printed.pages)
    for words in ("Wydanie dowodu osobistego", "Krok 1", "Wydruk wygenerowano"):
        assert words in text
    assert "Czy ta karta pomogła" not in text
    with page.expect_download() as download:
        # Chromium without a window saves what it would show.
        page.evaluate(
            """const link = document.createElement("a");
            link.href = document.querySelector('a[href$=".pdf"]').href;
            link.download = "";
            link.click();"""
        )
    kept = PdfReader(download.value.path())
    assert "Wydruk wygenerowano" in kept.pages[0].extract_text()
    # The data for search engines stand in the page, and the policy for scripts has nothing to say.
    assert [words for words in said if "Content Security Policy" in words] == []


def test_suggestions_lead_to_the_card_by_keyboard(page):
    search_box(page).press_sequentially("rejes")
    option = page.get_by_role("option", name="Rejestracja pojazdu")
    expect(option).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.wait_for_url("**/procedury/KA-01240/")


def test_the_desk_is_found_by_the_address(page):
    page.goto(page.url + "KA-01238/")
    page.get_by_label("Twój adres w Łodzi").fill("Piotrkowska 104")
    page.get_by_role("button", name="Pokaż").click()
    expect(page.get_by_text("Twoje stanowisko dla adresu Piotrkowska 104")).to_be_visible()
    expect(page.locator("#stanowisko .desk")).to_contain_text("Punkt obsługi srodmiescie")


def test_a_reader_says_that_the_card_helped(page):
    page.goto(page.url + "KA-01238/")
    page.locator("#opinia").get_by_label("Tak").check()
    page.get_by_role("button", name="Wyślij opinię").click()
    expect(page.get_by_text("Dziękujemy. Przeczyta to redakcja.")).to_be_visible()
    assert page.context.cookies() == []


def test_a_formal_matter_in_the_form_leads_to_its_card(page):
    page.goto(page.url.replace("/procedury/", "/zgloszenia/nowe/"))
    page.locator("[data-city-map][data-ready]").wait_for()
    page.get_by_label("Szukaj: na przykład").fill("skarga")
    page.locator("[data-found] label").first.click()
    expect(page.get_by_role("link", name="Rejestracja pojazdu")).to_be_visible()
    expect(page.locator("[data-elsewhere]")).to_be_hidden()
    expect(page.locator("[data-send]")).to_be_disabled()
    page.locator("[data-category-change]").click()
    page.get_by_label("Szukaj: na przykład").fill("dziura")
    page.locator("[data-found] label").first.click()
    expect(page.locator("[data-cards-of]")).to_be_hidden()
