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

from .addresses import bare
from .errors import UnsendableAddress
from .models import Letter

log = structlog.get_logger(__name__)

_KEY_HEADER = "X-Outbox-Key"
_FORGET_HEADER = "X-Outbox-Forget"
_LONGEST_KEY = 128
# Never in what is sent: the key is ours, and who else gets a copy is nobody's business.
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
        letters = self.letters(email_messages)
        Letter.objects.bulk_create(letters, ignore_conflicts=True)
        if letters:
            nudge("outbox.send_due")
        return len(letters)

    def letters(self, messages: Sequence[EmailMessage]) -> list[Letter]:
        letters = []
        for message in messages:
            try:
                letters += [_as_letter(message)] if message.recipients() else []
            except (UnsendableAddress, ValueError) as fault:
                if not self.fail_silently:
                    raise
                log.warning("letter_left_out", fault=type(fault).__name__)
        return letters


def _as_letter(message: EmailMessage) -> Letter:
    """The row of one message: its final MIME bytes, with the Message-ID that all retries keep."""
    key = _key_of(message)
    sender = bare(message.from_email)
    recipients = list(dict.fromkeys(bare(address) for address in message.recipients()))
    message_id = f"<{sha256(key.encode()).hexdigest()[:40]}@{_domain(sender)}>"
    return Letter(
        key=key,
        sender=sender,
        recipients=recipients,
        subject=str(message.subject).replace("\0", "")[:255],
        raw=_final_bytes(_with_headers(message, message_id)),
        next_attempt_at=timezone.now(),
        is_forgotten=_header(message, _FORGET_HEADER) != "",
    )


def _final_bytes(message: EmailMessage) -> bytes:
    """The MIME message as SMTP transfers it: the last line ended, like all others, by CRLF."""
    raw = message.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]
    return raw if raw.endswith(b"\r\n") else raw + b"\r\n"


def _key_of(message: EmailMessage) -> str:
    key = _header(message, _KEY_HEADER) or str(uuid4())
    if len(key) > _LONGEST_KEY:
        raise ValueError(f"{_KEY_HEADER} is longer than {_LONGEST_KEY} characters")
    return key


def _header(message: EmailMessage, wanted: str) -> str:
    """The value of a header, letter case ignored; empty where there is none."""
    headers = {name.lower(): value for name, value in message.extra_headers.items()}
    return str(headers.get(wanted.lower(), ""))


def _with_headers(message: EmailMessage, message_id: str) -> EmailMessage:
    """A copy with the headers that leave; the caller's own message keeps its key."""
    kept = {
        name: value
        for name, value in message.extra_headers.items()
        if name.lower() not in _UNSENT_HEADERS
    }
    if "message-id" not in {name.lower() for name in kept}:
        kept["Message-ID"] = message_id
    final = copy(message)
    final.extra_headers = kept
    return final


def _domain(address: str) -> str:
    return address.rpartition("@")[2]
