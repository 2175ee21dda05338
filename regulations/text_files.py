"""Texts as files: Markdown under a head of named values (YAML between two lines of dashes)."""

from collections.abc import Iterable
from datetime import date, datetime, time
from pathlib import Path

import yaml
from django.core.management.base import CommandError
from django.utils import timezone

from .models import Kind, Version

_HEAD = {"kind": str, "number": str, "title": str, "published_at": date, "in_force_from": date}


class TextError(CommandError):
    """A file of texts cannot be used; the message says which and why."""


def read_versions(folder: Path) -> list[Version]:
    """Unsaved versions, one a file, the oldest first; dates begin at midnight in Warsaw."""
    files = sorted(folder.glob("*.md"))
    if not files:
        raise TextError(f"{folder}: no texts (*.md) here.")
    versions = [_read_version(file) for file in files]
    _check_once(versions, folder)
    return sorted(versions, key=lambda version: version.in_force_from)


def _read_version(file: Path) -> Version:
    _start, head, body = _split(file)
    values = _check_head(head, file)
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


def _split(file: Path) -> list[str]:
    parts = file.read_text(encoding="utf-8").split("---\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise TextError(f"{file.name}: must begin with a head between two lines '---'.")
    return parts


def _check_head(head: str, file: Path) -> dict:
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


def _check_once(versions: Iterable[Version], folder: Path) -> None:
    seen = set()
    for version in versions:
        for key in (
            (version.kind, version.number),
            (version.kind, version.in_force_from),
        ):
            if key in seen:
                raise TextError(f"{folder}: {version.kind} {key[1]} is there twice.")
            seen.add(key)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
