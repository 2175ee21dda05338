"""What is written about a letter after the mail server has answered, or has not.

``mark_sent`` records a fact, whoever holds the letter. Everything else is written only while the
letter is queued and still leased to us: a letter that was cancelled, or that another process has
claimed, is not ours to judge.
"""

import time
from collections.abc import Iterable, Sequence
from datetime import timedelta

import structlog
from django.db import InterfaceError, OperationalError, connection, models, transaction
from django.utils import timezone

from owed.pauses import pause_after

from .models import BLANK, Letter

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
# How old a letter becomes before it is given up.
_PATIENCE = timedelta(days=3)
# Seconds between the attempts of ``mark_sent`` while the database is away.
_WAITS = (0.1, 0.5, 1, 2, 5, 10, 20)

_log = structlog.get_logger(__name__)


def mark_sent(letter: Letter) -> None:
    """Record that the server took the letter, whatever its lease says.

    Waits up to 40 seconds for a database that is away: without this row the letter would be sent a
    second time. Raises the database's error after that.
    """
    for wait in _WAITS:
        try:
            return _record_sent(letter)
        except (OperationalError, InterfaceError):
            _log.warning("sent_letter_not_recorded_yet", letter=letter.pk)
            connection.close()
            time.sleep(wait)
    return _record_sent(letter)


def _record_sent(letter: Letter) -> None:
    Letter.objects.filter(pk=letter.pk).update(**_fields_of_end(letter, Letter.State.SENT))


def mark_failed(letter: Letter, error: str) -> None:
    """Record that the letter will never be sent: refused for good, or tried for too long."""
    fields = _fields_of_end(letter, Letter.State.FAILED)
    fields["last_error"] = "" if letter.is_forgotten else error
    if _still_ours(letter).update(**fields):
        _log.warning("letter_failed", letter=letter.pk, error=error)


def postpone(letter: Letter, error: str) -> None:
    """Plan the next attempt, or give the letter up once it is older than ``_PATIENCE``."""
    now = timezone.now()
    if now > letter.created_at + _PATIENCE:
        return mark_failed(letter, error)
    attempts = letter.attempts + 1
    pause = pause_after(attempts, first=FIRST_PAUSE, longest=LONGEST_PAUSE)
    _still_ours(letter).update(
        attempts=attempts, next_attempt_at=now + pause, leased_until=None, last_error=error
    )
    letter.leased_until = None
    return None


@transaction.atomic
def narrow_recipients(letter: Letter, waiting: Sequence[str]) -> None:
    """Keep only those recipients who are among ``waiting``, because the others need no more copy.

    Recipients whose copy was cancelled in the meantime stay removed.
    """
    for row in _still_ours(letter).select_for_update():
        row.recipients = [address for address in row.recipients if address in waiting]
        row.save(update_fields=["recipients"])


def release(letters: Iterable[Letter], error: str) -> None:
    """Give back letters that nobody has tried: the next sweep takes them, no attempt counted."""
    for letter in letters:
        if letter.leased_until:
            _still_ours(letter).update(leased_until=None, last_error=error)
            letter.leased_until = None


def _still_ours(letter: Letter) -> models.QuerySet[Letter]:
    return Letter.objects.queued().still_leased([letter])


def _fields_of_end(letter: Letter, state: str) -> dict[str, object]:
    """What to write into the row of a letter that ends as ``state``; the object gets it too."""
    letter.state, letter.ended_at = state, timezone.now()
    blank = BLANK if letter.is_forgotten else {}
    return blank | {
        "state": state,
        "ended_at": letter.ended_at,
        "leased_until": None,
        "attempts": letter.attempts + 1,
    }
