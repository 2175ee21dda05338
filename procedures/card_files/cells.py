r"""A card as one row of a table, and back.

Lists of codes, numbers and words stand in one cell, with ``|`` between them. Steps, fees,
documents, legal bases and pictures have a line ``+++`` between two; the fields of all but a step
have ``|`` between them, in the order of ``shape.ROWS``. A ``|`` or ``\`` of the text itself has a
``\`` before it, and so has a line of the text that is ``+++``. Yes and no are ``true`` and
``false``.
"""

import re
from collections.abc import Mapping
from typing import Any

from units.fixture_files import FixtureError

from .shape import FACTS, FIELDS, LISTS, ROWS

_PART = re.compile(r"((?:[^|\\]|\\.|\\$)*)(\||$)", re.DOTALL)
_BETWEEN = re.compile(r"^\+\+\+$", re.MULTILINE)
_ESCAPED_BETWEEN = re.compile(r"^(\\*)\+\+\+$", re.MULTILINE)
_YES_OR_NO = {"true": True, "false": False, "tak": True, "nie": False, "": None}


def row_of_card(card: Mapping[str, Any]) -> list[str]:
    """The cells of ``card`` (JSON values) in the order of ``FIELDS``."""
    return [_guarded(_cell(name, card.get(name))) for name in FIELDS]


def card_of_row(row: Mapping[str, str], *, where: str) -> dict[str, Any]:
    """The card (JSON values) of a row by headings. Cells that are empty are left out."""
    card: dict[str, Any] = {}
    for name, cell in row.items():
        # A spreadsheet's apostrophe: what follows is text, and no formula.
        text = cell.removeprefix("'").replace("\r\n", "\n")
        if text.strip():
            card[name] = _value(name, text, where=f"{where}: '{name}'")
    return card


def _guarded(cell: str) -> str:
    """An apostrophe of the text's own gets another one: reading takes one away."""
    return f"'{cell}" if cell.startswith("'") else cell


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if name in LISTS:
        return _joined(value)
    if name == "steps":
        return "\n+++\n".join(_ESCAPED_BETWEEN.sub(r"\\\1+++", step) for step in value)
    if name in ROWS:
        return "\n+++\n".join(_joined([row.get(field) for field in ROWS[name]]) for row in value)
    return str(value)


def _value(name: str, text: str, *, where: str) -> Any:
    if name in FACTS or name == "is_demo":
        if text.strip().lower() not in _YES_OR_NO:
            raise FixtureError(f"{where} must be true or false, not {text!r}.")
        return _YES_OR_NO[text.strip().lower()]
    if name in LISTS:
        return _split(text)
    if name == "steps":
        return [
            re.sub(r"^\\(\\*)\+\+\+$", r"\1+++", step.strip(), flags=re.MULTILINE)
            for step in _BETWEEN.split(text)
        ]
    if name in ROWS:
        return [_row(name, item, where=where) for item in _BETWEEN.split(text)]
    return text


def _row(name: str, item: str, *, where: str) -> dict[str, str]:
    parts = _split(item)
    if len(parts) > len(ROWS[name]):
        raise FixtureError(f"{where}: at most {len(ROWS[name])} parts, not {len(parts)}.")
    return dict(zip(ROWS[name], parts, strict=False))


def _joined(parts: list[str | None]) -> str:
    return "|".join(re.sub(r"([|\\])", r"\\\1", part or "") for part in parts)


def _split(text: str) -> list[str]:
    """The parts between ``|``, without their ``\\``."""
    parts = []
    for found in _PART.finditer(text):
        parts.append(re.sub(r"\\(.)", r"\1", found[1], flags=re.DOTALL).strip())
        if not found[2]:
            break
    return parts
