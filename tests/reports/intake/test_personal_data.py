"""What a resident may have written about themselves or others is pointed out."""

import json
import re
import time
from pathlib import Path

import pytest
from phonenumbers import PhoneNumber, PhoneNumberType, number_type
from stdnum import iban
from stdnum.pl import pesel

from reports.intake.personal_data import PREFIXES_FILE, Kind, find_personal_data
from reports.management.commands.derive_phone_prefixes import derive_prefixes

CASES = json.loads(Path(__file__).with_name("personal_data_cases.json").read_text())
# Right by their check digit; born in 2099 and in 1899.
NOBODY_ALIVE = {"99251501239", "99923101237"}


def findings(text: str) -> list[list[str]]:
    return [[kind, text[start:end]] for kind, start, end in find_personal_data(text)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_personal_data_is_told_apart_from_ordinary_numbers(case):
    assert findings(case["text"]) == case["found"]


def test_every_kind_has_a_case():
    assert {kind for case in CASES for kind, _text in case["found"]} == set(Kind.values)


@pytest.mark.parametrize("part", ["1 ", "a.", "501 ", "EL1", "12-", "a@", "(0", "9"])
def test_a_long_text_made_to_be_slow_is_read_at_once(part):
    text = (part * 4000)[:4000]
    before = time.perf_counter()
    find_personal_data(text)
    assert time.perf_counter() - before < 0.5


def numbers(text: str, length: int) -> set[str]:
    """Numbers of ``length`` digits in ``text``, without what joins their parts."""
    pattern = rf"(?=(?<![0-9])([0-9](?:[ -]?[0-9]){{{length - 1}}})(?![0-9]))"
    return {re.sub("[^0-9]", "", part) for part in re.findall(pattern, text)}


def found_digits(case: dict, kind: Kind) -> set[str]:
    return {re.sub("[^0-9]", "", part) for found, part in case["found"] if found == kind}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_python_stdnum_says_the_same_of_the_cases(case):
    """The device checks by code of its own; the cases hold it to what python-stdnum says."""
    right = {number for number in numbers(case["text"], 11) if pesel.is_valid(number)}
    assert found_digits(case, Kind.PESEL) == right - NOBODY_ALIVE
    right = {number for number in numbers(case["text"], 26) if iban.is_valid(f"PL{number}")}
    assert found_digits(case, Kind.BANK_ACCOUNT) == right


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_phonenumbers_knows_every_phone_of_the_cases(case):
    own = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE, PhoneNumberType.VOIP}
    for digits in found_digits(case, Kind.PHONE):
        assert number_type(PhoneNumber(48, int(digits[-9:]))) in own


def test_the_table_of_phone_prefixes_is_that_of_phonenumbers():
    """After an update of the package: ``manage.py derive_phone_prefixes``."""
    assert json.loads(PREFIXES_FILE.read_text()) == derive_prefixes()
