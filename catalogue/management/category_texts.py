"""Texts of the categories in other languages: one file for each, beside ``categories.yaml``."""

from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from units.fixture_files import FixtureError

TRANSLATED_FIELDS = ("name", "emergency_hint", "advice")


def read_translations(path: Path) -> list["Translation"]:
    """The texts in every language of the portal but the first; ``path``: ``categories.yaml``."""
    languages = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    return [Translation(path, language) for language in languages]


class Translation:
    """The file of one language. ``FixtureError`` for a text that is asked for and missing."""

    def __init__(self, path: Path, language: str) -> None:
        self.path = path.with_suffix(f".{language}.yaml")
        self.language = language
        try:
            content = yaml.safe_load(self.path.read_text(encoding="utf-8"))
            self.groups, self.categories = content["groups"], content["categories"]
        except (OSError, yaml.YAMLError, KeyError, TypeError) as broken:
            raise FixtureError(f"{self.path}: not readable: {broken}") from broken

    def of_group(self, code: str) -> dict[str, str]:
        """Column → text."""
        return {f"name_{self.language}": self._require(self.groups, code, code)}

    def of_category(self, row: dict) -> dict[str, str]:
        """Column → text, for every text that ``row`` has in Polish; the others are empty."""
        given = self._require(self.categories, row["code"], row["code"])
        texts = {
            name: self._require(given, name, row["code"])
            for name in TRANSLATED_FIELDS
            if row.get(name)
        }
        return {f"{name}_{self.language}": texts.get(name, "") for name in TRANSLATED_FIELDS}

    def keywords(self, code: str) -> list[str]:
        return self._require(self.categories, code, code).get("keywords", [])

    def of_question(self, category: str, question: dict) -> dict[str, Any]:
        """``{"label", "choices"}``; as many choices as in Polish."""
        given = self._require(self.categories, category, category).get("questions", {})
        given = self._require(given, question["code"], category)
        label, choices = self._require(given, "label", category), given.get("choices", [])
        if len(choices) != len(question.get("choices", [])):
            raise FixtureError(f"{self.path}: {category}: choices of {question['code']} differ.")
        return {"label": label, "choices": choices}

    def _require(self, texts: Any, name: str, where: str) -> Any:
        if not isinstance(texts, dict) or not texts.get(name):
            raise FixtureError(f"{self.path}: {where}: '{name}' is missing.")
        return texts[name]
