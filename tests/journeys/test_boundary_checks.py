"""GIS staff check a draft, see each finding on the map, and mend it once they saw what it does."""

import re

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from demo.boundaries import CODE, draft_boundaries
from districts.editions.checking import ask_for_check, check_due, check_edition
from districts.models import Edition, Finding
from tests.journeys.conftest import SIZES
from tests.journeys.test_panel import log_in
from tests.people import person

ROOM = f"/panel/granice/wydania/{CODE}/sprawdzenie/"


@pytest.fixture
def draft(committed) -> Edition:
    call_command("load_roles", verbosity=0)
    person("gis", role="gis")
    return draft_boundaries()


@pytest.fixture
def page(draft, visit) -> Page:
    page = visit(ROOM, size=SIZES["desktop"])
    log_in(page, "gis")
    page.wait_for_url(re.compile("sprawdzenie"))
    return page


def test_a_check_runs_while_the_page_waits_and_a_gap_is_mended(page: Page, draft: Edition):
    ask_for_check(draft, by=draft.author)
    page.reload()
    expect(page.get_by_text("Trwa sprawdzanie")).to_be_visible()
    check_due()
    expect(page.get_by_text("Trwa sprawdzanie")).to_have_count(0)
    gap = page.locator("[data-finding]").filter(has_text="Dziura między sąsiadami")
    gap.get_by_role("button", name="Pokaż na mapie").click()
    expect(page.locator(".finding.is-chosen").first).to_be_visible()
    gap.get_by_role("link", name="Oddaj sąsiadowi").click()
    expect(page.locator(".finding.is-gained").first).to_be_visible()
    page.get_by_role("button", name="Napraw tak").click()
    expect(page.get_by_text("Naprawiono.")).to_be_visible()
    check_edition(draft, by=draft.author)
    assert not Finding.objects.filter(kind=Finding.Kind.GAP).exists()
