"""What a resident may have written about themselves or others is pointed out."""

import json
import time
from pathlib import Path

import pytest

from reports.intake.personal_data import Kind, find_personal_data

CASES = json.loads(Path(__file__).with_name("personal_data_cases.json").read_text())


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
