"""What a form knows of its categories and of one question of a category."""

from django import template

from catalogue.models import Category
from catalogue.questions import ANSWER_PREFIX, translated_question
from reports.pages.forms.report import ReportForm

register = template.Library()


@register.filter
def has_code(categories: list[Category], code: str | None) -> bool:
    """Whether the category with this code is among them."""
    return any(category.code == code for category in categories)


@register.filter
def wrong_answer(form: ReportForm, code: str) -> str:
    return " ".join(form.wrong_answers.get(ANSWER_PREFIX + code, []))


@register.filter
def as_asked(questions: list[dict]) -> list[dict]:
    return [translated_question(question) for question in questions]


@register.filter
def given_answer(form: ReportForm, question: dict) -> object:
    """What was typed: a list for several choices, else text."""
    if not form.is_bound:
        return ""
    given = form.given(ANSWER_PREFIX + question["code"], question["kind"])
    return [given] if question["kind"] == "choice" else given
