"""The device finds what the server finds, and helps to take it out; nothing stops sending."""

import json
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page, expect

from reports.intake.personal_data import find_personal_data

ROOT = Path(__file__).resolve().parents[2]
CASES = json.loads((ROOT / "tests/reports/intake/personal_data_cases.json").read_text())
# Any address: every request is answered from here.
ROOM = "http://room.test/"


@pytest.fixture
def room(page: Page) -> Page:
    """The form's one field with the warning, as the form will have them."""
    page.route(f"{ROOM}**", lambda route: route.fulfill(status=404))
    page.route(
        lambda url: url.split("?")[0] == ROOM,
        lambda route: route.fulfill(body=form(), content_type="text/html"),
    )
    page.route(
        f"{ROOM}static/js/**",
        lambda route: route.fulfill(path=ROOT / route.request.url[len(ROOM) :]),
    )
    page.goto(ROOM)
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


def test_device_and_server_find_the_same(room):
    """Positions in JavaScript count UTF-16 units; they are compared as characters."""
    on_device = room.evaluate(
        """(texts) => texts.map((text) => findPersonalData(text).map(({kind, start, end}) =>
             [kind, [...text.slice(0, start)].length, [...text.slice(0, end)].length]))""",
        [case["text"] for case in CASES],
    )
    on_server = [[list(found) for found in find_personal_data(case["text"])] for case in CASES]
    assert on_device == on_server


def test_a_long_text_is_read_between_two_keystrokes(room):
    took = room.evaluate(
        """() => { const text = "501 EL1 12-a@ 9".repeat(267); const before = performance.now();
             findPersonalData(text); return performance.now() - before; }"""
    )
    assert took < 100


def test_what_was_found_is_named_and_can_be_taken_out(room):
    room.get_by_label("Opis").fill("Tel. 501 234 567, auto EL 12345.")
    rows = room.locator("[data-personal] li")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("Numer telefonu")
    expect(rows.first).to_contain_text("501 234 567")

    room.get_by_role("button", name="Usuń: 501 234 567").click()

    expect(room.get_by_label("Opis")).to_have_value("Tel. […], auto EL 12345.")
    expect(rows).to_have_count(1)
    # The button pressed is gone; the keyboard goes on with the next one.
    expect(room.get_by_role("button", name="Usuń: EL 12345")).to_be_focused()

    room.keyboard.press("Enter")

    expect(room.get_by_label("Opis")).to_have_value("Tel. […], auto […].")
    expect(rows).to_have_count(0)
    expect(room.get_by_label("Opis")).to_be_focused()


def test_what_changed_meanwhile_is_not_cut(room):
    """A press on "Usuń" right after typing takes out what it says, wherever it is by now."""
    room.get_by_label("Opis").fill("Tel. 501 234 567")
    button = room.get_by_role("button", name="Usuń: 501 234 567")
    expect(button).to_be_visible()
    room.evaluate(
        """() => { const field = document.forms[0].elements.description;
             field.value = `Dzień dobry. ${field.value}`;
             field.dispatchEvent(new Event("input", {bubbles: true}));
             document.querySelector("[data-personal] button").click(); }"""
    )
    expect(room.get_by_label("Opis")).to_have_value("Dzień dobry. Tel. […]")


def test_the_warning_is_said_once_and_hides_when_nothing_is_left(room):
    warning = room.locator("[data-personal]")
    expect(warning).to_have_attribute("aria-live", "polite")
    expect(warning).to_be_empty()
    room.get_by_label("Opis").fill("jan@example.com")
    row = warning.locator("li")
    expect(row).to_have_count(1)
    row.evaluate("(element) => { element.dataset.same = 'yes'; }")
    room.get_by_label("Opis").fill("Piszcie: jan@example.com, dziękuję")
    room.wait_for_timeout(1000)
    # The very same element: a screen reader has nothing new to say.
    expect(row).to_have_attribute("data-same", "yes")
    room.get_by_label("Opis").fill("Piszcie")
    expect(warning).to_be_empty()


def test_nothing_stops_sending(room):
    room.get_by_label("Opis").fill("501 234 567")
    expect(room.locator("[data-personal] li")).to_have_count(1)
    room.get_by_role("button", name="Wyślij").click()
    room.wait_for_url("**/?description=501+234+567")
