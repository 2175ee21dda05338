"""Cards from files: YAML or JSON with one card or a list of them, or CSV with one card a row."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from units.fixture_files import FixtureError, check_unique

from .cells import card_of_row
from .shape import FIELDS, clean_card

_MOST_BYTES = 50_000_000
# Of a cell; Python's own bound is 131,072 characters.
csv.field_size_limit(1_000_000)


class GivenCard(NamedTuple):
    """A clean card, where it stands, and the folder with those of the files that it names."""

    values: dict[str, Any]
    where: str
    folder: Path


def read_cards(paths: list[Path]) -> list[GivenCard]:
    """The cards of all files, none of them twice; ``FixtureError`` names file and row."""
    cards = [
        GivenCard(clean_card(row, where=where), where, path.parent)
        for path in paths
        for row, where in _rows(path)
    ]
    where = str(paths[0].parent if len(paths) > 1 else paths[0]) if paths else ""
    check_unique((card.values["number"] for card in cards), where=where, what="number")
    return cards


def _rows(path: Path) -> Iterator[tuple[object, str]]:
    text = _read_text(path)
    if path.suffix == ".csv":
        yield from _rows_of_table(path, text)
        return
    content = _parse(path, text)
    if isinstance(content, dict):
        yield content, str(path)
    elif isinstance(content, list) and content:
        for position, row in enumerate(content, start=1):
            yield row, f"{path}: row {position}"
    else:
        raise FixtureError(f"{path}: must hold a card, or a list with at least one.")


def _read_text(path: Path) -> str:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise FixtureError(f"{path}: larger than {_MOST_BYTES} bytes.")
        return path.read_bytes().decode("utf-8-sig")
    except OSError as missing:
        raise FixtureError(f"{path}: not readable: {missing.strerror}.") from missing
    except UnicodeDecodeError as broken:
        raise FixtureError(f"{path}: not in UTF-8: {broken}") from broken


def _parse(path: Path, text: str) -> object:
    if path.suffix not in (".json", ".yaml", ".yml"):
        raise FixtureError(f"{path}: must end with .yaml, .json or .csv.")
    try:
        if path.suffix == ".json":
            return json.loads(text, object_pairs_hook=_once)
        return yaml.load(text, _PlainLoader)  # noqa: S506 - derived from the safe loader
    except (ValueError, yaml.YAMLError, RecursionError) as broken:
        raise FixtureError(f"{path}: not readable: {broken or 'nested too deeply'}") from broken


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """The object, in which no name may be there twice."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a field is there twice")
    return found


class _PlainLoader(yaml.SafeLoader):
    """The safe loader without references, with which a small file becomes a huge one, and without
    fields that are there twice.
    """

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError(f"references (*) are not read: {self.peek_event().start_mark}")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        mapping = super().construct_mapping(node, deep=deep)
        if len(mapping) != len(node.value):
            raise yaml.YAMLError(f"a field is there twice: {node.start_mark}")
        return mapping


def _rows_of_table(path: Path, text: str) -> Iterator[tuple[object, str]]:
    delimiter = ";" if text.split("\n", 1)[0].count(";") else ","
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        headings = [cell.strip() for cell in next(rows, [])]
        check_unique(headings, where=str(path), what="heading")
        for name in headings:
            if name not in FIELDS:
                raise FixtureError(f"{path}: unknown field '{name}'. Known: {', '.join(FIELDS)}.")
        for position, row in enumerate(rows, start=2):
            where = f"{path}: row {position}"
            if len(row) != len(headings):
                raise FixtureError(f"{where}: {len(row)} cells, not {len(headings)}.")
            yield card_of_row(dict(zip(headings, row, strict=True)), where=where), where
    except csv.Error as broken:
        raise FixtureError(f"{path}: not readable as CSV: {broken}") from broken
