"""Parts of pages stand where they can be read."""

import pytest

from tests.journeys.conftest import SIZES

CUT = """() => [...document.querySelectorAll(".annex-table tbody, .annex-table tbody *")]
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1
    || one.scrollWidth > one.clientWidth + 1)
  .map((one) => one.textContent.trim().slice(0, 40))"""
MIDDLES = """() => [...document.querySelectorAll(".site-menu a, .site-menu button")]
  .map((one) => one.getBoundingClientRect())
  .map((box) => Math.round((box.top + box.bottom) / 2))"""
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


@pytest.mark.parametrize("width", [1200, 1280, 1440])
@pytest.mark.parametrize("locale", ["pl-PL", "en-GB", "uk-UA"])
def test_the_menu_of_a_wide_screen_stands_in_one_line(visit, width, locale):
    page = visit("/regulamin/", size=(width, 800), locale=locale)
    middles = page.evaluate(MIDDLES)
    assert max(middles) - min(middles) <= 2
