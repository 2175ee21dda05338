"""Reporting is switched off while somebody writes, and a break begins during sending: nothing is
lost, nothing is doubled, and it is said clearly.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from reports.models import Photo, Report
from tests.journeys.test_accessibility import SIZES, faults, looks
from tests.journeys.test_nothing_is_lost import (
    REPORTS,
    TEXT,
    add_photo,
    fill,
    open_form,
    send,
    waiting_reports,
)
from tests.pictures import noisy_jpeg
from tests.switching import WHY, break_in, off, on
from web.management.commands.write_maintenance_page import maintenance_page
from web.models import Break


def look_again(page: Page) -> None:
    """What the page does by itself each minute, and whenever somebody comes back to it."""
    with page.expect_response("**/stan/"):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def end_break(planned: Break) -> None:
    Break.objects.filter(pk=planned.pk).update(cancelled_at=planned.starts_at)


def said(page: Page):
    return page.locator("[data-state-said]")


def test_reporting_switched_off_while_somebody_writes(visit):
    page = open_form(visit)
    fill(page)
    off("reporting")
    look_again(page)
    expect(said(page)).to_contain_text(WHY)
    expect(page.locator(".portal-state-bar")).to_be_visible()
    send(page)
    expect(waiting_reports(page)).to_contain_text("czeka na portal")
    expect(waiting_reports(page)).to_contain_text(WHY)
    assert not Report.objects.exists()
    on("reporting")
    look_again(page)
    expect(said(page)).to_contain_text("Znowu można wysyłać.")
    expect(waiting_reports(page)).to_contain_text("wysłane")
    assert Report.objects.get().description == TEXT


def test_an_answer_that_was_overtaken_is_not_believed(visit):
    page = open_form(visit)
    fill(page)
    page.evaluate("addEventListener('portal-open', () => performance.mark('opened'))")
    held: list[Route] = []
    page.route("**/stan/", lambda route: held.append(route), times=1)
    with page.expect_request("**/stan/"):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    open_state = page.request.get(page.url.replace("/zgloszenia/nowe/", "/stan/")).json()
    off("reporting")
    look_again(page)
    expect(said(page)).to_contain_text(WHY)
    with page.expect_response("**/stan/"):
        held[0].fulfill(json=open_state)
    look_again(page)
    expect(said(page)).to_contain_text(WHY)
    assert page.evaluate("performance.getEntriesByName('opened').length") == 0


def test_a_draft_outlives_the_switch(visit):
    page = open_form(visit)
    fill(page)
    page.wait_for_timeout(600)
    off("reporting")
    page.reload()
    expect(page.get_by_role("heading", name="Zgłoszeń teraz nie przyjmujemy")).to_be_visible()
    on("reporting")
    page.reload()
    expect(page.get_by_label("Opis", exact=True)).to_have_value(TEXT)


def test_a_kept_report_goes_from_the_page_that_says_no(visit):
    page = open_form(visit)
    fill(page)
    off("reporting")
    send(page)
    expect(waiting_reports(page)).to_contain_text("czeka na portal")
    page.goto("/zgloszenia/nowe/")
    expect(waiting_reports(page)).to_contain_text("czeka na portal")
    on("reporting")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(waiting_reports(page)).to_contain_text("wysłane")
    assert Report.objects.count() == 1


def test_a_break_that_begins_during_sending_loses_and_doubles_nothing(visit):
    """The portal took the report, and the break came before its answer arrived."""
    page = open_form(visit)
    fill(page)
    begun = []

    def take_and_lose(route) -> None:
        route.fetch()
        begun.append(break_in(0))
        route.abort()

    page.route(REPORTS, take_and_lose, times=1)
    send(page)
    expect(waiting_reports(page)).to_contain_text("czeka na sieć")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(waiting_reports(page)).to_contain_text("czeka na portal")
    expect(waiting_reports(page)).to_contain_text("Trwa przerwa techniczna")
    end_break(begun[0])
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(waiting_reports(page)).to_contain_text("wysłane")
    assert Report.objects.count() == 1


def test_a_break_between_two_parts_of_a_photo_keeps_the_parts(visit):
    page = open_form(visit)
    fill(page)
    begun = []

    def begin_break(route) -> None:
        if route.request.headers.get("upload-offset", "0") != "0" and not begun:
            begun.append(break_in(0))
        route.continue_()

    page.route("**/api/v1/uploads/*/", begin_break)
    add_photo(page, noisy_jpeg())
    expect(page.locator("[data-photo-list]")).to_contain_text("Trwa przerwa techniczna")
    send(page)
    expect(waiting_reports(page)).to_contain_text("czeka na portal")
    assert not Photo.objects.exists()
    end_break(begun[0])
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(waiting_reports(page)).to_contain_text("wysłane")
    assert Report.objects.get().photos.count() == 1


def test_who_fills_in_the_form_hears_of_a_break_to_come(visit):
    page = open_form(visit)
    expect(page.locator(".portal-state-bar")).to_be_hidden()
    break_in(9.5, lasts=30)
    look_again(page)
    expect(said(page)).to_contain_text("Za 10 min przerwa techniczna")
    assert said(page).get_attribute("aria-live") == "polite"


@pytest.mark.parametrize("language", ["pl-PL", "en-GB", "uk-UA"])
def test_without_scripts_what_was_typed_is_sent_after_the_break(visit, language):
    page = visit("/zgloszenia/nowe/", java_script_enabled=False, locale=language)
    planned = break_in(0)
    page.locator("textarea[name=description]").fill(TEXT)
    page.locator("button[data-send]").click()
    assert page.locator("input[name=description]").get_attribute("value") == TEXT
    end_break(planned)
    page.locator("main form[method=post] button[type=submit]").click()
    # The form is not complete: it comes back with what was typed, to be mended.
    expect(page.locator("textarea[name=description]")).to_have_value(TEXT)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_page_of_the_proxy(browser, scheme):
    page = browser.new_page(color_scheme=scheme, viewport={"width": 320, "height": 640})
    page.set_content(maintenance_page())
    found = Axe().run(page).response["violations"]
    assert [fault["id"] for fault in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()


@pytest.mark.parametrize(
    ("size", "scheme"), looks(("narrow", "dark"), ("phone", "light"), ("desktop", "light"))
)
def test_pages_that_say_no(visit, committed, size, scheme):
    """While functions are off and a break is announced, and while it is on."""
    for function in ("reporting", "registration", "map", "login", "photos"):
        off(function)
    planned = break_in(20)
    page = visit("/", size=SIZES[size], color_scheme=scheme)
    wrong = {}
    for path in ("/", "/zgloszenia/nowe/", "/konto/rejestracja/", "/konto/logowanie/", "/mapa/"):
        page.goto(path)
        if found := faults(page):
            wrong[path] = found
    end_break(planned)
    break_in(0)
    on("reporting")
    for path in ("/", "/zgloszenia/nowe/"):
        page.goto(path)
        if found := faults(page):
            wrong[f"{path} in a break"] = found
    assert wrong == {}
