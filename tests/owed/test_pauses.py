"""Pauses grow, end at the longest, and are spread."""

import random
from datetime import timedelta

import pytest

from owed.pauses import pause_after

FIRST = timedelta(seconds=30)
LONGEST = timedelta(hours=1)


def pauses_of(attempts: int) -> list[timedelta]:
    return [pause_after(attempts, first=FIRST, longest=LONGEST) for _try in range(200)]


@pytest.mark.parametrize(
    ("attempts", "whole"),
    [(1, FIRST), (2, FIRST * 2), (5, FIRST * 16), (8, LONGEST), (10_000, LONGEST)],
)
def test_a_pause_lies_on_the_upper_half_of_its_doubled_length(attempts, whole):
    assert all(whole / 2 <= pause <= whole for pause in pauses_of(attempts))


def test_pauses_after_the_same_number_of_attempts_differ():
    assert len(set(pauses_of(1))) > 1


def test_the_spread_reaches_both_ends_of_the_upper_half(monkeypatch):
    monkeypatch.setattr(random, "uniform", lambda low, _high: low)
    assert pause_after(1, first=FIRST, longest=LONGEST) == FIRST / 2
    monkeypatch.setattr(random, "uniform", lambda _low, high: high)
    assert pause_after(1, first=FIRST, longest=LONGEST) == FIRST
