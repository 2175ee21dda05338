"""The annex as a table for a spreadsheet (CSV): written, and read with everything that is wrong."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.models import RoutingRule
from web.errors import PortalError
from web.spreadsheets import csv_text

from .entries import (
    PLACES,
    Known,
    Problem,
    Wrong,
    find_problems,
    has_catch_all,
    place_key,
    rules_of,
)

COLUMNS = ("category", "layer", "regions", "districts", "boroughs", "unit", "mode")
_MOST_LINES = 5_000
# A quotation mark that nobody closed makes a cell of all that follows. The limit of Python's own
# reader holds for a whole process, and another format may have raised it.
_LONGEST_CELL = 10_000
# Problems that are listed; whoever mends these sees the others.
_MOST_PROBLEMS = 20
_BETWEEN_PLACES = re.compile(r"[\s,|]+")
_UNKNOWN: dict[str, str | Promise] = {
    "unit": gettext_lazy("Wiersz %(line)s: nie ma jednostki „%(value)s”."),
    "mode": gettext_lazy("Wiersz %(line)s: w kolumnie mode wpisz automatic albo operator."),
    "category": gettext_lazy("Wiersz %(line)s: nie ma kategorii „%(value)s”."),
    "layer": gettext_lazy("Wiersz %(line)s: nie ma warstwy rejonów „%(value)s”."),
    "district": gettext_lazy("Wiersz %(line)s: w tych granicach nie ma osiedla „%(value)s”."),
    "region": gettext_lazy("Wiersz %(line)s: w tych granicach nie ma rejonu „%(value)s”."),
    "borough": gettext_lazy("Wiersz %(line)s: nie ma dzielnicy „%(value)s”."),
}
_WRONG: dict[Wrong, str | Promise] = {
    Wrong.PLACES: gettext_lazy(
        "Wiersz %(line)s: wpisz rejony, osiedla albo dzielnice, tylko jedno z nich."
    ),
    Wrong.LAYER: gettext_lazy("Wiersz %(line)s: rejony i ich warstwę wpisz razem."),
}


class AnnexRefused(PortalError):
    """``problems``: sentences, each with its line where it has one."""

    code = "annex_refused"
    status = 400
    field = "file"

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__(problems[0], fields={self.field: problems})


def write_table(rules: Iterable[RoutingRule]) -> str:
    """One line for each decision and scope, with all its places."""
    lines: dict[tuple, list[str]] = defaultdict(list)
    for rule in rules:
        category = rule.category.code if rule.category else ""
        key = (category, rule.layer_id or "", rule.scope, rule.unit.code, rule.mode)
        lines[key].append(rule.borough or rule.district_code)
    columns = {"region": "regions", "district": "districts", "borough": "boroughs"}
    rows = []
    for (category, layer, scope, unit, mode), places in lines.items():
        named = {columns[scope]: " ".join(places)} if scope in columns else {}
        cells = named | {"category": category, "layer": layer, "unit": unit, "mode": mode}
        rows.append([cells.get(column, "") for column in COLUMNS])
    return csv_text(COLUMNS, rows)


def decode_table(data: bytes) -> str:
    """The text of a file, in UTF-8 or as a Polish Excel saves it. Raises ``AnnexRefused``."""
    for encoding in ("utf-8-sig", "cp1250"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise AnnexRefused([_("To nie jest plik CSV. Zapisz tabelę jako CSV i spróbuj jeszcze raz.")])


def read_table(text: str, known: Known) -> list[RoutingRule]:
    """Unsaved rows of a table; raises ``AnnexRefused`` with all that would route wrongly."""
    problems: list[str] = []
    rules: list[RoutingRule] = []
    seen: dict[tuple, int] = {}
    for line, entry in _entries(text):
        wrong = [_in_words(problem, line) for problem in find_problems(entry, known)]
        problems += wrong
        if wrong:
            continue
        for rule in rules_of(entry, known, is_proposal=True):
            key = place_key(rule)
            if key in seen:
                words = _("Wiersz %(line)s: to samo miejsce i kategorię ma już wiersz %(first)s.")
                problems.append(words % {"line": line, "first": seen[key]})
                break
            seen[key] = line
            rules.append(rule)
    if not problems and not has_catch_all(rules):
        problems.append(
            _(
                "Brakuje wiersza bez kategorii i bez miejsca, który kieruje do operatora (mode:"
                " operator). Bez niego zgłoszenie mogłoby nie mieć nikogo."
            )
        )
    if problems:
        more = len(problems) - _MOST_PROBLEMS
        rest = [_("Takich uwag jest jeszcze %(number)s.") % {"number": more}] if more > 0 else []
        raise AnnexRefused(problems[:_MOST_PROBLEMS] + rest)
    return rules


def _entries(text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Each line that says anything, with its number in the file."""
    head = text.lstrip("\ufeff").partition("\n")[0]
    delimiter = max(";,\t", key=head.count)
    reader = csv.reader(StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter)
    try:
        columns = [cell.strip().lower() for cell in next(reader, [])]
        _check_columns(columns)
        for number, cells in enumerate(reader, start=1):
            if number > _MOST_LINES:
                words = _("Tabela może mieć najwyżej %(most)s wierszy.")
                raise AnnexRefused([words % {"most": _MOST_LINES}])
            if any(len(cell) > _LONGEST_CELL for cell in cells):
                raise csv.Error("a cell without an end")
            # A spreadsheet's apostrophe says that a cell is text.
            given = [cell.strip().removeprefix("'") for cell in cells]
            if any(given):
                yield reader.line_num, _entry(dict(zip(columns, given, strict=False)))
    except csv.Error as fault:
        words = _("Wiersz %(line)s: tego wiersza nie da się odczytać.")
        raise AnnexRefused([words % {"line": reader.line_num}]) from fault


def _check_columns(columns: list[str]) -> None:
    unknown = [name for name in columns if name not in COLUMNS]
    if unknown or "unit" not in columns or len(set(columns)) < len(columns):
        words = _("Pierwszy wiersz musi nazywać kolumny: %(columns)s.")
        raise AnnexRefused([words % {"columns": ", ".join(COLUMNS)}])


def _entry(cells: Mapping[str, str]) -> Mapping[str, Any]:
    entry: dict[str, Any] = {name: value for name, value in cells.items() if value}
    for name in PLACES:
        if name in entry:
            entry[name] = [one for one in _BETWEEN_PLACES.split(entry[name]) if one]
    return {"unit": ""} | entry


def _in_words(problem: Problem, line: int) -> str:
    unknown = problem.wrong == Wrong.UNKNOWN
    words = _UNKNOWN[problem.what] if unknown else _WRONG[problem.wrong]
    return str(words) % {"line": line, "value": problem.value[:60]}
