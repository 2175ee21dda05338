"""A spreadsheet runs nothing that somebody wrote."""

import pytest

from web.spreadsheets import csv_text, harmless_cell


@pytest.mark.parametrize(
    "start",
    [
        "=",
        "+",
        "-",
        "@",
        "\t=",
        "\r=",
        "\n=",
        "\t",
        "\r",
        "＝",
        "＋",
        "－",
        "＠",
        "﹦",
        "﹢",
        "﹣",
        "﹫",
        "\N{MINUS SIGN}",
        " =",
        "\N{NO-BREAK SPACE}=",
        "\N{ZERO WIDTH SPACE}=",
        "\N{ZERO WIDTH NO-BREAK SPACE}=",
        "\N{RIGHT-TO-LEFT OVERRIDE}=",
        "\N{SOFT HYPHEN}＝",
        "\x00=",
    ],
)
def test_what_begins_like_a_formula_becomes_text(start):
    assert harmless_cell(f"{start}cmd|'/C calc'!A0") == f"'{start}cmd|'/C calc'!A0"


@pytest.mark.parametrize(
    "text", ["", " ", "Dziura w jezdni", "1 + 1", "ul. Długa", "(42) 638", "–"]
)
def test_other_text_stays_as_it_is(text):
    assert harmless_cell(text) == text


def test_headings_are_made_harmless_too():
    assert csv_text(["=1"], []) == "\ufeff'=1\r\n"


def test_numbers_have_a_comma_and_stay_numbers():
    assert csv_text(["a", "b"], [[-19.5, None]]) == "\ufeffa;b\r\n-19,5;\r\n"


def test_no_other_module_writes_csv():
    """A second writer would forget what this one knows."""
    from tests.test_architecture import APPS, ROOT

    writers = {
        str(path.relative_to(ROOT))
        for app in APPS
        for path in (ROOT / app).rglob("*.py")
        if "csv.writer" in path.read_text() or "csv.DictWriter" in path.read_text()
    }
    # The second one derives a fixture of this repository.
    assert writers <= {"web/spreadsheets.py", "districts/management/commands/derive_addresses.py"}
