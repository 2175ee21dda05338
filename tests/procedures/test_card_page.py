"""The page of a card: what it says, and that its address never breaks."""

from datetime import timedelta

import pytest
from django.utils import timezone

from procedures.models import ProcedureFile
from tests.procedures.cards import make_card, make_version, publish_full_card

pytestmark = pytest.mark.django_db
URL = "/procedury/KA-01238/"


def test_the_card_says_everything(client):
    publish_full_card(related=[make_card("Utrata dowodu", number="KA-01239")])
    page = client.get(URL)
    assert page.status_code == 200
    for words in (
        "<strong>za darmo</strong>",
        "Krok 1",
        "Krok 2",
        "17\u00a0zł",
        "kwota zależy od sprawy",
        "Dzieci nie płacą.",
        "Pobierz wzór: wniosek.pdf (PDF, 13\u00a0bajtów)",
        "Ustawa o dowodach",
        "Do 30 dni.",
        "Do wojewody w 14 dni.",
        "Oddział Dowodów",
        "Pierwsza wersja.",
        "/procedury/KA-01239/",
        "/zgloszenia/nowe/?kategoria=dziura-w-jezdni",
        "https://www.gov.pl/dowod",
    ):
        assert words in page.text, words


def test_hostile_words_of_a_card_run_nothing(client):
    publish_full_card(
        summary="<script>alert(1)</script> [x](javascript:alert(1))",
        steps=["<img src=x onerror=alert(1)>"],
        time_limit="</script><script>alert(2)</script>",
        change_note="<b>x</b>",
    )
    text = client.get(URL).text
    for words in ("<script>alert", "<img src=x", 'href="javascript', "<b>x</b>"):
        assert words not in text


@pytest.mark.parametrize("typed", ["ka-1238", "KA 01238", "1238", "ka_01238", "KA01238"])
def test_other_spellings_of_the_number_lead_to_the_card(client, typed):
    publish_full_card()
    answer = client.get(f"/procedury/{typed}/")
    assert (answer.status_code, answer["Location"]) == (301, URL)


@pytest.mark.parametrize("typed", ["KA-99999", "cokolwiek", "KA-123456", "%3Cb%3E"])
def test_an_unknown_number_helps(client, typed):
    page = client.get(f"/procedury/{typed}/")
    assert page.status_code == 404
    assert "Nie ma takiej karty" in page.text
    assert 'name="q"' in page.text
    assert "<b>" not in page.text


def test_a_draft_and_a_scheduled_card_are_unknown(client):
    card = publish_full_card(published_at=None)
    assert client.get(URL).status_code == 404
    card.versions.update(published_at=timezone.now() + timedelta(hours=1))
    assert client.get(URL).status_code == 404


def test_a_withdrawn_card_says_so_and_points_on(client):
    new = make_card("Nowa karta", number="KA-02000")
    publish_full_card(
        withdrawn_at=timezone.now() - timedelta(hours=1),
        withdrawal_note="Sprawy już nie ma.",
        replaced_by=new,
    )
    page = client.get(URL)
    assert page.status_code == 410
    for words in ("Wydanie dowodu osobistego", "Sprawy już nie ma.", "/procedury/KA-02000/"):
        assert words in page.text
    assert client.get("/procedury/1238/")["Location"] == URL
    for other in ("/procedury/KA-01238.pdf", "/procedury/KA-01238.jsonld"):
        assert client.get(other).status_code == 410


def test_the_newest_version_that_has_begun_is_read(client):
    card = publish_full_card()
    make_version(card, title="Jutrzejsza karta", published_at=timezone.now() + timedelta(days=1))
    assert "Jutrzejsza karta" not in client.get(URL).text
    make_version(card, title="Dzisiejsza karta")
    assert "Dzisiejsza karta" in client.get(URL).text


def test_the_pdf_is_tagged_and_dated_on_every_page(client):
    from io import BytesIO

    from pypdf import PdfReader

    publish_full_card(handling="Długi opis sprawy. " * 900)
    answer = client.get("/procedury/KA-01238.pdf")
    assert answer["Content-Type"] == "application/pdf"
    reader = PdfReader(BytesIO(answer.content))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "pl"
    assert len(reader.pages) > 1
    for page in reader.pages:
        assert "Wydruk wygenerowano" in page.extract_text()


def test_a_card_without_a_place_has_no_empty_part(client):
    number = make_card(unit="bez-punktu").number
    page = client.get(f"/procedury/{number}/").content.decode()
    assert "gdzie" not in page.split("<main")[1].split("<footer")[0]


def test_a_template_is_given_to_be_saved(client):
    publish_full_card()
    file = ProcedureFile.objects.get()
    answer = client.get(f"/procedury/pliki/{file.pk}/wniosek.pdf")
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 wzor"
    assert answer["Content-Disposition"] == 'attachment; filename="wniosek.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert client.get(f"/procedury/pliki/{file.pk}/inna.pdf").status_code == 404


def test_a_template_is_a_page_of_nobody(client):
    publish_full_card()
    file = ProcedureFile.objects.get()
    answer = client.get(f"/procedury/pliki/{file.pk}/{file.name}")
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_file_of_a_draft_is_given_to_nobody(client):
    publish_full_card(published_at=None)
    file = ProcedureFile.objects.get()
    assert client.get(f"/procedury/pliki/{file.pk}/wniosek.pdf").status_code == 404


def test_a_card_sets_no_cookie(client):
    publish_full_card()
    assert not client.get(URL).cookies
    assert not client.get("/procedury/").cookies


def test_a_card_takes_few_statements(client, django_assert_max_num_queries):
    publish_full_card()
    with django_assert_max_num_queries(16):
        client.get(URL)
