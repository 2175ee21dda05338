"""A category's own questions, and categories that do not lead to a report."""

from uuid import uuid4

import pytest

from catalogue.models import Category
from catalogue.questions import AnswersInvalid, answers_in_words, typed_answers
from procedures.elsewhere import NotForReports
from reports.models import Report
from tests.factories import category, dispatched, submitted

pytestmark = pytest.mark.django_db
QUESTIONS = [
    {"code": "slowa", "label": "Co?", "kind": "text", "required": True},
    {"code": "ile", "label": "Ile?", "kind": "number"},
    {"code": "jedno", "label": "Które?", "kind": "choice", "choices": ["a", "b"]},
    {"code": "kilka", "label": "Które dwa?", "kind": "choices", "choices": ["a", "b", "c"]},
    {"code": "dzien", "label": "Kiedy?", "kind": "date"},
]
GOOD = {"slowa": " tak ", "ile": "2,5", "jedno": "a", "kilka": ["a", "c"], "dzien": "2026-11-20"}


@pytest.fixture
def asking() -> Category:
    row = category()
    row.questions = QUESTIONS
    row.save()
    return row


def test_answers_are_typed_and_unknown_ones_left_out(asking):
    typed = typed_answers(asking, GOOD | {"obce": "x"})
    assert typed == GOOD | {"slowa": "tak", "ile": 2.5}


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("slowa", ""),
        ("slowa", "x" * 501),
        ("slowa", ["x"]),
        ("slowa", "\0"),
        ("ile", "dużo"),
        ("ile", "nan"),
        ("ile", "1e99"),
        ("ile", {"a": 1}),
        ("jedno", "c"),
        ("jedno", ["a"]),
        ("kilka", ["a", "x"]),
        ("kilka", 5),
        ("dzien", "20.11.2026"),
        ("dzien", 7),
    ],
)
def test_a_wrong_answer_is_reported_under_its_question(asking, code, given):
    with pytest.raises(AnswersInvalid) as refused:
        typed_answers(asking, GOOD | {code: given})
    assert list(refused.value.fields) == [f"answer-{code}"]


def test_what_is_not_required_may_stay_open(asking):
    assert typed_answers(asking, {"slowa": "tak", "kilka": []}) == {"slowa": "tak"}


def test_staff_read_questions_and_answers_in_words(asking):
    shown = dict(answers_in_words(asking, typed_answers(asking, GOOD) | {"dawne": "x"}))
    assert shown["Ile?"] == "2.5"
    assert shown["Które dwa?"] == "a, c"
    assert shown["dawne"] == "x"


def test_the_api_takes_answers_and_names_the_wrong_one(asking, client):
    body = {
        "submission_id": str(uuid4()),
        "category": asking.code,
        "description": "Dziura.",
        "location": {"type": "Point", "coordinates": [19.4571, 51.7652]},
    }
    refused = client.post("/api/v1/reports/", body, content_type="application/json")
    assert refused.status_code == 400
    assert list(refused.json()["fields"]) == ["answer-slowa"]
    sent = body | {"answers": {"slowa": "tak", "kilka": ["b"]}}
    assert client.post("/api/v1/reports/", sent, content_type="application/json").status_code == 201
    assert Report.objects.get().answers == {"slowa": "tak", "kilka": ["b"]}


def test_without_scripts_the_questions_come_with_the_page_and_keep_what_was_typed(asking, client):
    values = {
        "submission_id": str(uuid4()),
        "place": "51.7652, 19.4571",
        "category": asking.code,
        "description": "Dziura.",
        "answer-ile": "3",
        "answer-kilka": ["a", "b"],
    }
    answer = client.post("/zgloszenia/nowe/", values)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Odpowiedz na to pytanie." in page
    assert 'value="3"' in page
    assert client.post("/zgloszenia/nowe/", values | {"answer-slowa": "tak"}).status_code == 303
    assert Report.objects.get().answers == {"slowa": "tak", "ile": 3.0, "kilka": ["a", "b"]}


def test_staff_see_the_answers(asking, client, operator):
    report = dispatched(category=asking, answers={"slowa": "głęboka"})
    client.force_login(operator)
    assert "głęboka" in client.get(f"/panel/zgloszenia/{report.reference}/").content.decode()


@pytest.mark.parametrize("code", ["zagrozenie", "pismo-urzedowe", "woda-i-kanalizacja"])
def test_a_category_that_is_no_report_is_refused_with_its_advice(code, client):
    elsewhere = category(code)
    with pytest.raises(NotForReports, match=elsewhere.advice[:20]):
        submitted(category=elsewhere)
    page = client.get("/zgloszenia/nowe/").content.decode()
    assert elsewhere.advice[:20] in page
    assert not Report.objects.exists()
