"""Units come from a file; loading it deletes no unit, and changes nothing if a row is wrong."""

import pytest
from django.core.management import CommandError, call_command

from units.models import Unit

OPERATOR = "  - {code: lckzm, name: Operator, short_name: op, channel: panel, is_operator: true}\n"
pytestmark = pytest.mark.django_db


@pytest.fixture
def load(tmp_path):
    def load(rows: str, *options: str) -> None:
        file = tmp_path / "units.yaml"
        file.write_text("units:\n" + rows, encoding="utf-8")
        call_command("load_units", str(file), *options, verbosity=0)

    return load


def test_the_units_of_the_city_are_there():
    assert Unit.objects.get(code="zdit").channel == Unit.Channel.PANEL
    assert Unit.objects.get(is_operator=True).code == "lckzm"
    assert Unit.objects.get(code="wgk-energia").email.endswith("example.org")


def test_loading_again_changes_nothing(capsys):
    call_command("load_units", "--dry-run")
    assert "0 rows would change" in capsys.readouterr().out


def test_a_unit_that_left_the_file_is_switched_off(load):
    load(OPERATOR)
    assert not Unit.objects.get(code="zdit").is_active


def test_a_changed_name_is_updated_by_code(load):
    before = Unit.objects.get(code="lckzm").pk
    load(OPERATOR)
    assert Unit.objects.get(code="lckzm").name == "Operator"
    assert Unit.objects.get(code="lckzm").pk == before


def test_it_says_what_is_added_changed_and_switched_off(load, capsys):
    load(OPERATOR + "  - {code: nowa, name: Nowa, short_name: N, channel: panel}\n", "--dry-run")
    said = capsys.readouterr().out.splitlines()
    assert "+ nowa" in said
    assert any(line.startswith("~ lckzm: ") for line in said)
    assert "- zdit" in said


def test_a_dry_run_writes_nothing(load):
    load(OPERATOR, "--dry-run")
    assert Unit.objects.get(code="zdit").is_active


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("  - {code: a, name: A, short_name: A, channel: panel}\n", "exactly one unit"),
        (OPERATOR + OPERATOR, "there twice"),
        (OPERATOR + "  - {code: b, name: B, short_name: B, channel: email}\n", "needs an 'email'"),
        (OPERATOR + "  - {code: b, name: B, short_name: B, channel: fax}\n", "unknown channel"),
        (OPERATOR + "  - {code: b, name: B, channel: panel}\n", "'short_name' is missing"),
        (OPERATOR + "  - {code: b, nmae: B}\n", "'name' is missing"),
        (OPERATOR + "  - just text\n", "named fields"),
        ("  - {code: [\n", "not readable"),
    ],
)
def test_a_wrong_file_is_refused_with_a_reason(load, rows, message):
    with pytest.raises(CommandError, match=message):
        load(rows)
    assert Unit.objects.get(code="zdit").is_active


def test_the_operator_moves_to_another_unit(load):
    old = OPERATOR.replace(", is_operator: true", "")
    new = "  - {code: zdit, name: Z, short_name: Z, channel: panel, is_operator: true}\n"
    load(old + new)
    assert Unit.objects.get(is_operator=True).code == "zdit"
