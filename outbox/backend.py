"""Django's e-mail backend that writes letters instead of sending them."""

from collections.abc import Sequence
from copy import copy
from hashlib import sha256
from uuid import uuid4

import structlog
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from owed.nudging import nudge

from .addresses import envelope_address
from .errors import UnsendableAddress
from .models import Letter

_log = structlog.get_logger(__name__)

_KEY_HEADER = "X-Outbox-Key"
_FORGET_HEADER = "X-Outbox-Forget"
_LONGEST_KEY = 128
# These headers never leave: two are instructions to this backend, and the recipients must not learn
# who else gets a copy.
_UNSENT_HEADERS = {_KEY_HEADER.lower(), _FORGET_HEADER.lower(), "bcc"}


class OutboxBackend(BaseEmailBackend):
    """Every letter of every library becomes a row in the caller's transaction.

    The header ``X-Outbox-Key`` (at most 128 characters, never sent) makes a repeat of the same
    letter a no-op; ``X-Outbox-Forget`` blanks the row once the letter is sent. Raises
    ``UnsendableAddress`` for a recipient that SMTP cannot reach and ``BadHeaderError`` for a line
    break in a header; then none of the messages is stored. With ``fail_silently`` such messages
    are left out.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Store ``email_messages``; returns how many, those stored before under their key too."""
        letters = []
        for message in email_messages:
            try:
                letters += [_as_letter(message)] if message.recipients() else []
            except (UnsendableAddress, ValueError) as fault:
                if not self.fail_silently:
                    raise
                _log.warning("letter_left_out", fault=type(fault).__name__)
        Letter.objects.bulk_create(letters, ignore_conflicts=True)
        if letters:
            nudge("outbox.send_due")
        return len(letters)


def _as_letter(message: EmailMessage) -> Letter:
    """The row of one message: its final MIME bytes, with the Message-ID that all retries keep."""
    key = _header(message, _KEY_HEADER) or str(uuid4())
    if len(key) > _LONGEST_KEY:
        raise ValueError(f"{_KEY_HEADER} is longer than {_LONGEST_KEY} characters")
    sender = envelope_address(message.from_email)
    recipients = list(dict.fromkeys(envelope_address(one) for one in message.recipients()))
    domain = sender.rpartition("@")[2]
    message_id = f"<{sha256(key.encode()).hexdigest()[:40]}@{domain}>"
    return Letter(
        key=key,
        sender=sender,
        recipients=recipients,
        subject=str(message.subject).replace("\0", "")[:255],
        raw=_final_bytes(message, message_id),
        next_attempt_at=timezone.now(),
        is_forgotten=_header(message, _FORGET_HEADER) != "",
    )


def _header(message: EmailMessage, wanted: str) -> str:
    """The value of a header, letter case ignored; empty where there is none."""
    headers = {name.lower(): value for name, value in message.extra_headers.items()}
    return str(headers.get(wanted.lower(), ""))


def _final_bytes(message: EmailMessage, message_id: str) -> bytes:
    """The MIME message as SMTP transfers it, with the headers that leave.

    Every line ends with CRLF, the last one too. ``message`` itself is not changed: a caller may
    send it again under the same key.
    """
    kept = {
        name: value
        for name, value in message.extra_headers.items()
        if name.lower() not in _UNSENT_HEADERS
    }
    if "message-id" not in {name.lower() for name in kept}:
        kept["Message-ID"] = message_id
    final = copy(message)
    final.extra_headers = kept
    raw = final.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]
    return raw if raw.endswith(b"\r\n") else raw + b"\r\n"
