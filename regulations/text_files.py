"""Reading texts from files: Markdown below a head of named values (YAML between two ``---``)."""

from datetime import date, datetime, time
from pathlib import Path

import yaml
from django.core.management.base import CommandError
from django.utils import timezone

from .models import Kind, Version

_HEAD = {"kind": str, "number": str, "title": str, "published_at": date, "in_force_from": date}


class TextError(CommandError):
    """A file cannot be used; the message says which one and why."""


def read_versions(folder: Path) -> list[Version]:
    """Unsaved versions, one for each file in ``folder``, the oldest first.

    Dates begin at midnight in Warsaw. Raises ``TextError``.
    """
    files = sorted(folder.glob("*.md"))
    if not files:
        raise TextError(f"{folder}: no texts (*.md) here.")
    versions = [_read_version(file) for file in files]
    seen: set[tuple[str, object]] = set()
    for version in versions:
        for value in (version.number, version.in_force_from):
            if (version.kind, value) in seen:
                raise TextError(f"{folder}: {version.kind} {value} is there twice.")
            seen.add((version.kind, value))
    return sorted(versions, key=lambda version: version.in_force_from)


def _read_version(file: Path) -> Version:
    parts = file.read_text(encoding="utf-8").split("---\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise TextError(f"{file.name}: must begin with a head between two lines '---'.")
    _start, head, body = parts
    values = _read_head(head, file)
    if not body.strip():
        raise TextError(f"{file.name}: the text is empty.")
    return Version(
        kind=values["kind"],
        number=values["number"],
        title=values["title"],
        body=body.strip() + "\n",
        published_at=_midnight(values["published_at"]),
        in_force_from=_midnight(values["in_force_from"]),
    )


def _read_head(head: str, file: Path) -> dict:
    try:
        values = yaml.safe_load(head)
    except yaml.YAMLError as broken:
        raise TextError(f"{file.name}: the head is not readable: {broken}") from broken
    if not isinstance(values, dict) or values.keys() != _HEAD.keys():
        raise TextError(f"{file.name}: the head must have exactly: {', '.join(_HEAD)}.")
    for name, kind in _HEAD.items():
        if type(values[name]) is not kind:
            raise TextError(f"{file.name}: '{name}' must be of type {kind.__name__}.")
    if values["kind"] not in Kind.values:
        raise TextError(f"{file.name}: unknown kind; known: {', '.join(Kind.values)}.")
    if values["in_force_from"] < values["published_at"]:
        raise TextError(f"{file.name}: comes into force before it is published.")
    return values


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
