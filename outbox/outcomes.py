"""What is written of a letter after the mail server has answered, or has not.

All but ``sent`` is written only while the letter is still leased to us and queued: a letter that
was cancelled, or that another sender has taken, is no longer ours to judge.
"""

import time
from collections.abc import Iterable, Sequence
from datetime import timedelta

import structlog
from django.db import InterfaceError, OperationalError, connection, models, transaction
from django.utils import timezone

from owed.pauses import pause_after

from .models import Letter

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
_PATIENCE = timedelta(days=3)
# How long "sent" waits for a database that is away, in seconds.
_WAITS = (0.1, 0.5, 1, 2, 5, 10, 20)

# What of a letter is personal. A mail server's complaint may quote the address.
BLANK: dict[str, object] = {"recipients": [], "subject": "", "raw": b"", "last_error": ""}

log = structlog.get_logger(__name__)


def sent(letter: Letter) -> None:
    """The server took it. Insists: without this row the letter would go out a second time."""
    for wait in _WAITS:
        try:
            return _mark_sent(letter)
        except (OperationalError, InterfaceError):
            log.warning("sent_letter_not_recorded_yet", letter=letter.pk)
            connection.close()
            time.sleep(wait)
    return _mark_sent(letter)


def _mark_sent(letter: Letter) -> None:
    """Whatever the lease says: a fact."""
    Letter.objects.filter(pk=letter.pk).update(**_ended(letter, Letter.State.SENT))


def failed(letter: Letter, error: str) -> None:
    """It will never be sent: refused for good, or tried for too long."""
    told = "" if letter.is_forgotten else error
    if _still_ours(letter).update(**_ended(letter, Letter.State.FAILED) | {"last_error": told}):
        log.warning("letter_failed", letter=letter.pk, error=error)


def put_off(letter: Letter, error: str) -> None:
    """Plan the next attempt, or give up after ``_PATIENCE``."""
    now = timezone.now()
    if now > letter.created_at + _PATIENCE:
        return failed(letter, error)
    attempts = letter.attempts + 1
    _still_ours(letter).update(
        attempts=attempts,
        next_attempt_at=now + pause_after(attempts, first=FIRST_PAUSE, longest=LONGEST_PAUSE),
        leased_until=None,
        last_error=error,
    )
    letter.leased_until = None
    return None


@transaction.atomic
def narrowed(letter: Letter, later: Sequence[str]) -> None:
    """Only ``later`` still wait for it, less those whose copy was cancelled meanwhile."""
    for row in _still_ours(letter).select_for_update():
        row.recipients = [address for address in row.recipients if address in later]
        row.save(update_fields=["recipients"])


def released(letters: Iterable[Letter], error: str) -> None:
    """Give back letters that nobody has tried: the next sweep takes them, no attempt counted."""
    for letter in letters:
        if letter.leased_until:
            _still_ours(letter).update(leased_until=None, last_error=error)
            letter.leased_until = None


def _still_ours(letter: Letter) -> models.QuerySet[Letter]:
    return Letter.objects.queued().still_leased([letter])


def _ended(letter: Letter, state: str) -> dict[str, object]:
    letter.state, letter.ended_at = state, timezone.now()
    blank = BLANK if letter.is_forgotten else {}
    return blank | {
        "state": state,
        "ended_at": letter.ended_at,
        "leased_until": None,
        "attempts": letter.attempts + 1,
    }
