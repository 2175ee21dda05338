"""Reading texts from files: Markdown below a head of named values (YAML between two ``---``).

``$CITY_EMAIL`` and the other settings of the city stand for what they hold at publication.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from fnmatch import fnmatchcase
from glob import escape
from pathlib import Path
from string import Template

import yaml
from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from .models import Kind, Translation, Version

_HEAD = {"kind": str, "number": str, "title": str, "published_at": date, "in_force_from": date}
_TRANSLATED = {"kind": str, "number": str, "title": str}


class TextError(CommandError):
    """A file cannot be used; the message says which one and why."""


@dataclass(frozen=True, slots=True)
class TextFile:
    """An unsaved version, and its words as they stand in the file."""

    version: Version
    words: Template

    def has_words_of(self, body: str) -> bool:
        """Whether ``body`` is this text, whatever the settings of the city were at that time."""
        pattern = escape(self.words.substitute(defaultdict(lambda: "\0"))).replace("\0", "*")
        return fnmatchcase(body, pattern)


def read_texts(folder: Path) -> list[TextFile]:
    """The texts in ``folder``, one for each file, the oldest first.

    Dates begin at midnight in Warsaw. Raises ``TextError``.
    """
    files = sorted(folder.glob("*.md"))
    if not files:
        raise TextError(f"{folder}: no texts (*.md) here.")
    texts = [_read_text(file) for file in files]
    seen: set[tuple[str, object]] = set()
    for version in (text.version for text in texts):
        for value in (version.number, version.in_force_from):
            if (version.kind, value) in seen:
                raise TextError(f"{folder}: {version.kind} {value} is there twice.")
            seen.add((version.kind, value))
    return sorted(texts, key=lambda text: text.version.in_force_from)


def read_translations(folder: Path) -> list[Translation]:
    """Unsaved translations from ``folder``/<language>/, each of a version that is stored. Raises
    ``TextError``.
    """
    return [
        _read_translation(file, language)
        for language, _name in settings.LANGUAGES
        for file in sorted((folder / language).glob("*.md"))
    ]


def _read_translation(file: Path, language: str) -> Translation:
    values, words = _read_file(file, _TRANSLATED)
    version = Version.objects.filter(kind=values["kind"], number=values["number"]).first()
    if version is None:
        raise TextError(f"{language}/{file.name}: there is no such version in Polish.")
    body = _filled(words, file)
    return Translation(version=version, language=language, title=values["title"], body=body)


def _read_text(file: Path) -> TextFile:
    values, words = _read_file(file, _HEAD)
    if values["in_force_from"] < values["published_at"]:
        raise TextError(f"{file.name}: comes into force before it is published.")
    version = Version(
        kind=values["kind"],
        number=values["number"],
        title=values["title"],
        body=_filled(words, file),
        published_at=_midnight(values["published_at"]),
        in_force_from=_midnight(values["in_force_from"]),
    )
    return TextFile(version, words)


def _read_file(file: Path, wanted: Mapping[str, type]) -> tuple[dict, Template]:
    """The values of the head, and the words below it."""
    parts = file.read_text(encoding="utf-8").split("---\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise TextError(f"{file.name}: must begin with a head between two lines '---'.")
    _start, head, body = parts
    values = _read_head(head, file, wanted)
    if not body.strip():
        raise TextError(f"{file.name}: the text is empty.")
    return values, Template(body.strip() + "\n")


def _filled(words: Template, file: Path) -> str:
    """The words with the settings of the city in their places."""
    facts = {name: getattr(settings, name) for name in dir(settings) if name.startswith("CITY_")}
    city = {name: fact for name, fact in facts.items() if isinstance(fact, str)}
    try:
        return words.substitute(city)
    except (KeyError, ValueError) as unknown:
        raise TextError(
            f"{file.name}: a $ is followed by {unknown}, which is no setting of the city; "
            "a dollar is written $$."
        ) from unknown


def _read_head(head: str, file: Path, wanted: Mapping[str, type]) -> dict:
    try:
        values = yaml.safe_load(head)
    except yaml.YAMLError as broken:
        raise TextError(f"{file.name}: the head is not readable: {broken}") from broken
    if not isinstance(values, dict) or values.keys() != wanted.keys():
        raise TextError(f"{file.name}: the head must have exactly: {', '.join(wanted)}.")
    for name, kind in wanted.items():
        if type(values[name]) is not kind:
            raise TextError(f"{file.name}: '{name}' must be of type {kind.__name__}.")
    if values["kind"] not in Kind.values:
        raise TextError(f"{file.name}: unknown kind; known: {', '.join(Kind.values)}.")
    return values


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
