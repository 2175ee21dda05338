"""Letters that are due are claimed with a lease, sent by SMTP, and each outcome recorded at once.

A letter is sent at least once. It could go out twice only if the sender dies between the server's
"250" and the next statement; the second copy carries the same Message-ID, by which mail systems
tell that it is the same letter.
"""

import random
import smtplib
from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from .models import Letter
from .transport import Transport

BATCH = 50
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
PATIENCE = timedelta(days=3)

log = structlog.get_logger(__name__)


def send_due() -> int:
    """Send all letters that are due; returns how many left. Safe to run many times at once."""
    sent = 0
    while batch := claim(timezone.now()):
        left = send(batch)
        sent += left
        if left == 0:
            break
    return sent


@transaction.atomic
def claim(now: datetime) -> list[Letter]:
    """Up to ``BATCH`` due letters, leased to the caller for ``LEASE_SECONDS`` from ``now``."""
    due = Letter.objects.due(now).order_by("next_attempt_at", "id")
    letters = list(due.select_for_update(skip_locked=True)[:BATCH])
    lease = now + timedelta(seconds=settings.LEASE_SECONDS)
    Letter.objects.filter(pk__in=[letter.pk for letter in letters]).update(leased_until=lease)
    for letter in letters:
        letter.leased_until = lease
    return letters


def send(batch: Sequence[Letter]) -> int:
    """Send a claimed batch over one connection; what cannot be tried now is put off untouched."""
    sent = 0
    try:
        with Transport() as transport:
            for letter in batch:
                sent += send_one(transport, letter)
    except (smtplib.SMTPException, OSError) as fault:
        log.warning("mail_server_unreachable", fault=type(fault).__name__)
        put_off([letter for letter in batch if letter.state == Letter.State.QUEUED])
    return sent


def send_one(transport: Transport, letter: Letter) -> bool:
    """Send one letter if it is still ours and wanted; True when the server took it."""
    if not renew(letter):
        return False
    try:
        transport.send(letter.sender, letter.recipients, bytes(letter.raw))
    except smtplib.SMTPServerDisconnected:
        raise
    except smtplib.SMTPResponseException as refusal:
        record_refusal(letter, refusal.smtp_code, refusal.smtp_code >= 500)
        return False
    except smtplib.SMTPRecipientsRefused as refusal:
        codes = [code for code, _text in refusal.recipients.values()]
        record_refusal(letter, codes[0], all(code >= 500 for code in codes))
        return False
    end(letter, Letter.State.SENT)
    return True


def renew(letter: Letter) -> bool:
    """Extend our lease; False if the letter was cancelled or claimed by another sender."""
    lease = timezone.now() + timedelta(seconds=settings.LEASE_SECONDS)
    mine = Letter.objects.filter(
        pk=letter.pk, state=Letter.State.QUEUED, leased_until=letter.leased_until
    )
    if not mine.update(leased_until=lease):
        letter.state = Letter.State.CANCELLED
        return False
    letter.leased_until = lease
    return True


def record_refusal(letter: Letter, code: int, is_permanent: bool) -> None:
    letter.last_error = f"SMTP {code}"
    if is_permanent or timezone.now() > letter.created_at + PATIENCE:
        end(letter, Letter.State.FAILED)
    else:
        put_off([letter])


def end(letter: Letter, state: str) -> None:
    letter.state, letter.ended_at, letter.leased_until = state, timezone.now(), None
    letter.attempts += 1
    letter.save(update_fields=["state", "ended_at", "leased_until", "attempts", "last_error"])
    if state == Letter.State.FAILED:
        log.warning("letter_failed", letter=letter.pk, error=letter.last_error)


def put_off(letters: Sequence[Letter]) -> None:
    """Plan the next attempt of letters that are still ours, or give up after ``PATIENCE``."""
    for letter in letters:
        if timezone.now() > letter.created_at + PATIENCE:
            end(letter, Letter.State.FAILED)
            continue
        letter.attempts += 1
        Letter.objects.filter(pk=letter.pk, state=Letter.State.QUEUED).update(
            attempts=letter.attempts,
            next_attempt_at=timezone.now() + pause_after(letter.attempts),
            leased_until=None,
            last_error=letter.last_error or "mail server unreachable",
        )
        letter.state = ""


def pause_after(attempts: int) -> timedelta:
    """Exponential back-off with full jitter on its upper half."""
    pause = min(FIRST_PAUSE * 2 ** min(attempts - 1, 20), LONGEST_PAUSE)
    return pause * random.uniform(0.5, 1)  # noqa: S311 - spreads load, hides nothing
