"""Reading fixture files (YAML), and checking their shape before anything is written."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import CommandError

_KINDS = {
    str: "text",
    int: "a whole number",
    bool: "true or false",
    list: "a list",
    dict: "named fields",
    date: "a day",
}


class FixtureError(CommandError):
    """A file cannot be used; the message names the file, the row and what is wrong."""


def read_rows(path: Path, member: str) -> list[dict]:
    """The rows under ``member`` of a YAML file; ``FixtureError`` if they cannot be read."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as missing:
        raise FixtureError(f"{path}: no such file.") from missing
    except (yaml.YAMLError, UnicodeDecodeError) as broken:
        raise FixtureError(f"{path}: not readable as YAML: {broken}") from broken
    rows = content.get(member) if isinstance(content, dict) else None
    if not isinstance(rows, list) or not rows:
        raise FixtureError(f"{path}: '{member}' must be a list with at least one row.")
    if not all(isinstance(row, dict) for row in rows):
        raise FixtureError(f"{path}: every row of '{member}' must have named fields.")
    return rows


def check_fields(
    row: dict, *, where: str, required: Mapping[str, Any], optional: Mapping[str, Any]
) -> None:
    """Refuse missing, unknown and mistyped fields of one row."""
    kinds = {**required, **optional}
    for name in required:
        if name not in row:
            raise FixtureError(f"{where}: '{name}' is missing.")
    for name, value in row.items():
        if name not in kinds:
            raise FixtureError(f"{where}: unknown field '{name}'.")
        # Not isinstance(): a bool is an int in Python, but "true" is not a number of days.
        if type(value) is not kinds[name]:
            raise FixtureError(f"{where}: '{name}' must be {_KINDS[kinds[name]]}, not {value!r}.")


def check_unique(values: Iterable, *, where: str, what: str) -> None:
    """Refuse values of which one is there twice."""
    seen = set()
    for value in values:
        if value in seen:
            raise FixtureError(f"{where}: {what} '{value}' is there twice.")
        seen.add(value)


def check_known(value: str, known: Collection[str], *, where: str, what: str) -> None:
    """Refuse a value that is not ``known``, and list those that are."""
    if value not in known:
        names = ", ".join(sorted(known)[:60])
        raise FixtureError(f"{where}: unknown {what} '{value}'. Known: {names}.")
