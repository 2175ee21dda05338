"""The device finds the same personal data as the server and helps to remove it. Sending stays
possible.
"""

import json
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page, expect

from reports.intake.personal_data import find_personal_data

ROOT = Path(__file__).resolve().parents[2]
CASES = json.loads((ROOT / "tests/reports/intake/personal_data_cases.json").read_text())
# The address does not matter, because the fixture answers every request.
ADDRESS = "http://form.test/"


@pytest.fixture
def form_page(page: Page) -> Page:
    """A page with one field of the form and the warning, as the form has them."""
    page.route(f"{ADDRESS}**", lambda route: route.fulfill(status=404))
    page.route(
        lambda url: url.split("?")[0] == ADDRESS,
        lambda route: route.fulfill(body=form(), content_type="text/html"),
    )
    page.route(
        f"{ADDRESS}static/js/**",
        lambda route: route.fulfill(path=ROOT / route.request.url[len(ADDRESS) :]),
    )
    page.goto(ADDRESS)
    page.wait_for_function("document.documentElement.dataset.ready")
    return page


def form() -> str:
    words = render_to_string("reports/new/words.html", {"max_photos": 5})
    warning = render_to_string("reports/new/personal_data.html")
    return f"""<!doctype html><html lang="pl"><meta charset="utf-8"><title>Formularz</title>
      <main><h1>Formularz</h1><form><label for="d">Opis</label>
      <textarea id="d" name="description"></textarea>{warning}<button>Wyślij</button></form></main>
      {words}<script type="module">
      import {{ createPersonalDataWarning }} from "./static/js/components/personal-data.js";
      import {{ findPersonalData }} from "./static/js/lib/personal-data.js";
      window.findPersonalData = findPersonalData;
      createPersonalDataWarning(document.querySelector("form"));
      document.documentElement.dataset.ready = "true";
      </script>"""


def test_device_and_server_find_the_same(form_page):
    """JavaScript counts positions in UTF-16 units, so they are converted to characters first."""
    on_device = form_page.evaluate(
        """(texts) => texts.map((text) => findPersonalData(text).map(({kind, start, end}) =>
             [kind, [...text.slice(0, start)].length, [...text.slice(0, end)].length]))""",
        [case["text"] for case in CASES],
    )
    on_server = [[list(found) for found in find_personal_data(case["text"])] for case in CASES]
    assert on_device == on_server


def test_a_long_text_is_read_between_two_keystrokes(form_page):
    took = form_page.evaluate(
        """() => { const text = "501 EL1 12-a@ 9".repeat(267); const before = performance.now();
             findPersonalData(text); return performance.now() - before; }"""
    )
    assert took < 100


def test_what_was_found_is_named_and_can_be_taken_out(form_page):
    form_page.get_by_label("Opis").fill("Tel. 501 234 567, auto EL 12345.")
    rows = form_page.locator("[data-personal] li")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("Numer telefonu")
    expect(rows.first).to_contain_text("501 234 567")

    form_page.get_by_role("button", name="Usuń: 501 234 567").click()

    expect(form_page.get_by_label("Opis")).to_have_value("Tel. […], auto EL 12345.")
    expect(rows).to_have_count(1)
    # The button that was pressed is gone, so the focus moves to the next one.
    expect(form_page.get_by_role("button", name="Usuń: EL 12345")).to_be_focused()

    form_page.keyboard.press("Enter")

    expect(form_page.get_by_label("Opis")).to_have_value("Tel. […], auto […].")
    expect(rows).to_have_count(0)
    expect(form_page.get_by_label("Opis")).to_be_focused()


def test_what_changed_meanwhile_is_not_cut(form_page):
    """Pressing "Usuń" right after typing removes the text on the button, even if it has moved."""
    form_page.get_by_label("Opis").fill("Tel. 501 234 567")
    button = form_page.get_by_role("button", name="Usuń: 501 234 567")
    expect(button).to_be_visible()
    form_page.evaluate(
        """() => { const field = document.forms[0].elements.description;
             field.value = `Dzień dobry. ${field.value}`;
             field.dispatchEvent(new Event("input", {bubbles: true}));
             document.querySelector("[data-personal] button").click(); }"""
    )
    expect(form_page.get_by_label("Opis")).to_have_value("Dzień dobry. Tel. […]")


def test_the_warning_is_said_once_and_hides_when_nothing_is_left(form_page):
    warning = form_page.locator("[data-personal]")
    expect(warning).to_have_attribute("aria-live", "polite")
    expect(warning).to_be_empty()
    form_page.get_by_label("Opis").fill("jan@example.com")
    row = warning.locator("li")
    expect(row).to_have_count(1)
    row.evaluate("(element) => { element.dataset.same = 'yes'; }")
    form_page.get_by_label("Opis").fill("Piszcie: jan@example.com, dziękuję")
    form_page.wait_for_timeout(1000)
    # It is still the same element, so a screen reader says nothing again.
    expect(row).to_have_attribute("data-same", "yes")
    form_page.get_by_label("Opis").fill("Piszcie")
    expect(warning).to_be_empty()


def test_nothing_stops_sending(form_page):
    form_page.get_by_label("Opis").fill("501 234 567")
    expect(form_page.locator("[data-personal] li")).to_have_count(1)
    form_page.get_by_role("button", name="Wyślij").click()
    form_page.wait_for_url("**/?description=501+234+567")
