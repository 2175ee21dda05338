"""Our own Polish texts: those of pages and letters, and those of readable reference data."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from django.conf import settings

_LINES = r'((?:"(?:[^"\\]|\\.)*"\n)+)'
_KEYS = re.compile(rf"^msgid(?:_plural)? {_LINES}", re.MULTILINE)
_TRANSLATIONS = re.compile(rf"^msgstr(?:\[\d\])? {_LINES}", re.MULTILINE)
# Fields of the reference data that people read; codes, addresses and words to search by are not.
_READ = {
    *("name", "label", "choices", "title", "lead", "body", "advice", "emergency_hint", "summary"),
    *("steps", "handling", "time_limit", "place", "exemptions", "appeal", "note"),
    *("progress", "rejected", "passed_on", "duplicate", "answers"),
}
# In the file of the demo reports what residents write is not read, the answers of the city are.
_FILES = ("categories.yaml", "demo.yaml", "pages.yaml", "procedures.yaml", "procedures/KA-*.yaml")
# Translations, and titles of acts.
_NOT_OURS = {"en", "uk", "legal_basis"}


class OwnText(NamedTuple):
    """A Polish text of ours, and where it stands."""

    where: str
    text: str


def own_texts(root: Path = settings.BASE_DIR) -> Iterator[OwnText]:
    """All texts that are measured. Rules and clauses are law, and left out."""
    # Texts of code and templates are Polish themselves, so they are the keys of the catalogue.
    yield from _of_catalogue(root, "locale", _KEYS)
    yield from _of_catalogue(root, "web/words_of_libraries", _TRANSLATIONS)
    for pattern in _FILES:
        for path in sorted((root / "fixtures").glob(pattern)):
            where = str(path.relative_to(root))
            content = yaml.safe_load(path.read_text(encoding="utf-8"))
            yield from (OwnText(where, text) for text in _read_texts(content))


def _of_catalogue(root: Path, folder: str, wanted: re.Pattern) -> Iterator[OwnText]:
    """The keys of a Polish catalogue, or its translations; without the header, which has no key."""
    catalogue = root / folder / "pl" / "LC_MESSAGES" / "django.po"
    _header, _blank, entries = catalogue.read_text(encoding="utf-8").partition("\n\n")
    for match in wanted.finditer(entries):
        if text := "".join(ast.literal_eval(line) for line in match[1].splitlines()):
            yield OwnText(folder, text)


def _read_texts(content: Any, *, is_read: bool = False) -> Iterator[str]:
    if isinstance(content, str):
        if is_read:
            yield content
    elif isinstance(content, list):
        for item in content:
            yield from _read_texts(item, is_read=is_read)
    elif isinstance(content, dict):
        for name, value in content.items():
            if name not in _NOT_OURS:
                yield from _read_texts(value, is_read=name in _READ)
