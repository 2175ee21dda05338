"""A letter that could not be sent is sent once more, or given up."""

from django.db import models
from django.utils import timezone

from owed.nudging import nudge

from .models import BLANK, Letter


def queue_again(letter: Letter) -> None:
    """Queue a letter that failed, as if it had been owed now; the caller locked its row."""
    now = timezone.now()
    letter.state, letter.attempts, letter.last_error = Letter.State.QUEUED, 0, ""
    letter.created_at = letter.next_attempt_at = now
    letter.ended_at = letter.leased_until = None
    letter.save()
    nudge("outbox.send_due")


def give_up_failed(address: str, *, key_prefix: str) -> int:
    """Cancel and blank the letters to ``address`` that failed, so that nobody sends them again;
    ``key_prefix``: how their keys begin. Returns how many.
    """
    rows = Letter.objects.filter(state=Letter.State.FAILED, key__startswith=key_prefix)
    failed: models.QuerySet[Letter] = rows.addressed_to(address)
    return failed.update(state=Letter.State.CANCELLED, **BLANK)
