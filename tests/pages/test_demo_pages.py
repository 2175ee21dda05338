"""News and questions of the demonstration: enough of them, and no link that leads nowhere."""

import re

import yaml
from django.conf import settings
from django.urls import resolve

TEXT = (settings.BASE_DIR / "fixtures" / "pages.yaml").read_text(encoding="utf-8")
FILE = yaml.safe_load(TEXT)
QUESTIONS = [question for group in FILE["questions"] for question in group["questions"]]
# The cards are tested below.
CARDS = "/procedury/"


def test_there_are_at_least_six_news_and_twenty_questions():
    assert len(FILE["news"]) >= 6
    assert len(QUESTIONS) >= 20


def test_every_question_is_answered_in_three_languages():
    untranslated = [one["code"] for one in QUESTIONS if not {"en", "uk"} <= set(one)]
    assert untranslated == []


def test_every_link_of_the_texts_leads_to_a_page():
    for path in set(re.findall(r"\]\((/[^)]*)\)", TEXT)):
        if not path.startswith(CARDS):
            resolve(path)


def test_every_card_that_the_texts_name_is_there():
    for number in set(re.findall(r"/procedury/(KA-\d{5})/", TEXT)):
        assert (settings.BASE_DIR / "fixtures" / "procedures" / f"{number}.yaml").exists()
