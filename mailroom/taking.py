"""Decides about each reply: it becomes an answer, is passed over, or is left to an operator."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

import structlog
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import override

from reports.changing import lock_report
from reports.dispatch.bounces import record_bounce
from reports.handling.answering import answer_report
from reports.handling.workflow import BY_HAND
from reports.models import Status
from reports.unit_link import HandedOver, LinkEnded, OpenCase, check_open, find_answered
from reports.words import fold
from web.errors import PortalError

from .models import Reason, Reply
from .quoting import typed_words
from .reading import ReadLetter, Unreadable, read_letter
from .receipts import owe_left_letter, owe_taken_letter

# A letter that has ended its worker this many times is not read again.
MOST_ATTEMPTS = 2
_LONGEST_NOTE = 4000
_DATABASE_AWAY = (OperationalError, InterfaceError)

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Left(Exception):
    """The reply is left to an operator. ``is_told``: its writer is known, and hears of it."""

    reason: Reason
    refusal: str = ""
    is_told: bool = True


def take_due() -> int:
    """Decide about every reply that waits; returns how many. Many calls may run at once."""
    number = 0
    while row := claim(timezone.now()):
        number += 1
        try:
            take(row)
        except _DATABASE_AWAY:
            raise
        except Exception:
            # It is tried once more when its lease ends; the others go on.
            _log.exception("reply_broke", reply=row.pk)
    return number


def claim(now: datetime) -> Reply | None:
    due = Reply.objects.due(now).order_by("received_at", "id")
    return next(iter(due.claim(now, most=1, counts_attempt=True)), None)


def take(row: Reply) -> None:
    """Read ``row``, then act and record the outcome in one transaction: a worker that is killed
    leaves both undone.
    """
    letter, reason = None, None
    if row.attempts > MOST_ATTEMPTS:
        reason = Reason.UNREADABLE
    else:
        try:
            letter = read_letter(bytes(row.raw))
        except Unreadable:
            reason = Reason.UNREADABLE
    if row.size > settings.MAX_REPLY_BYTES:
        reason = Reason.TOO_LARGE
    with transaction.atomic():
        held = Reply.objects.waiting().still_leased([row]).select_for_update()
        if not held.exists():
            return
        if letter is not None:
            row.sender, row.message_id = letter.sender, letter.message_id
            row.text, row.digest = typed_words(letter.text), letter.digest
        _decide(row, letter, reason)
        row.ended_at, row.leased_until = timezone.now(), None
        row.save()
    _log.info("reply_decided", reply=row.pk, state=row.state, reason=row.reason)


def _decide(row: Reply, letter: ReadLetter | None, reason: Reason | None) -> None:
    if letter is None:
        row.state, row.reason = Reply.State.LEFT, reason or Reason.UNREADABLE
        return
    case = find_answered(letter.recipients)
    if case:
        # Another worker may hold the same letter, come by another way: one of them finds the other.
        lock_report(case.report)
    if letter.bounce.startswith("5.") and case:
        record_bounce(case.dispatch, letter.bounce)
    if letter.is_automatic or _came_before(row):
        row.state = Reply.State.IGNORED
        return
    row.report = case.report if case else None
    try:
        to = _take(row, letter, case, reason)
    except _Left as left:
        row.state, row.reason, row.refusal = Reply.State.LEFT, left.reason, left.refusal[:300]
        if case and left.is_told:
            owe_left_letter(row, case.report)
    else:
        row.state = Reply.State.TAKEN
        if case:
            owe_taken_letter(row, case.report, to)


def _came_before(row: Reply) -> bool:
    """Whether the same letter came by another way. One that says something else is another letter,
    whatever its Message-ID.
    """
    same = Reply.objects.filter(message_id=row.message_id, digest=row.digest, sender=row.sender)
    return bool(row.message_id) and same.exclude(pk=row.pk).exists()


def _take(row: Reply, letter: ReadLetter, case: OpenCase | None, reason: Reason | None) -> str:
    """Save the answer; returns its status. ``reason``: why the letter cannot be one, if that is
    known before it is read. Raises ``_Left``.
    """
    # The address is signed, but mail shows it to whoever gets a copy.
    is_theirs = case is not None and _domain(letter.sender) == _domain(case.dispatch.unit.email)
    if reason is not None:
        raise _Left(reason, is_told=is_theirs)
    if case is None:
        raise _Left(Reason.NO_CASE, is_told=False)
    if not is_theirs:
        raise _Left(Reason.OTHER_SENDER, is_told=False)
    try:
        check_open(case)
    except LinkEnded as ended:
        raise _Left(Reason.LINK_ENDED) from ended
    except HandedOver as gone:
        raise _Left(Reason.HANDED_OVER) from gone
    if letter.has_other_files:
        raise _Left(Reason.FILES)
    first, _line, note = row.text.partition("\n")
    to = _statuses().get(fold(first).strip(" .:!*"))
    if to is None:
        raise _Left(Reason.NO_WORD)
    if len(note) > _LONGEST_NOTE:
        raise _Left(Reason.REFUSED)
    photos = [ContentFile(photo, name="photo") for photo in letter.photos]
    try:
        answer_report(
            case.report, to, by=None, note=note.strip(), photos=photos, letter=case.dispatch
        )
    except PortalError as refusal:
        raise _Left(Reason.REFUSED, str(refusal.detail)) from refusal
    return to


def _domain(address: str) -> str:
    return address.lower().rpartition("@")[2]


@cache
def _statuses() -> dict[str, str]:
    """What the first line may say. A repetition is left to staff, who see both reports."""
    with override(settings.LANGUAGE_CODE):
        return {fold(str(one.label)): one for one in BY_HAND if one != Status.DUPLICATE}
