"""Texts of the categories in other languages, from a file for each beside ``categories.yaml``."""

from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from units.fixture_files import FixtureError

TEXTS = ("name", "emergency_hint", "advice")


def other_languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


class Translations:
    """One language's file; whatever it lacks is refused when it is asked for."""

    def __init__(self, path: Path, language: str) -> None:
        self.path = path.with_suffix(f".{language}.yaml")
        self.language = language
        try:
            content = yaml.safe_load(self.path.read_text(encoding="utf-8"))
            self.groups, self.categories = content["groups"], content["categories"]
        except (OSError, yaml.YAMLError, KeyError, TypeError) as broken:
            raise FixtureError(f"{self.path}: not readable: {broken}") from broken

    def of_group(self, code: str) -> dict[str, str]:
        return {f"name_{self.language}": self.need(self.groups, code, code)}

    def of_category(self, row: dict) -> dict[str, str]:
        """Every text that ``row`` has in Polish."""
        told = self.need(self.categories, row["code"], row["code"])
        texts = {name: self.need(told, name, row["code"]) for name in TEXTS if row.get(name)}
        return {f"{name}_{self.language}": texts.get(name, "") for name in TEXTS}

    def keywords(self, code: str) -> list[str]:
        return self.need(self.categories, code, code).get("keywords", [])

    def of_question(self, category: str, question: dict) -> dict[str, Any]:
        told = self.need(self.categories, category, category).get("questions", {})
        texts = self.need(told, question["code"], category)
        texts = {"label": self.need(texts, "label", category), "choices": texts.get("choices", [])}
        if len(texts["choices"]) != len(question.get("choices", [])):
            raise FixtureError(f"{self.path}: {category}: choices of {question['code']} differ.")
        return texts

    def need(self, texts: Any, name: str, where: str) -> Any:
        if not isinstance(texts, dict) or not texts.get(name):
            raise FixtureError(f"{self.path}: {where}: '{name}' is missing.")
        return texts[name]
