"""Residents read the portal in Polish, English or Ukrainian, and their choice stays."""

from uuid import uuid4

import pytest
from django.utils.translation import override

from catalogue.models import Category
from outbox.models import Letter
from reports.handling.status import change_status
from reports.models import Contact, Report, StatusChange
from reports.second_thoughts.correcting import withdraw
from tests.factories import POTHOLE, send_to_units, submitted

pytestmark = pytest.mark.django_db
PAGES = (
    "/",
    "/zgloszenia/nowe/",
    "/status/",
    "/mapa/",
    "/zalacznik/",
    "/bez-sieci/",
    "/regulamin/",
)
WORDS = {"en": ("Report a problem", "Pothole"), "uk": ("Повідомити", "Яма на дорозі")}


@pytest.mark.parametrize("language", WORDS)
def test_the_browsers_language_is_taken(client, language):
    page = client.get("/zgloszenia/nowe/", headers={"Accept-Language": f"{language};q=0.9, de"})
    assert f'<html lang="{language}"' in page.text
    for words in WORDS[language]:
        assert words in page.text


def test_a_choice_is_remembered(client):
    answer = client.post("/jezyk/", {"language": "uk", "next": "/mapa/"})
    assert answer["Location"] == "/mapa/"
    page = client.get("/mapa/", headers={"Accept-Language": "en"})
    assert '<html lang="uk"' in page.text
    client.post("/jezyk/", {"language": "pl", "next": "https://evil.example/"})
    assert '<html lang="pl"' in client.get("/mapa/").text


def test_nobody_is_sent_elsewhere_by_it(client):
    answer = client.post("/jezyk/", {"language": "uk", "next": "https://evil.example/"})
    assert answer["Location"] == "/"
    assert client.post("/jezyk/", {"language": "xx"}).status_code == 302


@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_there_in_every_language(client, path, language):
    page = client.get(path, headers={"Accept-Language": language})
    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.text


@pytest.mark.parametrize(
    ("language", "words"), [("pl", "Wtorek: 9"), ("en", "Tuesday: 9"), ("uk", "Вівторок: 9")]
)
def test_opening_hours_are_said_in_the_readers_language(client, language, words):
    assert words in client.get("/", headers={"Accept-Language": language}).text


def send(client, **changes):
    values = {
        "submission_id": str(uuid4()),
        "category": POTHOLE,
        "description": "A deep hole.",
        "location": {"type": "Point", "coordinates": [19.4571, 51.7652]},
        "answers": {"wielkosc": "większa"},
        "email": "olena@example.org",
        "consent": True,
    }
    headers = {"Accept-Language": "uk"}
    body = values | changes
    return client.post("/api/v1/reports/", body, content_type="application/json", headers=headers)


def test_letters_come_in_the_language_of_whoever_left_the_address(client, operator):
    assert send(client).status_code == 201
    assert Contact.objects.get().language == "uk"
    (report,) = Report.objects.all()
    subjects = list(Letter.objects.order_by("pk").values_list("subject", flat=True))
    assert any("звернення" in subject for subject in subjects)
    send_to_units()
    report.refresh_from_db()
    with override("pl"):
        change_status(report, "in_progress", by=operator, note="Jedziemy.")
    last = Letter.objects.order_by("pk").last()
    assert "виконується" in last.subject


def test_questions_are_read_in_ones_language_and_kept_for_staff(client):
    listed = client.get("/api/v1/categories/", headers={"Accept-Language": "en"}).json()
    (pothole,) = [row for row in listed if row["code"] == POTHOLE]
    question = pothole["questions"][0]
    assert question["label"] == "How big is the hole?"
    assert {"value": "większa", "text": "bigger"} in question["choices"]
    assert send(client).status_code == 201
    assert Report.objects.get().answers == {"wielkosc": "większa"}
    assert send(client, answers={"wielkosc": "bigger"}).status_code == 400


def test_staff_read_polish_whatever_the_sender_chose(client):
    report = submitted()
    with override("uk"):
        withdraw(report)
    assert StatusChange.objects.last().note == "Wycofane przez zgłaszającego."


def test_every_category_is_found_by_foreign_words():
    for category in Category.objects.filter(is_active=True):
        assert category.name_en
        assert category.name_uk
        assert category.name_pl == category.name
    assert "pothole" in Category.objects.get(code=POTHOLE).keywords
    assert "яма" in Category.objects.get(code=POTHOLE).keywords


def test_the_kept_form_is_of_the_chosen_language(client):
    assert '"language": "uk"' in client.get("/sw.js?lang=uk").text
    assert '"language": "en"' in client.get("/sw.js?lang=x", headers={"Accept-Language": "en"}).text
