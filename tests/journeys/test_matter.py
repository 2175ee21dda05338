"""The category: found by ordinary words, suggested from the description, or leading elsewhere."""

import pytest
from playwright.sync_api import Page, expect


@pytest.fixture
def page(visit) -> Page:
    page = visit("/zgloszenia/nowe/")
    page.locator("[data-city-map][data-ready]").wait_for()
    return page


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("dziura", "Dziura w jezdni"),
        ("dzuira", "Dziura w jezdni"),
        ("smieci", "Przepełniony kosz na śmieci"),
        ("lampa nie swieci", "Latarnia nie świeci"),
        ("latarna", "Latarnia nie świeci"),
    ],
)
def test_ordinary_words_and_slips_find_the_category(page, typed, name):
    page.get_by_label("Szukaj").fill(typed)
    expect(page.get_by_label(name)).to_be_visible()


def test_words_that_mean_nothing_find_nothing(page):
    page.get_by_label("Szukaj").fill("xyzzy")
    expect(page.locator("[data-category-count]")).to_have_text("Pasujących kategorii: 0")


def test_the_description_suggests_a_category(page):
    page.get_by_label("Opis", exact=True).fill("Na rogu nie świeci lampa, jest ciemno")
    suggestion = page.locator("[data-suggestion]")
    expect(suggestion).to_contain_text("Czy chodzi o: Latarnia nie świeci?")
    suggestion.get_by_role("button").click()
    expect(page.get_by_label("Latarnia nie świeci")).to_be_checked()
    expect(page.get_by_label("Numer na słupie")).to_be_visible()
    expect(suggestion).to_be_hidden()


def test_an_emergency_stops_with_112(page):
    page.get_by_label("Szukaj").fill("pożar")
    page.get_by_label("Wypadek, pożar albo inne zagrożenie").check()
    expect(page.locator("[data-emergency]")).to_contain_text("112")
    expect(page.get_by_role("button", name="Wyślij zgłoszenie")).to_be_disabled()
    page.get_by_label("Szukaj").fill("dziura w jezdni")
    page.get_by_label("Dziura w jezdni").check()
    expect(page.get_by_role("button", name="Wyślij zgłoszenie")).to_be_enabled()


def test_somebody_elses_matter_says_whose(page):
    page.get_by_label("Szukaj").fill("wodociąg")
    page.get_by_label("Awaria wodociągu lub kanalizacji").check()
    expect(page.locator("[data-elsewhere]")).to_contain_text("ZWiK")
    expect(page.get_by_role("link", name="994")).to_have_attribute("href", "tel:994")


def test_the_sender_sees_what_becomes_public(visit):
    page = visit("/zgloszenia/nowe/")
    page.locator("[data-city-map][data-ready]").wait_for()
    page.get_by_text("Co zobaczą inni?").click()
    preview = page.locator("[data-preview]")
    expect(preview).to_contain_text("jeszcze nie wybrana")
    page.get_by_label("Szukaj").fill("dziura")
    page.get_by_label("Dziura w jezdni").check()
    page.get_by_label("Opis", exact=True).fill("Głęboka <b>dziura</b>.")
    page.get_by_label("Adres e-mail").fill("anna@example.org")
    expect(preview).to_contain_text("Dziura w jezdni")
    expect(preview).to_contain_text("Głęboka <b>dziura</b>.")
    expect(preview).not_to_contain_text("anna@example.org")
