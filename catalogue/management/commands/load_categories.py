"""``manage.py load_categories``: loads the categories from ``fixtures/categories.yaml``."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings

from catalogue.management.category_texts import TRANSLATED_FIELDS, Translation, read_translations
from catalogue.models import Category, CategoryGroup, Kind
from catalogue.questions import MOST_QUESTIONS, QUESTION_KINDS
from units.fixture_files import FixtureError, check_fields, check_known, check_unique, read_rows
from units.fixture_loading import Difference, LoadCommand, sync_by_code

_GROUP = {"code": str, "name": str, "categories": list}
_REQUIRED = {"code": str, "name": str, "icon": str, "keywords": list}
_OPTIONAL = {
    "working_days": int,
    "emergency_hint": str,
    "is_place_sensitive": bool,
    "is_place_rounded": bool,
    "similar_metres": int,
    "kind": str,
    "advice": str,
    "contact_phone": str,
    "contact_url": str,
    "questions": list,
    "needs_result_photo": bool,
    "causes": list,
    "asks_cost": bool,
}
_QUESTION = {"code": str, "label": str, "kind": str}
_QUESTION_OPTIONAL = {"choices": list, "required": bool}
_DEFAULTS: dict[str, Any] = {
    "working_days": None,
    "emergency_hint": "",
    "is_place_sensitive": False,
    "is_place_rounded": False,
    "similar_metres": 100,
    "kind": Kind.REPORT.value,
    "advice": "",
    "contact_phone": "",
    "contact_url": "",
    "questions": [],
    "needs_result_photo": False,
    "causes": [],
    "asks_cost": False,
    "is_active": True,
}


class Command(LoadCommand):
    help = "Load the categories; categories that left the file are switched off."
    file = "categories.yaml"

    def load(self, path: Path, difference: Difference) -> None:
        rows = read_rows(path, "groups")
        _check_groups(rows, where=str(path))
        translations = read_translations(path)
        wanted = []
        for position, row in enumerate(rows, start=1):
            values = {"code": row["code"], "name": row["name"], "position": position}
            texts = [one.of_group(row["code"]) for one in translations]
            wanted.append(_polish_columns(values) | _joined(texts))
        groups = sync_by_code(CategoryGroup, wanted, difference, where=str(path))
        wanted = []
        for row in rows:
            for position, given in enumerate(row["categories"], start=1):
                values = _DEFAULTS | given | {"group": groups[row["code"]], "position": position}
                wanted.append(_polish_columns(values) | _translated_columns(given, translations))
        sync_by_code(Category, wanted, difference, where=str(path))


def _polish_columns(values: dict) -> dict:
    """The values by column; Polish texts go into the columns of that language."""
    suffix = settings.LANGUAGE_CODE
    return {
        f"{name}_{suffix}" if name in TRANSLATED_FIELDS else name: value
        for name, value in values.items()
    }


def _translated_columns(category: dict, translations: list[Translation]) -> dict:
    """Texts in the other languages by column, with keywords and questions in all languages."""
    code = category["code"]
    keywords = [
        *category["keywords"],
        *(word for one in translations for word in one.keywords(code)),
    ]
    questions = [
        question | {"in": {one.language: one.of_question(code, question) for one in translations}}
        for question in category.get("questions", [])
    ]
    texts = _joined(one.of_category(category) for one in translations)
    return texts | {"keywords": list(dict.fromkeys(keywords)), "questions": questions}


def _joined(parts: Iterable[dict]) -> dict:
    return {name: value for part in parts for name, value in part.items()}


def _check_groups(rows: list[dict], *, where: str) -> None:
    # Empty where the front-end packages are not installed, as on a server; then any icon will do.
    folder = settings.BASE_DIR / "node_modules" / "lucide-static" / "icons"
    icons = {file.stem for file in folder.glob("*.svg")}
    for row in rows:
        place = f"{where}: group {row.get('code')}"
        check_fields(row, where=place, required=_GROUP, optional={})
        for category in row["categories"]:
            _check_category(category, icons, where=place)
    check_unique((row["code"] for row in rows), where=where, what="group")
    codes = (category["code"] for row in rows for category in row["categories"])
    check_unique(codes, where=where, what="category")


def _check_category(row: object, icons: set[str], *, where: str) -> None:
    if not isinstance(row, dict):
        raise FixtureError(f"{where}: every category must have named fields, not {row!r}.")
    place = f"{where}, category {row.get('code')}"
    check_fields(row, where=place, required=_REQUIRED, optional=_OPTIONAL)
    if row.get("working_days", 1) < 1:
        raise FixtureError(f"{place}: 'working_days' must be at least 1.")
    if not all(isinstance(word, str) for word in row["keywords"]):
        raise FixtureError(f"{place}: every keyword must be text (quote yes, no and numbers).")
    check_unique(row["keywords"], where=place, what="keyword")
    if not all(isinstance(cause, str) and cause for cause in row.get("causes", [])):
        raise FixtureError(f"{place}: every cause must be text.")
    check_unique(row.get("causes", []), where=place, what="cause")
    _check_questions(row.get("questions", []), where=place)
    if row.get("kind", "report") != "report" and not row.get("advice"):
        raise FixtureError(f"{place}: what is no report needs 'advice'.")
    if icons:
        check_known(row["icon"], icons, where=place, what="icon")


def _check_questions(rows: list, *, where: str) -> None:
    if len(rows) > MOST_QUESTIONS:
        raise FixtureError(f"{where}: at most {MOST_QUESTIONS} questions.")
    for row in rows:
        check_fields(row, where=where, required=_QUESTION, optional=_QUESTION_OPTIONAL)
        check_known(row["kind"], set(QUESTION_KINDS), where=where, what="kind of question")
        if row["kind"] in ("choice", "choices") and not row.get("choices"):
            raise FixtureError(f"{where}: question {row['code']} needs 'choices'.")
    check_unique((row["code"] for row in rows), where=where, what="question")
