"""The texts as PDF: tagged, in Polish letters, dated."""

from io import BytesIO

import pytest
from django.core.cache import cache
from pypdf import PdfReader

from regulations.models import Kind, Version

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()


def read(client, url: str) -> PdfReader:
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    return PdfReader(BytesIO(answer.content))


@pytest.mark.parametrize(
    "url",
    ["/regulamin/2.0.pdf", "/klauzula-informacyjna/2.0.pdf", "/deklaracja-dostepnosci/1.1.pdf"],
)
def test_it_is_tagged_and_in_polish(client, url):
    reader = read(client, url)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    assert root["/Lang"].startswith("pl")
    assert reader.metadata.title


def test_polish_letters_are_right_and_every_page_is_dated(client):
    reader = read(client, "/regulamin/2.0.pdf")
    for page in reader.pages:
        assert "Wydruk wygenerowano" in page.extract_text()
    text = "".join(page.extract_text() for page in reader.pages).replace("\n", " ")
    body = Version.objects.in_force(Kind.RULES).body
    assert {letter for letter in "ąćęłńóśźż" if letter in body} <= set(text)


def test_an_earlier_version_says_so_on_paper_too(client):
    text = read(client, "/regulamin/1.0.pdf").pages[0].extract_text().replace("\n", " ")
    assert "wersja archiwalna" in text


def test_the_surroundings_are_polish_for_everybody(client):
    answer = client.get("/regulamin/2.0.pdf", headers={"Accept-Language": "uk"})
    text = PdfReader(BytesIO(answer.content)).pages[0].extract_text()
    assert "obowiązuje od" in text


def test_it_is_made_once_a_day(client, monkeypatch):
    read(client, "/regulamin/2.0.pdf")
    monkeypatch.setattr("weasyprint.HTML", lambda **_options: 1 / 0)
    read(client, "/regulamin/2.0.pdf")


def test_an_unknown_version_has_no_pdf(client):
    assert client.get("/regulamin/7.7.pdf").status_code == 404
