"""Staff at work in a browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from playwright.sync_api import Page, expect

from accounts.models import Role
from reports.handling.status import change_status
from reports.models import Report, Status
from tests.factories import dispatched
from tests.people import PASSWORD, person

DESKTOP = (1280, 800)


@pytest.fixture
def report(committed) -> Report:
    call_command("load_roles")
    person("olga", role=Role.OPERATOR)
    person("zenon", unit="zdit")
    return dispatched()


@pytest.fixture
def page(visit, report) -> Page:
    """The page of ``report``, opened by the operator."""
    return opened(visit, "olga", report)


def opened(visit, name: str, report: Report) -> Page:
    page = visit(f"/panel/zgloszenia/{report.reference}/", size=DESKTOP)
    log_in(page, name)
    return page


def log_in(page: Page, name: str) -> None:
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Zaloguj się").click()


def kept(page: Page) -> list[str]:
    return page.evaluate("Object.keys(sessionStorage)")


def test_nothing_is_chosen_at_first(page):
    status = page.get_by_label("Nowy status")
    expect(status).to_have_value("")
    page.get_by_role("button", name="Zapisz odpowiedź").click()
    # The browser asks for a choice, so nothing was sent.
    expect(status).to_be_focused()


def test_after_a_conflict_choice_and_text_stay_also_when_the_page_is_opened_anew(page, report):
    page.get_by_label("Nowy status").select_option("in_progress")
    page.get_by_label("Odpowiedź dla zgłaszającego").fill("Jedziemy.")
    change_status(report, Status.IN_PROGRESS)
    page.get_by_role("button", name="Zapisz odpowiedź").click()
    expect(page.get_by_role("alert")).to_contain_text("Ktoś zmienił to zgłoszenie")
    for _look in range(2):
        expect(page.get_by_label("Nowy status")).to_have_value("in_progress")
        expect(page.get_by_label("Odpowiedź dla zgłaszającego")).to_have_value("Jedziemy.")
        page.goto(f"/panel/zgloszenia/{report.reference}/")
    page.get_by_role("button", name="Zapisz odpowiedź").click()
    expect(page.get_by_role("alert")).to_contain_text("nie można przejść")
    report.refresh_from_db()
    assert report.status == Status.IN_PROGRESS


def test_what_was_typed_survives_a_refresh_and_is_gone_once_it_is_saved(page):
    answer = page.get_by_label("Odpowiedź dla zgłaszającego")
    answer.fill("Jedziemy.")
    page.get_by_text("Przekaż innej jednostce").click()
    page.locator("#id_forward-reason").fill("umowa")
    page.reload()
    expect(answer).to_have_value("Jedziemy.")
    # A box that was closed opens to show what came back.
    expect(page.locator("#id_forward-reason")).to_be_visible()
    page.get_by_label("Nowy status").select_option("in_progress")
    page.get_by_role("button", name="Zapisz odpowiedź").click()
    expect(page.get_by_text("Zapisano.")).to_be_visible()
    expect(answer).to_have_value("")
    expect(page.locator("#id_forward-reason")).to_have_value("umowa")
    page.reload()
    expect(answer).to_have_value("")


def test_whoever_logs_out_leaves_nothing_that_they_typed(page, report):
    answer = page.get_by_label("Odpowiedź dla zgłaszającego")
    answer.fill("Pani Kowalska czeka.")
    assert len(kept(page)) == 1
    page.get_by_role("button", name="Wyloguj").click()
    page.wait_for_url(lambda url: "/panel/" not in url)
    assert kept(page) == []


def test_the_next_account_in_the_same_tab_sees_nothing_of_the_one_before(page, report):
    page.get_by_label("Odpowiedź dla zgłaszającego").fill("Pani Kowalska czeka.")
    # The session ended without a press, as it does over night.
    page.context.clear_cookies()
    page.reload()
    log_in(page, "zenon")
    expect(page.get_by_label("Odpowiedź dla zgłaszającego")).to_have_value("")
    assert kept(page) == []


def test_only_a_repetition_is_asked_of_which(page, visit, report):
    first = dispatched()
    which = page.get_by_label("Które zgłoszenie powtarza?")
    expect(which).to_be_hidden()
    page.get_by_label("Nowy status").select_option("duplicate")
    which.fill(first.reference.lower().replace("-", " "))
    page.get_by_label("Odpowiedź dla zgłaszającego").fill("Już jedziemy do tej dziury.")
    page.get_by_role("button", name="Zapisz odpowiedź").click()
    page.get_by_role("link", name=first.reference).click()
    expect(page.get_by_role("link", name=report.reference)).to_be_visible()


def test_a_wrong_place_is_corrected_by_pressing_on_the_map(page, report):
    page.get_by_text("Popraw miejsce").click()
    form = page.locator("#form-place")
    form.locator("[data-place-map][data-ready]").wait_for()
    before = report.location
    form.locator("[data-place-map]").click(position={"x": 60, "y": 200})
    field = form.get_by_label("Adres albo współrzędne")
    expect(field).not_to_have_value("")
    expect(form.locator("[data-place]")).to_contain_text("osiedle")
    # What was pressed survives a refresh, as what is typed.
    pressed = field.input_value()
    page.reload()
    expect(field).to_have_value(pressed)
    form.get_by_role("button", name="Zmień miejsce").click()
    expect(page.get_by_text("Zapisano.", exact=True)).to_be_visible()
    report.refresh_from_db()
    assert report.location.coords != before.coords
    assert pressed == f"{report.location.y:.6f}, {report.location.x:.6f}"


def test_a_list_shows_fourteen_reports_at_once_on_a_small_desk(visit, report):
    for _number in range(13):
        dispatched()
    page = visit("/panel/operator/?zakres=otwarte", size=DESKTOP)
    log_in(page, "olga")
    # The greeting is shown once.
    expect(page.get_by_text("Jesteś w portalu")).to_be_visible()
    page.reload()
    expect(page.locator(".work-list > li").nth(13)).to_be_in_viewport(ratio=1)


def test_a_list_is_worked_through_by_keys_alone(visit, report):
    further = [dispatched(), dispatched()]
    page = visit("/panel/jednostka/?kolejnosc=najnowsze", size=DESKTOP)
    log_in(page, "zenon")
    rows = page.locator("[data-work-list] a.whole")
    expect(rows).to_have_count(3)
    # The last thing that the script of the page shows.
    expect(page.locator("[data-near-me]")).to_be_visible()
    for key, place in ("j", 0), ("j", 1), ("j", 2), ("j", 2), ("k", 1):
        page.keyboard.press(key)
        expect(rows.nth(place)).to_be_focused()
    page.keyboard.press("o")
    expect(page.locator(".case-head")).to_contain_text(further[0].reference)
    # On to the next one of the list, and back.
    expect(page.get_by_role("link", name="Następne z listy")).to_be_visible()
    page.keyboard.press("j")
    page.wait_for_url(f"**/{report.reference}/")
    expect(page.get_by_role("link", name="Poprzednie z listy")).to_be_visible()
    expect(page.get_by_role("link", name="Następne z listy")).to_be_hidden()
    page.keyboard.press("k")
    page.wait_for_url(f"**/{further[0].reference}/")
    expect(page.get_by_role("button", name="Polecenia")).to_be_visible()

    # All that the page can do, by its words.
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Polecenia i skróty")
    words = dialog.get_by_label("Co chcesz zrobić?")
    expect(words).to_be_focused()
    expect(dialog.get_by_role("button", name="Zapisz odpowiedź a")).to_be_visible()
    assert not Axe().run(page).response["violations"]
    words.fill("nie ma takiego")
    expect(dialog.get_by_role("status")).to_be_visible()
    words.fill("biore te")
    words.press("Enter")
    expect(page.locator("#prowadzi")).to_contain_text("zenon")

    # Whoever dictates switches the single keys off; Ctrl+K stays.
    page.keyboard.press("Control+k")
    dialog.get_by_label("Wyłącz skróty").check()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(dialog).to_be_hidden()
    page.keyboard.press("Control+k")
    expect(dialog).to_be_visible()
