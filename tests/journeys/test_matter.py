"""The category: found by ordinary words, suggested from the description, or leading elsewhere."""

import pytest
from playwright.sync_api import Locator, Page, expect


@pytest.fixture
def page(visit) -> Page:
    page = visit("/zgloszenia/nowe/")
    page.locator("[data-city-map][data-ready]").wait_for()
    return page


def search(page: Page, text: str) -> None:
    page.get_by_label("Szukaj").fill(text)


def found(page: Page) -> Locator:
    return page.locator("[data-found] label")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("dziura", "Dziura w jezdni"),
        ("dzuira", "Dziura w jezdni"),
        ("smieci", "Przepełniony kosz na śmieci"),
        ("lampa nie swieci", "Latarnia nie świeci"),
        ("latrnia", "Latarnia nie świeci"),
        ("dzik", "Błąkające się lub ranne zwierzę"),
    ],
)
def test_ordinary_words_and_slips_find_the_category_first(page, typed, name):
    search(page, typed)
    expect(found(page).first).to_have_text(name)
    expect(page.locator("[data-group]").first).to_be_hidden()


def test_an_empty_search_shows_all_groups_as_they_were(page):
    names = page.locator("[data-group] label").all_text_contents()
    search(page, "śnieg")
    expect(found(page)).not_to_have_count(0)
    search(page, "")
    expect(page.locator("[data-group]").first).to_be_visible()
    expect(found(page)).to_have_count(0)
    assert page.locator("[data-group] label").all_text_contents() == names


def test_words_that_mean_nothing_are_said_so_and_lead_to_other_matters(page):
    search(page, "xyzzy")
    expect(page.get_by_role("status").filter(has_text="Nic nie pasuje do: „xyzzy”")).to_be_visible()
    page.get_by_role("button", name="Inna sprawa").click()
    expect(page.locator("[data-category-chosen]")).to_contain_text("Inna sprawa")
    expect(page.get_by_label("Opis", exact=True)).to_have_value("xyzzy")


def test_other_matters_leave_a_description_alone(page):
    page.get_by_label("Opis", exact=True).fill("Zegar stoi.")
    search(page, "xyzzy")
    page.get_by_role("button", name="Inna sprawa").click()
    expect(page.get_by_label("Opis", exact=True)).to_have_value("Zegar stoi.")


def test_what_is_chosen_stays_in_view_and_can_be_changed(page):
    search(page, "dziura")
    page.get_by_label("Dziura w jezdni").check()
    change = page.get_by_role("button", name="Zmień")
    expect(page.locator("[data-category-chosen]")).to_contain_text("Dziura w jezdni")
    expect(page.locator("[data-category-chosen]")).to_be_in_viewport()
    expect(page.get_by_label("Szukaj")).to_be_hidden()
    expect(change).to_be_focused()
    expect(change).to_have_accessible_description("Dziura w jezdni")
    change.click()
    expect(page.get_by_label("Szukaj")).to_have_value("dziura")
    search(page, "lampa")
    page.get_by_label("Latarnia nie świeci").check()
    expect(page.locator("[data-category-chosen]")).to_contain_text("Latarnia nie świeci")
    expect(page.get_by_label("Szukaj")).to_be_hidden()


def test_pressing_what_is_chosen_already_closes_the_categories(page):
    search(page, "dziura")
    page.get_by_label("Dziura w jezdni").check()
    page.get_by_role("button", name="Zmień").click()
    page.get_by_label("Dziura w jezdni").click()
    expect(page.get_by_label("Szukaj")).to_be_hidden()


def test_keys_walk_through_what_is_found_and_tab_leaves_it(page):
    search(page, "śmieci")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Przepełniony kosz na śmieci")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Zaśmiecony chodnik")).to_be_checked()
    expect(page.get_by_label("Szukaj")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Inna sprawa")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Szukaj")).to_be_hidden()
    expect(page.locator("[data-category-chosen]")).to_contain_text("Zaśmiecony chodnik")


def test_enter_chooses_what_is_focused_and_does_not_send(page):
    search(page, "śmieci")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("[data-category-chosen]")).to_contain_text("Przepełniony kosz")
    expect(page.get_by_role("button", name="Zmień")).to_be_focused()
    expect(page.locator("#error-summary")).to_have_count(0)


def test_the_description_suggests_a_category(page):
    page.get_by_label("Opis", exact=True).fill("Na rogu nie świeci lampa, jest ciemno")
    suggestion = page.locator("[data-suggestion]")
    expect(suggestion).to_contain_text("Czy chodzi o: Latarnia nie świeci?")
    suggestion.get_by_role("button").click()
    expect(page.get_by_label("Latarnia nie świeci")).to_be_checked()
    expect(page.get_by_label("Numer na słupie")).to_be_visible()
    expect(suggestion).to_be_hidden()


def test_an_emergency_stops_with_112(page):
    search(page, "pożar")
    page.get_by_label("Wypadek, pożar albo inne zagrożenie").check()
    expect(page.locator("[data-emergency]")).to_contain_text("112")
    expect(page.get_by_role("button", name="Wyślij zgłoszenie")).to_be_disabled()
    page.get_by_role("button", name="Zmień").click()
    search(page, "dziura w jezdni")
    page.get_by_label("Dziura w jezdni").check()
    expect(page.get_by_role("button", name="Wyślij zgłoszenie")).to_be_enabled()


def test_somebody_elses_matter_says_whose(page):
    search(page, "wodociąg")
    page.get_by_label("Awaria wodociągu lub kanalizacji").check()
    expect(page.locator("[data-elsewhere]")).to_contain_text("ZWiK")
    expect(page.get_by_role("link", name="994")).to_have_attribute("href", "tel:994")


def test_the_sender_sees_what_becomes_public(visit):
    page = visit("/zgloszenia/nowe/")
    page.locator("[data-city-map][data-ready]").wait_for()
    page.get_by_text("Co zobaczą inni?").click()
    preview = page.locator("[data-preview]")
    expect(preview).to_contain_text("jeszcze nie wybrana")
    search(page, "dziura")
    page.get_by_label("Dziura w jezdni").check()
    page.get_by_label("Opis", exact=True).fill("Głęboka <b>dziura</b>.")
    page.get_by_label("Adres e-mail").fill("anna@example.org")
    expect(preview).to_contain_text("Dziura w jezdni")
    expect(preview).to_contain_text("Głęboka <b>dziura</b>.")
    expect(preview).not_to_contain_text("anna@example.org")
