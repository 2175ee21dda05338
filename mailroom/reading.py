"""What a letter says: read from its MIME bytes, whatever stands in them. Pure."""

import html
import re
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses
from hashlib import sha256
from itertools import islice

import nh3

# Parts of a letter; nobody sends so many by hand. Each costs the parser a look at every line.
_MOST_PARTS = 60
_LONGEST_TEXT = 200_000
# Elements within elements take the cleaner more than in proportion.
_LONGEST_HTML = 50_000
_LONGEST_HEADER = 4_000
# Logos of signatures and counting pixels are smaller than any photo.
_SMALLEST_PHOTO = 20_000
_SIGNATURES = ("application/pkcs7-signature", "application/x-pkcs7-signature")
_SIGNATURES += ("application/pgp-signature", "application/pgp-keys", "text/calendar")
_TO = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
_ANSWERED = ("autoodpowiedz", "automatyczna odpowiedz", "odpowiedz automatyczna", "poza biurem")
_ANSWERED += ("automatic reply", "out of office", "auto:")
_PLAIN = str.maketrans("źŹ", "zZ")
_BREAKS = re.compile(r"<(?:br|/?p|/?div|/?tr|/?li|/?h[1-6])\s?/?>", re.IGNORECASE)
_QUOTE = re.compile(r"<blockquote>", re.IGNORECASE)
_KEPT = {"br", "p", "div", "tr", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"}
_STATUS = re.compile(rb"^Status:[ \t]{0,9}([245]\.\d{1,3}\.\d{1,3})", re.IGNORECASE | re.MULTILINE)


# What Python's own reader of mail raises at a head that nobody wrote by hand.
_STUMBLES = (RecursionError, TypeError, ValueError, LookupError, AttributeError, MessageError)


class Unreadable(Exception):
    """It has too many parts, is nested too deeply, or its heads are no heads."""


@dataclass(slots=True)
class ReadLetter:
    """``recipients``: all addresses to which it came; of a bounce, those that our letter named for
    answers. ``bounce``: the status of delivery ("5.1.1") that a mail system reports, else empty.
    ``photos``: files. ``has_other_files``: there are attachments that are no photos.
    """

    sender: str
    recipients: list[str]
    message_id: str
    is_automatic: bool
    bounce: str = ""
    text: str = ""
    photos: list[bytes] = field(default_factory=list)
    has_other_files: bool = False

    @property
    def digest(self) -> str:
        """Of what was typed and attached."""
        found = sha256(self.text.encode())
        for photo in self.photos:
            found.update(sha256(photo).digest())
        return found.hexdigest()


def read_letter(raw: bytes) -> ReadLetter:
    """Raises ``Unreadable``; whatever else is wrong with the letter leaves a part of it empty."""
    if raw.lower().count(b"boundary=") > _MOST_PARTS:
        raise Unreadable
    try:
        return _read(message_from_bytes(raw, policy=policy.compat32))
    except _STUMBLES as stumble:
        raise Unreadable from stumble


def _read(message: Message) -> ReadLetter:
    parts = list(islice(message.walk(), _MOST_PARTS + 1))
    if len(parts) > _MOST_PARTS:
        raise Unreadable
    read = ReadLetter(
        sender=(_addresses(message, "From") or [""])[0],
        recipients=_addresses(message, *_TO),
        message_id=_header(message, "Message-ID")[:255],
        is_automatic=_is_automatic(message),
    )
    if _is_report(message):
        _read_bounce(read, parts)
    else:
        _read_contents(read, message, parts)
    return read


def _header(message: Message, name: str) -> str:
    """One header in words; what cannot be decoded stays as it is."""
    said = str(message.get(name, ""))[:_LONGEST_HEADER]
    with suppress(ValueError, LookupError, MessageError):
        said = str(make_header(decode_header(said)))
    return _clean(said).replace("\n", " ").strip()


def _addresses(message: Message, *names: str) -> list[str]:
    heads = [str(one)[:_LONGEST_HEADER] for name in names for one in message.get_all(name, [])]
    found = [address.strip().lower() for _name, address in getaddresses(heads[:20])]
    return [_clean(address)[:254] for address in found if "@" in address]


def _is_automatic(message: Message) -> bool:
    """RFC 3834, and what programs did before it."""
    submitted = _header(message, "Auto-Submitted").lower()
    if submitted and not submitted.startswith("no"):
        return True
    if any(name in message for name in ("X-Autoreply", "X-Autorespond", "List-Id")):
        return True
    if _header(message, "Precedence").lower() in ("bulk", "list", "junk", "auto_reply"):
        return True
    subject = _header(message, "Subject").translate(_PLAIN).lower()
    return _header(message, "Return-Path") == "<>" or subject.startswith(_ANSWERED)


def _is_report(message: Message) -> bool:
    """Whether a mail system says what became of a letter (RFC 3464)."""
    return message.get_content_type() == "multipart/report" and (
        str(message.get_param("report-type", "")).lower() == "delivery-status"
    )


def _read_bounce(read: ReadLetter, parts: list[Message]) -> None:
    read.recipients, read.is_automatic = [], True
    for part in parts:
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            found = _STATUS.search(part.as_bytes()[:_LONGEST_TEXT])
            read.bounce = found[1].decode() if found else read.bounce
        elif kind == "text/rfc822-headers":
            returned = message_from_bytes(_payload(part), policy=policy.compat32)
            read.recipients += _addresses(returned, "Reply-To")
        # The parts of the returned letter are walked too; its head stands on one of them.
        read.recipients += _addresses(part, "Reply-To")


def _read_contents(read: ReadLetter, message: Message, parts: list[Message]) -> None:
    plain, marked = "", ""
    for part in parts:
        kind, is_attached = part.get_content_type(), part.get_content_disposition() == "attachment"
        if part.is_multipart():
            # A letter that was attached as a whole.
            read.has_other_files |= kind == "message/rfc822"
        elif kind == "text/plain" and not is_attached:
            plain = plain or _text(part)
        elif kind == "text/html" and not is_attached:
            marked = marked or _text(part)
        elif kind.startswith("image/"):
            content = _payload(part)
            # An inline picture of a signature is neither a photo nor a loss.
            if len(content) >= _SMALLEST_PHOTO or is_attached:
                read.photos.append(content)
        elif kind not in _SIGNATURES:
            read.has_other_files = True
    read.text = plain if plain.strip() else _words_of(marked)


def _payload(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _text(part: Message) -> str:
    """In the character set that the part names, else as UTF-8 or as Windows writes Polish."""
    content = _payload(part)[:_LONGEST_TEXT]
    for charset in (str(part.get_content_charset("utf-8")), "utf-8", "cp1250"):
        try:
            return _clean(content.decode(charset))
        except (LookupError, ValueError):
            continue
    return _clean(content.decode("utf-8", "replace"))


def _words_of(marked: str) -> str:
    """The words of HTML, in lines as they look; a quotation begins with ``>``."""
    # Some programs write long styles before the body.
    body = marked[max(marked.lower().find("<body"), 0) :][:_LONGEST_HTML]
    kept = nh3.clean(body, tags=_KEPT, attributes={}, clean_content_tags={"style", "script"})
    lines = _BREAKS.sub("\n", _QUOTE.sub("\n&gt; ", kept.replace("\n", " ")))
    return _clean(html.unescape(nh3.clean(lines, tags=set(), attributes={}))).strip()


def _clean(text: str) -> str:
    """Without what the database cannot store."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()
