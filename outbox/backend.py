"""Django's e-mail backend that writes letters instead of sending them."""

from collections.abc import Sequence
from uuid import uuid4

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from .models import Letter
from .nudging import nudge

KEY_HEADER = "X-Outbox-Key"


class OutboxBackend(BaseEmailBackend):
    """Every letter of every library becomes a row in the caller's transaction.

    The header ``X-Outbox-Key`` (never sent) makes a repeat of the same letter a no-op. Raises
    ``BadHeaderError`` for a line break in a header, like Django's own backends.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        from .tasks import send_due

        letters = [as_letter(message) for message in email_messages if message.recipients()]
        Letter.objects.bulk_create(letters, ignore_conflicts=True)
        if letters:
            nudge(send_due)
        return len(letters)


def as_letter(message: EmailMessage) -> Letter:
    """The row of one message: its final MIME bytes, with a Message-ID that a retry keeps."""
    key = message.extra_headers.pop(KEY_HEADER, None) or str(uuid4())
    return Letter(
        key=key,
        sender=message.from_email,
        recipients=message.recipients(),
        subject=str(message.subject)[:255],
        raw=message.message().as_bytes(linesep="\r\n"),  # type: ignore[call-arg]
        next_attempt_at=timezone.now(),
    )
