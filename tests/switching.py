"""Switches and technical breaks of tests, as the administrator makes them."""

from datetime import timedelta

from django.utils import timezone

from panel.switches.acts import announce_break, switch_off, switch_on
from web.models import Break, Function, SwitchChange

WHY = "Naprawiamy serwer. Pilne sprawy: 42 638 44 44."


def off(function: str, by=None, *, hours: float | None = None, why: str = WHY) -> SwitchChange:
    expected_at = timezone.now() + timedelta(hours=hours) if hours else None
    sentences = {"sentence": why}
    return switch_off(Function(function), by=by, sentences=sentences, expected_at=expected_at)


def on(function: str, by=None) -> None:
    switch_on(Function(function), by=by)


def break_in(minutes: float = 0, *, lasts: float = 60, by=None, sentence: str = "") -> Break:
    """A break that begins in ``minutes`` and lasts as many as said; 0 is now."""
    starts_at = timezone.now() + timedelta(minutes=minutes) if minutes else None
    ends_at = (starts_at or timezone.now()) + timedelta(minutes=lasts)
    sentences = {"sentence": sentence}
    return announce_break(by=by, starts_at=starts_at, ends_at=ends_at, sentences=sentences)
