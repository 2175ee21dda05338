"""Somebody writes to the administrator: what was typed stays, and the error is by its field."""

import re

from playwright.sync_api import Page, expect

from pages.models import Inquiry

TEXT = "Nie widzę mapy na telefonie."


def write(page: Page) -> None:
    page.locator("[name=topic]").select_option(index=1)
    page.locator("[name=text]").fill(TEXT)
    page.locator("[name=name]").fill("Maria")


def test_a_message_is_mended_and_sent(visit):
    page = visit("/kontakt/")
    write(page)
    page.locator("[name=email]").fill("maria@")
    page.get_by_role("button", name="Wyślij").click()
    expect(page).to_have_title(re.compile("^Błąd:"))
    wrong = page.locator("[name=email]")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(wrong).to_have_accessible_description(re.compile("adres", re.IGNORECASE))
    expect(page.locator("[name=text]")).to_have_value(TEXT)
    expect(page.locator("[name=name]")).to_have_value("Maria")
    wrong.fill("")
    page.get_by_role("button", name="Wyślij").click()
    page.wait_for_url("**/kontakt/wyslano/")
    assert Inquiry.objects.get().text == TEXT


def test_who_looks_like_a_machine_lets_the_browser_work_and_is_heard(visit):
    page = visit("/kontakt/")
    write(page)
    # As some helpers of browsers do, which fill in everything.
    page.locator("[name=website]").evaluate("field => { field.value = 'https://example.org'; }")
    page.get_by_role("button", name="Wyślij").click()
    expect(page.get_by_text("Gotowe, możesz wysłać.")).to_be_visible()
    expect(page.locator("[name=text]")).to_have_value(TEXT)
    page.get_by_role("button", name="Wyślij").click()
    page.wait_for_url("**/kontakt/wyslano/")
    assert Inquiry.objects.get().text == TEXT
