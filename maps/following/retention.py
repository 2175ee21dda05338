"""Deletes addresses of those who follow, once they are no longer needed."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User

from .models import Watch
from .watching import end_watch

# How long an address waits for a press in its mailbox.
_PATIENCE = timedelta(days=14)


def erase_watches() -> int:
    """End what nobody confirmed in time, and what lasted its year; returns how many."""
    unpressed = Watch.objects.filter(
        state=Watch.State.WAITING, created_at__lt=timezone.now() - _PATIENCE
    )
    over = Watch.objects.hearing().filter(last_day__lt=timezone.localdate())
    return _end(unpressed, how="unconfirmed") + _end(over, how="expired")


def erase_watches_of(user: User) -> int:
    """The account is being closed: nobody follows by its address any more."""
    return _end(Watch.objects.of_mailbox(user.email), how="account_closed")


def _end(watches, *, how: str) -> int:
    rows = list(watches.order_by("pk"))
    for watch in rows:
        end_watch(watch, how=how)
    return len(rows)
