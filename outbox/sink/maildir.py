"""Reading the letters that the SMTP server of the local run has caught."""

from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from mailbox import Maildir
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class CaughtLetter:
    """One caught letter; ``key`` names it in addresses."""

    key: str
    subject: str
    sender: str
    recipients: str
    date: datetime | None
    text: str
    html: str


def open_maildir() -> Maildir:
    return Maildir(settings.MAIL_SINK_DIR, factory=None, create=True)


def keys_newest_first() -> list[str]:
    """Keys of all letters, by the time at which their files were written."""
    box = open_maildir()
    return sorted(box.keys(), key=lambda key: _file_of(box, key).stat().st_mtime_ns, reverse=True)


def _file_of(box: Maildir, key: str) -> Path:
    return Path(box._path) / box._lookup(key)  # type: ignore[attr-defined]


def read_letter(key: str) -> CaughtLetter:
    """Raises ``KeyError`` if there is no such letter."""
    message = BytesParser(policy=policy.default).parsebytes(open_maildir().get_bytes(key))
    date = message["Date"]
    return CaughtLetter(
        key=key,
        subject=str(message["Subject"] or ""),
        sender=str(message["From"] or ""),
        recipients=str(message["To"] or ""),
        date=date.datetime if date else None,
        text=_part(message, "plain"),
        html=_part(message, "html"),
    )


def _part(message: EmailMessage, kind: str) -> str:
    """The text or HTML part. Of an unknown character set, what can be read is returned."""
    body = message.get_body(preferencelist=(kind,))
    if body is None:
        return ""
    try:
        return body.get_content()
    except LookupError:
        payload = body.get_payload(decode=True)
        return payload.decode(errors="replace") if isinstance(payload, bytes) else ""
