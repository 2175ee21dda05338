"""``manage.py load_categories``: what a report can be about, from ``fixtures/categories.yaml``."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from catalogue.management.category_texts import TEXTS, Translations, other_languages
from catalogue.models import Category, CategoryGroup, Kind
from catalogue.questions import KINDS, MOST
from units.fixture_files import FixtureError, check_fields, check_known, check_unique, read_rows
from units.fixture_loading import Difference, LoadCommand, sync_by_code

_GROUP = {"code": str, "name": str, "categories": list}
_REQUIRED = {"code": str, "name": str, "icon": str, "keywords": list}
_OPTIONAL = {
    "working_days": int,
    "emergency_hint": str,
    "is_place_sensitive": bool,
    "similar_metres": int,
    "kind": str,
    "advice": str,
    "contact_phone": str,
    "contact_url": str,
    "questions": list,
}
_QUESTION = {"code": str, "label": str, "kind": str}
_QUESTION_OPTIONAL = {"choices": list, "required": bool}
_DEFAULTS: dict[str, Any] = {
    "working_days": None,
    "emergency_hint": "",
    "is_place_sensitive": False,
    "similar_metres": 100,
    "kind": Kind.REPORT.value,
    "advice": "",
    "contact_phone": "",
    "contact_url": "",
    "questions": [],
    "is_active": True,
}


class Command(LoadCommand):
    help = "Load the categories; categories that left the file are switched off."
    file = "categories.yaml"

    def load(self, path: Path, difference: Difference) -> None:
        rows = read_rows(path, "groups")
        _check(rows, where=str(path))
        others = [Translations(path, language) for language in other_languages()]
        wanted = [
            _polish({"code": row["code"], "name": row["name"], "position": position})
            | _merged(other.of_group(row["code"]) for other in others)
            for position, row in enumerate(rows, start=1)
        ]
        groups = sync_by_code(CategoryGroup, wanted, difference, where=str(path))
        values = list(_categories(rows, groups, others))
        sync_by_code(Category, values, difference, where=str(path))


def _categories(
    rows: list[dict], groups: dict[str, CategoryGroup], others: list[Translations]
) -> Iterator[dict]:
    """Values of every category in all languages, positioned as in the file."""
    for row in rows:
        for position, category in enumerate(row["categories"], start=1):
            values = _DEFAULTS | category | {"group": groups[row["code"]], "position": position}
            yield _polish(values) | _in_other_words(category, others)


def _polish(values: dict) -> dict:
    """Texts under the names of their columns."""
    suffix = settings.LANGUAGE_CODE
    return {f"{key}_{suffix}" if key in TEXTS else key: value for key, value in values.items()}


def _in_other_words(row: dict, others: list[Translations]) -> dict:
    keywords = [*row["keywords"], *(word for one in others for word in one.keywords(row["code"]))]
    questions = [
        question | {"in": {one.language: one.of_question(row["code"], question) for one in others}}
        for question in row.get("questions", [])
    ]
    texts = _merged(other.of_category(row) for other in others)
    return texts | {"keywords": list(dict.fromkeys(keywords)), "questions": questions}


def _merged(parts: Iterable[dict]) -> dict:
    return {key: value for part in parts for key, value in part.items()}


def _check(rows: list[dict], *, where: str) -> None:
    icons = _known_icons()
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
    _check_questions(row.get("questions", []), where=place)
    if row.get("kind", "report") != "report" and not row.get("advice"):
        raise FixtureError(f"{place}: what is no report needs 'advice'.")
    if icons:
        check_known(row["icon"], icons, where=place, what="icon")


def _check_questions(rows: list, *, where: str) -> None:
    if len(rows) > MOST:
        raise FixtureError(f"{where}: at most {MOST} questions.")
    for row in rows:
        check_fields(row, where=where, required=_QUESTION, optional=_QUESTION_OPTIONAL)
        check_known(row["kind"], set(KINDS), where=where, what="kind of question")
        if row["kind"] in ("choice", "choices") and not row.get("choices"):
            raise FixtureError(f"{where}: question {row['code']} needs 'choices'.")
    check_unique((row["code"] for row in rows), where=where, what="question")


def _known_icons() -> set[str]:
    """Names of the icon set; empty where the front-end packages are not installed (a server)."""
    folder = settings.BASE_DIR / "node_modules" / "lucide-static" / "icons"
    return {file.stem for file in folder.glob("*.svg")}
