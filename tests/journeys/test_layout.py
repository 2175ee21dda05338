"""Parts of pages stand where they can be read."""

from tests.journeys.conftest import SIZES

CUT = """() => [...document.querySelectorAll(".annex-table tbody, .annex-table tbody *")]
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1
    || one.scrollWidth > one.clientWidth + 1)
  .map((one) => one.textContent.trim().slice(0, 40))"""
TOPS = """(selector) => [...document.querySelectorAll(selector)]
  .map((one) => Math.round(one.getBoundingClientRect().top))"""


def test_no_column_of_the_annex_is_cut_on_a_phone(visit):
    page = visit("/zalacznik/", size=SIZES["phone"])
    assert page.evaluate(CUT) == []
    assert page.locator("td[data-label]").first.is_visible()


def test_the_three_steps_of_the_front_page_stand_in_line(visit):
    page = visit("/", size=SIZES["desktop"])
    for part in ("h3", "p"):
        assert len(set(page.evaluate(TOPS, f".steps.across > li > {part}"))) == 1
    (title,) = page.evaluate(TOPS, "#how-title")
    assert page.evaluate(TOPS, ".steps.across")[0] - title > 30
