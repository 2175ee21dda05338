"""The annex is published from the table, in versions; a page says when it is out of date."""

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from catalogue.annex.publishing import AnnexUnchanged, annex_state, publish_annex
from catalogue.annex.text import annex_text
from catalogue.models import RoutingRule
from regulations.models import Kind, Version
from tests.factories import POTHOLE
from units.models import Unit
from web.markdown import render_markdown

pytestmark = pytest.mark.django_db


def change_the_table() -> None:
    other = Unit.objects.filter(is_operator=False).exclude(code="zdit").first()
    RoutingRule.objects.filter(category__code=POTHOLE, is_active=True).update(unit=other)


def test_it_is_published_with_the_reference_data():
    version = Version.objects.in_force(Kind.ANNEX)
    assert version.number == "1.0"
    assert "Dziura w jezdni" in version.body
    assert not annex_state().is_out_of_date


def test_the_same_table_is_not_published_twice():
    with pytest.raises(AnnexUnchanged):
        publish_annex(by=None)
    assert Version.objects.filter(kind=Kind.ANNEX).count() == 1


def test_the_page_shows_what_has_changed_in_the_table(client):
    assert "nieaktualny" not in client.get("/zalacznik/").text
    change_the_table()
    page = client.get("/zalacznik/").text
    assert "Załącznik jest nieaktualny" in page
    (change,) = annex_state().changes
    assert "Dziura w jezdni" in change.text
    assert change.kind == "changed"


def test_the_administrator_publishes_the_next_version(client, administrator):
    change_the_table()
    client.force_login(administrator)
    assert "Opublikuj załącznik" in client.get("/zalacznik/").text
    answer = client.post(reverse("panel:publish-annex"), follow=True)
    assert "w wersji 2.0" in answer.text
    assert AuditEntry.objects.filter(action="annex_published").latest("at").details == {
        "number": "2.0"
    }
    assert "Dziura w jezdni" in client.get("/zalacznik/2.0/zmiany/1.0/").text
    again = client.post(reverse("panel:publish-annex"), follow=True)
    assert "nie zmieniła się" in again.text


def test_its_tables_are_tables():
    html = render_markdown(annex_text())
    assert html.count("<table>") >= 8
    assert "<td>Zarząd Dróg i Transportu</td>" in html


def test_it_may_be_read_in_polish_by_everybody(client):
    page = client.get("/zalacznik/1.0/?tekst=pl", headers={"Accept-Language": "uk"}).text
    assert "Dziura w jezdni" in page
