"""A category's own questions, as its JSON holds them, and the answers to them.

A question: ``{"code", "label", "kind": text | number | choice | choices | date, "choices"?: [text],
"required"?: bool, "in": {language: {"label", "choices"}}}``; at most five for each category.
Answers are stored by the question's code: text, number, list of texts, or a date as ISO 8601.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from web.errors import PortalError

from .models import Category

MOST_QUESTIONS = 5
# Characters of a text.
_LONGEST_ANSWER = 500
# Fields of forms and errors are called ``answer-<code>``.
ANSWER_PREFIX = "answer-"


class AnswersInvalid(PortalError):
    """``fields``: what is wrong, by ``answer-<code>`` of the question."""

    code = "invalid"
    detail = gettext_lazy("Odpowiedz na pytania o tę sprawę.")

    def __init__(self, fields: dict[str, list[str]]) -> None:
        super().__init__(fields=fields)


def typed_answers(category: Category, data: Mapping[str, Any]) -> dict[str, Any]:
    """The answers to the category's questions in ``data``, each in the type of its question.

    ``data``: code → text, number or list of texts; codes of no question are left out. Raises
    ``AnswersInvalid``.
    """
    answers, wrong = {}, {}
    for question in category.questions:
        given = data.get(question["code"])
        if given in (None, "", []):
            if question.get("required"):
                wrong[ANSWER_PREFIX + question["code"]] = [_("Odpowiedz na to pytanie.")]
            continue
        try:
            answers[question["code"]] = QUESTION_KINDS[question["kind"]](question, given)
        except (ValueError, TypeError):
            wrong[ANSWER_PREFIX + question["code"]] = [_("Tej odpowiedzi nie rozumiemy.")]
    if wrong:
        raise AnswersInvalid(wrong)
    return answers


def translated_question(question: Mapping[str, Any]) -> dict[str, Any]:
    """The question in the active language, without its translations (``in``).

    ``choices`` are pairs: the value, which is always the Polish text, and the words to show.
    """
    texts = question.get("in", {}).get((get_language() or "")[:2], question)
    values = question.get("choices", [])
    words = texts.get("choices") or values
    shown = {key: value for key, value in question.items() if key != "in"}
    return shown | {"label": texts["label"], "choices": list(zip(values, words, strict=True))}


def answers_in_words(category: Category, answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Pairs of question and answer in words, for staff.

    An answer to a question that the category no longer has is shown under the question's code.
    """
    labels = {question["code"]: question["label"] for question in category.questions}
    pairs = []
    for code, value in answers.items():
        if isinstance(value, list):
            words = ", ".join(value)
        else:
            words = f"{value:g}" if isinstance(value, float) else str(value)
        pairs.append((labels.get(code, code), words))
    return pairs


def _read_text(_question: dict, given: Any) -> str:
    if not isinstance(given, str) or len(given) > _LONGEST_ANSWER or "\0" in given:
        raise ValueError
    return given.strip()


def _read_number(_question: dict, given: Any) -> float:
    value = float(str(given).replace(",", "."))
    if not abs(value) < 1e9:
        raise ValueError
    return value


def _read_choice(question: dict, given: Any) -> str:
    if given not in question["choices"]:
        raise ValueError
    return given


def _read_choices(question: dict, given: Any) -> list[str]:
    chosen = [_read_choice(question, one) for one in ([given] if isinstance(given, str) else given)]
    return list(dict.fromkeys(chosen))


def _read_date(_question: dict, given: Any) -> str:
    return date.fromisoformat(given).isoformat()


# Each function takes a question and what was given, and returns the answer to store. It raises
# ``ValueError`` or ``TypeError`` for what is not an answer of this kind.
QUESTION_KINDS = {
    "text": _read_text,
    "number": _read_number,
    "choice": _read_choice,
    "choices": _read_choices,
    "date": _read_date,
}
