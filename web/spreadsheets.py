"""Tables for a spreadsheet, as a Polish one opens them, in which no text is run as a formula."""

import csv
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import StringIO
from pathlib import Path

import xlsxwriter

# With one of these a formula begins; "|" and "%" do so in older programs.
_FORMULA = frozenset("=+-@|%")
# A spreadsheet cuts these off, or starts a new cell behind them.
_BREAKS = frozenset("\t\r\n")
_BYTE_ORDER_MARK = "\ufeff"
# What a sheet of XLSX holds: 2^20 rows with that of the headings, and so many letters in a cell.
MOST_ROWS = 2**20 - 1
_LONGEST_CELL = 32_767
# The width of a column, in digits.
_COLUMN = 18


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


def write_xlsx(path: Path, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write a workbook with one sheet, in constant memory; returns how many ``rows`` there were, at
    most ``MOST_ROWS``. Texts are written as texts, whatever they look like.
    """
    options = {"constant_memory": True, "tmpdir": str(path.parent)}
    with xlsxwriter.Workbook(str(path), options) as workbook:
        sheet = workbook.add_worksheet()
        bold = workbook.add_format({"bold": True})
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        minute = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(headings) - 1, _COLUMN)
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, bold)
        number = 0
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, column, value[:_LONGEST_CELL])
                elif isinstance(value, date):
                    is_instant = isinstance(value, datetime)
                    sheet.write_datetime(number, column, value, minute if is_instant else day)
                elif value is not None:
                    sheet.write_number(number, column, value)
        sheet.autofilter(0, 0, number, len(headings) - 1)
    return number


def harmless_cell(value: object) -> object:
    """The value, with an apostrophe before text that a spreadsheet would run as a formula. Of an
    instant the seconds are left out.
    """
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
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
