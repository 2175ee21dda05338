"""Reads the mailbox of replies by IMAP: each letter becomes a row, then it is marked as read."""

import imaplib
from collections.abc import Sequence

import structlog
from django.conf import settings
from django.utils import timezone
from imap_tools import AND, BaseMailBox, MailBox, MailBoxUnencrypted, U
from imap_tools.errors import ImapToolsError

from owed.nudging import send_nudge

from .models import Mailbox, Reply

_SECONDS = 20
# Letters a call; the next one goes on.
_MOST = 200
_FAULTS = (OSError, imaplib.IMAP4.error, ImapToolsError)

_log = structlog.get_logger(__name__)


def fetch_replies() -> int:
    """Store what came since the last time; returns how many letters. One process at a time.

    A letter is known by its uid, so that nothing is lost where somebody else has read the mailbox,
    and nothing is stored twice where a worker was killed.
    """
    if not settings.IMAP_HOST:
        return 0
    name = f"{settings.IMAP_USER}@{settings.IMAP_HOST}/{settings.IMAP_FOLDER}"[:255]
    Mailbox.objects.get_or_create(name=name)
    free = Mailbox.objects.filter(name=name).unleased(timezone.now())
    claimed: Sequence[Mailbox] = free.claim(timezone.now(), most=1)
    if not claimed:
        return 0
    (mailbox,) = claimed
    try:
        with _connect() as server:
            number = _read(server, mailbox)
    except _FAULTS as fault:
        # Names only: a server may quote addresses.
        _log.warning("replies_not_read", fault=type(fault).__name__)
        number = 0
    Mailbox.objects.still_leased([mailbox]).update(leased_until=None)
    # Also for what a killed worker has stored and not nudged for.
    send_nudge("mailroom.take_replies")
    return number


def _connect() -> BaseMailBox:
    kind = MailBox if settings.IMAP_TLS else MailBoxUnencrypted
    server = kind(settings.IMAP_HOST, settings.IMAP_PORT, timeout=_SECONDS)
    return server.login(settings.IMAP_USER, settings.IMAP_PASSWORD, settings.IMAP_FOLDER)


def _read(server: BaseMailBox, mailbox: Mailbox) -> int:
    validity = int(server.folder.status(settings.IMAP_FOLDER, ["UIDVALIDITY"])["UIDVALIDITY"])
    if validity != mailbox.validity:
        mailbox.validity, mailbox.last_uid = validity, 0
    found = map(int, server.uids(AND(uid=U(str(mailbox.last_uid + 1), "*"))))
    # The last letter is found by "*" even if it was read before.
    new = sorted(uid for uid in found if uid > mailbox.last_uid)[:_MOST]
    for number, uid in enumerate(new):
        if not Mailbox.objects.renew(mailbox):
            return number
        _store(server, validity, uid)
        held = Mailbox.objects.still_leased([mailbox])
        held.update(validity=validity, last_uid=uid)
        # Only for people who look into the mailbox. ``server.flag`` would also expunge what they
        # have marked as deleted.
        server.client.uid("STORE", str(uid), "+FLAGS", r"(\Seen)")
    return len(new)


def _store(server: BaseMailBox, validity: int, uid: int) -> None:
    """The row of one letter, as it came. Of one that is too large only the head is read."""
    size = _size_of(server, uid)
    part = "BODY.PEEK[]" if size <= settings.MAX_REPLY_BYTES else "BODY.PEEK[HEADER]"
    raw = _fetched(server, uid, part)[: settings.MAX_REPLY_BYTES]
    row = Reply(validity=validity, uid=uid, size=size, raw=raw)
    Reply.objects.bulk_create([row], ignore_conflicts=True)


def _size_of(server: BaseMailBox, uid: int) -> int:
    _ok, lines = server.client.uid("FETCH", str(uid), "(RFC822.SIZE)")
    # A server may tell of other letters in between.
    said = b" ".join(line for line in lines if isinstance(line, bytes))
    after = said.partition(b"RFC822.SIZE")[2].split()
    return int(after[0].strip(b")")) if after else 0


def _fetched(server: BaseMailBox, uid: int, part: str) -> bytes:
    """Empty if the letter was deleted meanwhile."""
    _ok, lines = server.client.uid("FETCH", str(uid), f"({part})")
    return next((bytes(line[1]) for line in lines if isinstance(line, tuple)), b"")
