"""Letters that are due are claimed with a lease, sent by SMTP, and each outcome recorded at once.

A letter is sent at least once, and all copies of it carry the same Message-ID, by which mail
systems can tell that it is the same letter. A second copy can leave in one case only: the process
was killed, or the connection broke, after the last byte of the letter and before the server's "250"
was read and recorded (one statement). Then nobody can know whether the server took the first copy.
Nothing else doubles a letter: not many processes at once, not a cancelled task, not a broker or a
database that restarts.
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
_log = structlog.get_logger(__name__)


def send_due() -> int:
    """Send all letters that are due; returns how many left. Safe to run many times at once."""
    sent = 0
    while not breaker.is_tripped and (batch := claim(timezone.now())):
        send_batch(batch)
        sent += sum(letter.state == Letter.State.SENT for letter in batch)
    return sent


def claim(now: datetime) -> list[Letter]:
    """Up to ``_BATCH`` due letters, leased to the caller for ``LEASE_SECONDS`` from ``now``."""
    due = Letter.objects.due(now).order_by("next_attempt_at", "id")
    return due.claim(now, most=_BATCH)


def send_batch(batch: Sequence[Letter]) -> None:
    """Send claimed letters over one connection; those that could not be tried are given back."""
    answered = 0
    try:
        with Transport() as transport:
            for letter in batch:
                if _renew_lease(letter):
                    _send(transport, letter)
                answered += 1
    except OSError as fault:  # smtplib's errors are OSErrors
        name = type(fault).__name__
        _log.warning("mail_connection_lost", fault=name, answered=answered)
        outcomes.release(batch[answered:], f"mail server: {name}")
        if not answered:
            breaker.trip()


def _renew_lease(letter: Letter) -> bool:
    """Extend our lease, because the letters before this one took their time.

    False if the letter was cancelled or claimed by another process.
    """
    is_ours = Letter.objects.queued().renew(letter)
    if is_ours and len(letter.recipients) > 1:
        # The copy of one of several recipients may have been cancelled since the claim.
        letter.refresh_from_db(fields=["recipients"])
    return is_ours


def _send(transport: Transport, letter: Letter) -> None:
    """Try one letter and record the outcome; ``OSError`` if the connection is of no more use."""
    try:
        refused = transport.send(letter.sender, letter.recipients, bytes(letter.raw))
    except smtplib.SMTPRecipientsRefused as fault:
        codes = {address: code for address, (code, _text) in fault.recipients.items()}
        _record_refused_by_all(letter, codes)
    except smtplib.SMTPSenderRefused as fault:
        # Our own set-up is at fault and will be corrected, so the letter is never given up here.
        outcomes.postpone(letter, f"SMTP {fault.smtp_code} for the sender")
    except smtplib.SMTPResponseException as fault:
        record = outcomes.mark_failed if fault.smtp_code >= 500 else outcomes.postpone
        record(letter, f"SMTP {fault.smtp_code}")
    except OSError as fault:
        outcomes.postpone(letter, f"mail server: {type(fault).__name__}")
        raise
    except ValueError as fault:
        # SMTP cannot carry this letter; it must not hold up the others.
        outcomes.mark_failed(letter, type(fault).__name__)
    else:
        _record_accepted(letter, refused)
    if not transport.is_open:
        raise smtplib.SMTPServerDisconnected("The server ended the connection")


def _record_accepted(letter: Letter, refused: dict[str, int]) -> None:
    """The server took the letter for at least one recipient.

    ``refused`` holds the SMTP codes of the others. Those who were refused for now (below 500) get
    their copy later; those who were refused for good get none.
    """
    waiting = [address for address, code in refused.items() if code < 500]
    if not waiting:
        return outcomes.mark_sent(letter)
    outcomes.narrow_recipients(letter, waiting)
    return outcomes.postpone(letter, f"SMTP {refused[waiting[0]]} for {len(waiting)} recipients")


def _record_refused_by_all(letter: Letter, codes: dict[str, int]) -> None:
    """Nobody got the letter now. Recipients refused for good (500 and above) are not tried again.

    A recipient without a code was not asked, because the server answered "421" (closing) before.
    """
    waiting = [address for address in letter.recipients if codes.get(address, 0) < 500]
    if not waiting:
        return outcomes.mark_failed(letter, f"SMTP {max(codes.values(), default=0)}")
    outcomes.narrow_recipients(letter, waiting)
    return outcomes.postpone(letter, f"SMTP {codes.get(waiting[0], 421)}")
