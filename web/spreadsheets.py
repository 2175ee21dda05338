"""Tables for a spreadsheet, as a Polish one opens them, in which no text is run as a formula."""

import csv
import unicodedata
from collections.abc import Iterable, Sequence
from io import StringIO

# With one of these a formula begins; "|" and "%" do so in older programs.
_FORMULA = frozenset("=+-@|%")
# A spreadsheet cuts these off, or starts a new cell behind them.
_BREAKS = frozenset("\t\r\n")
_BYTE_ORDER_MARK = "\ufeff"


def csv_text(headings: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    """CSV for a Polish Excel: semicolons, a comma in decimals, and the byte order mark by which it
    recognises UTF-8.
    """
    return csv_begin(headings) + csv_rows(rows)


def csv_begin(headings: Sequence[object]) -> str:
    """What stands before ``csv_rows`` in a file that is made piece by piece."""
    return _BYTE_ORDER_MARK + csv_rows([headings])


def csv_rows(rows: Iterable[Sequence[object]]) -> str:
    file = StringIO()
    csv.writer(file, delimiter=";").writerows(
        [harmless_cell(value) for value in row] for row in rows
    )
    return file.getvalue()


def harmless_cell(value: object) -> object:
    """The value, with an apostrophe before text that a spreadsheet would run as a formula."""
    if isinstance(value, float):
        return str(value).replace(".", ",")
    if isinstance(value, str) and _begins_like_formula(value):
        return f"'{value}"
    return value


def _begins_like_formula(text: str) -> bool:
    """Whether ``text`` begins with a sign of a formula, also a full-width or small one, or behind
    spaces and characters that nobody sees.
    """
    # Nearly all texts: a letter or a digit is none of the signs below, however it is written.
    if text[:1].isalnum():
        return False
    if text[:1] in _BREAKS:
        return True
    # Cc, Cf: control and format characters; Zs: spaces; M: marks without a letter.
    seen = (sign for sign in text if unicodedata.category(sign)[0] not in "CZM")
    first = unicodedata.normalize("NFKC", next(seen, ""))
    # MINUS SIGN, which NFKC leaves as it is.
    return first[:1] in _FORMULA or first == "\N{MINUS SIGN}"
