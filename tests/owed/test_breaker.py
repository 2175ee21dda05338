"""A breaker keeps a process from trying what has just not answered."""

from types import SimpleNamespace

import pytest

from owed import breaker as module
from owed.breaker import Breaker


@pytest.fixture
def clock(monkeypatch):
    """A monotonic clock that stands at 100 seconds until a test moves it."""

    clock = SimpleNamespace(now=100.0)
    monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: clock.now))
    return clock


def test_a_new_breaker_lets_everybody_try(clock):
    clock.now = 0.0
    assert not Breaker(seconds=5).is_tripped


def test_a_tripped_breaker_lets_nobody_try_until_its_seconds_are_over(clock):
    breaker = Breaker(seconds=5)
    breaker.trip()
    clock.now = 104.9
    assert breaker.is_tripped
    clock.now = 105.0
    assert not breaker.is_tripped


def test_a_second_failure_counts_from_its_own_moment(clock):
    breaker = Breaker(seconds=5)
    breaker.trip()
    clock.now = 103.0
    breaker.trip()
    clock.now = 107.9
    assert breaker.is_tripped
    clock.now = 108.0
    assert not breaker.is_tripped


def test_a_breaker_that_was_reset_lets_everybody_try(clock):
    breaker = Breaker(seconds=5)
    breaker.trip()
    breaker.reset()
    assert not breaker.is_tripped


def test_breakers_of_two_services_know_nothing_of_each_other(clock):
    mail, broker = Breaker(seconds=5), Breaker(seconds=5)
    mail.trip()
    assert not broker.is_tripped
