"""Questions of a category's own, as its JSON holds them, and the answers to them.

A question: ``{"code", "label", "kind": text | number | choice | choices | date, "choices"?: [text],
"required"?: bool, "in": {language: {"label", "choices"}}}``; at most five a category. Answers are
kept by code: text, number, list of texts, or a date as ISO 8601.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from web.errors import PortalError

from .models import Category

MOST = 5
_LONGEST = 500
PREFIX = "answer-"


class AnswersInvalid(PortalError):
    """``fields``: what is wrong, by ``answer-<code>``."""

    code = "invalid"
    detail = gettext_lazy("Odpowiedz na pytania o tę sprawę.")

    def __init__(self, fields: dict[str, list[str]]) -> None:
        super().__init__(fields=fields)


def typed_answers(category: Category, data: Mapping[str, Any]) -> dict[str, Any]:
    """The answers in ``data`` (code → text, number or list of texts), typed and without the rest.

    Raises ``AnswersInvalid``.
    """
    answers, wrong = {}, {}
    for question in category.questions:
        given = data.get(question["code"])
        if given in (None, "", []):
            if question.get("required"):
                wrong[PREFIX + question["code"]] = [_("Odpowiedz na to pytanie.")]
            continue
        try:
            answers[question["code"]] = KINDS[question["kind"]](question, given)
        except (ValueError, TypeError):
            wrong[PREFIX + question["code"]] = [_("Tej odpowiedzi nie rozumiemy.")]
    if wrong:
        raise AnswersInvalid(wrong)
    return answers


def spoken(question: Mapping[str, Any]) -> dict[str, Any]:
    """The question as it is asked in the active language.

    Choices are pairs of the value, always the Polish text, and the words to be read.
    """
    told = question.get("in", {}).get((get_language() or "")[:2], question)
    values = question.get("choices", [])
    words = told.get("choices") or values
    asked = {key: value for key, value in question.items() if key != "in"}
    return asked | {"label": told["label"], "choices": list(zip(values, words, strict=True))}


def _text(_question: dict, given: Any) -> str:
    if not isinstance(given, str) or len(given) > _LONGEST or "\0" in given:
        raise ValueError
    return given.strip()


def _number(_question: dict, given: Any) -> float:
    value = float(str(given).replace(",", "."))
    if not abs(value) < 1e9:
        raise ValueError
    return value


def _choice(question: dict, given: Any) -> str:
    if given not in question["choices"]:
        raise ValueError
    return given


def _choices(question: dict, given: Any) -> list[str]:
    chosen = [_choice(question, one) for one in ([given] if isinstance(given, str) else given)]
    return list(dict.fromkeys(chosen))


def _day(_question: dict, given: Any) -> str:
    return date.fromisoformat(given).isoformat()


KINDS = {"text": _text, "number": _number, "choice": _choice, "choices": _choices, "date": _day}


def answered(category: Category, answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Questions and answers in words, for staff; answers to questions of before are shown too."""
    labels = {question["code"]: question["label"] for question in category.questions}
    return [(labels.get(code, code), _in_words(value)) for code, value in answers.items()]


def _in_words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    return f"{value:g}" if isinstance(value, float) else str(value)
