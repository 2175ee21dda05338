"""Letters that are due are claimed with a lease, sent by SMTP, and each outcome recorded at once.

A letter is sent at least once, and all copies of it carry the same Message-ID, by which mail
systems tell that it is the same letter. A second copy can go out only where nobody could know that
the first was taken: the sender was killed, or the connection broke, after the last byte and before
the server's "250" was read and recorded (one statement). Nothing else doubles a letter, neither
many senders at once, nor a cancelled task, nor a broker or database that restarts.
"""

import smtplib
from collections.abc import Sequence
from datetime import datetime

import structlog
from django.utils import timezone

from owed.breaker import Breaker

from . import outcomes
from .models import Letter
from .transport import Transport

_BATCH = 50

# Nudges come faster than this, and each attempt at a mail server that does not answer may hold a
# worker for ``EMAIL_TIMEOUT``. Beat comes later than this, so a sweep always tries.
breaker = Breaker(seconds=15)
log = structlog.get_logger(__name__)


def send_due() -> int:
    """Send all letters that are due; returns how many left. Safe to run many times at once."""
    sent = 0
    while not breaker.is_tripped and (batch := claim(timezone.now())):
        send(batch)
        sent += sum(letter.state == Letter.State.SENT for letter in batch)
    return sent


def claim(now: datetime) -> list[Letter]:
    """Up to ``_BATCH`` due letters, leased to the caller for ``LEASE_SECONDS`` from ``now``."""
    due = Letter.objects.due(now).order_by("next_attempt_at", "id")
    return due.claim(now, most=_BATCH)


def send(batch: Sequence[Letter]) -> None:
    """Send a claimed batch over one connection; what could not be tried is given back."""
    answered = 0
    try:
        with Transport() as transport:
            for letter in batch:
                if _renew(letter):
                    _deliver(transport, letter)
                answered += 1
    except OSError as fault:  # smtplib's errors are OSErrors
        name = type(fault).__name__
        log.warning("mail_connection_lost", fault=name, answered=answered)
        outcomes.released(batch[answered:], f"mail server: {name}")
        if not answered:
            breaker.trip()


def _renew(letter: Letter) -> bool:
    """Extend our lease; False if the letter was cancelled or claimed by another sender."""
    is_ours = Letter.objects.queued().renew(letter)
    if is_ours and len(letter.recipients) > 1:
        # One of several may have been cancelled since.
        letter.refresh_from_db(fields=["recipients"])
    return is_ours


def _deliver(transport: Transport, letter: Letter) -> None:
    """Try one letter and record the outcome; ``OSError`` if the connection is of no more use."""
    try:
        refused = transport.send(letter.sender, letter.recipients, bytes(letter.raw))
    except smtplib.SMTPRecipientsRefused as fault:
        codes = {address: code for address, (code, _text) in fault.recipients.items()}
        _refused_by_all(letter, codes)
    except smtplib.SMTPSenderRefused as fault:
        # Our own set-up is at fault, which somebody will mend: never for good.
        outcomes.put_off(letter, f"SMTP {fault.smtp_code} for the sender")
    except smtplib.SMTPResponseException as fault:
        judge = outcomes.failed if fault.smtp_code >= 500 else outcomes.put_off
        judge(letter, f"SMTP {fault.smtp_code}")
    except OSError as fault:
        outcomes.put_off(letter, f"mail server: {type(fault).__name__}")
        raise
    except ValueError as fault:
        # Nothing that SMTP could carry; it must not hold up the others.
        outcomes.failed(letter, type(fault).__name__)
    else:
        _taken(letter, refused)
    if not transport.is_open:
        raise smtplib.SMTPServerDisconnected("The server ended the connection")


def _taken(letter: Letter, refused: dict[str, int]) -> None:
    """Sent, at least to some; those who were refused for now get it later, without the others."""
    later = [address for address, code in refused.items() if code < 500]
    if not later:
        return outcomes.sent(letter)
    outcomes.narrowed(letter, later)
    return outcomes.put_off(letter, f"SMTP {refused[later[0]]} for {len(later)} recipients")


def _refused_by_all(letter: Letter, codes: dict[str, int]) -> None:
    """Nobody gets it now; those refused for good are not tried again. A "421" speaks for all."""
    later = [address for address in letter.recipients if codes.get(address, 0) < 500]
    if not later:
        return outcomes.failed(letter, f"SMTP {max(codes.values(), default=0)}")
    outcomes.narrowed(letter, later)
    return outcomes.put_off(letter, f"SMTP {codes.get(later[0], 421)}")
