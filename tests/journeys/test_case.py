"""A day of a member of a unit on one case, on a desk and on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from panel.report.presence import note_answering
from reports.models import AnswerTemplate, Memo, Report, SenderQuestion, Status
from tests.accounts.letters import letters_to
from tests.factories import dispatched
from tests.people import PASSWORD, person

SIZES = [(1280, 800), (390, 844)]
WRITTEN = "Łatamy w środę rano."


def now(report: Report) -> Report:
    return Report.objects.get(pk=report.pk)


def opened(visit, report: Report, size: tuple[int, int]) -> Page:
    page = visit(f"/panel/zgloszenia/{report.reference}/", size=size)
    page.locator("[name=login]").fill("zenon")
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Zaloguj się").click()
    return page


@pytest.mark.parametrize("size", SIZES, ids=["desk", "phone"])
def test_a_day_on_one_case(visit, committed, size):
    member, colleague = person("zenon", unit="zdit"), person("karol", unit="zdit")
    report = dispatched(email="maria@example.org", consent=True)
    AnswerTemplate.objects.create(
        name="Jedziemy", text="Zgłoszenie {numer}: ekipa jedzie.", status=Status.IN_PROGRESS
    )
    page = opened(visit, report, size)

    # A key takes it, but not while somebody types.
    memo = page.get_by_label("Notatka dla pracowników")
    memo.press("c")
    expect(memo).to_have_value("c")
    page.locator("h1").click()
    page.keyboard.press("c")
    expect(page.locator("#prowadzi")).to_contain_text("zenon")
    assert now(report).assignee == member

    memo = page.get_by_label("Notatka dla pracowników")
    memo.fill("Ekipa wolna od środy.")
    page.get_by_role("button", name="Dopisz notatkę").click()
    expect(page.get_by_text("Ekipa wolna od środy.")).to_be_visible()
    assert Memo.objects.get().by == member

    page.get_by_text("Zapytaj zgłaszającego").click()
    page.get_by_label("Pytanie", exact=True).fill("Przy którym wejściu?")
    page.get_by_role("button", name="Wyślij pytanie").click()
    expect(page.get_by_text("Czekamy na odpowiedź.")).to_be_visible()
    assert SenderQuestion.objects.get().text == "Przy którym wejściu?"

    # Somebody else is answering; the template fills the answer, the letter is seen before it goes.
    note_answering(report, colleague)
    page.reload()
    expect(page.get_by_text("Teraz odpowiada też: karol.")).to_be_visible()
    page.get_by_label("Szablon", exact=True).select_option(label="Jedziemy")
    answer = page.get_by_label("Odpowiedź dla zgłaszającego")
    expect(answer).to_have_value(f"Zgłoszenie {report.reference}: ekipa jedzie.")
    answer.fill(WRITTEN)
    page.get_by_role("button", name="Podgląd wiadomości").click()
    expect(page.get_by_role("heading", name="Tak będzie wyglądać wiadomość")).to_be_focused()
    expect(page.locator(".letter")).to_contain_text(WRITTEN)
    letters = len(letters_to("maria@example.org"))
    page.get_by_role("button", name="Zapisz odpowiedź").click()
    expect(page.get_by_text("Zapisano.")).to_be_visible()
    assert now(report).status == Status.IN_PROGRESS
    assert len(letters_to("maria@example.org")) == letters + 1
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


@pytest.mark.parametrize("size", SIZES, ids=["desk", "phone"])
def test_one_matter_sent_twice_is_merged_by_keys_and_taken_apart_again(visit, committed, size):
    person("zenon", unit="zdit")
    original, report = dispatched(), dispatched(email="maria@example.org", consent=True)
    page = opened(visit, report, size)
    page.get_by_text("Połącz z wcześniejszym zgłoszeniem").press("Enter")
    page.get_by_role("radio", name=original.reference).press("Space")
    page.get_by_role("button", name="Co się stanie?").press("Enter")
    heading = page.get_by_role("heading", name="Co się stanie")
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()
    expect(page.locator(".letter")).to_contain_text(original.reference)
    assert [rule["id"] for rule in Axe().run(page).response["violations"]] == []
    assert now(report).status == Status.FORWARDED
    page.get_by_role("button", name="Połącz", exact=True).press("Enter")
    expect(page.get_by_text("Powtarza zgłoszenie")).to_contain_text(original.reference)
    assert now(report).original == original
    page.get_by_role("button", name="Rozdziel z powrotem").press("Enter")
    expect(page.get_by_text("Powtarza zgłoszenie")).to_have_count(0)
    assert now(report).status == Status.FORWARDED
