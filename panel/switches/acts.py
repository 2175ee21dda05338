"""What the administrator does to switches and technical breaks. Each act leaves a line in the audit
trail, with the sentence and the times.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import AuditWord, User
from web.errors import PortalError
from web.models import Break, Function, SwitchChange


class SwitchWord(AuditWord):
    OFF = "switched_off"
    ON = "switched_on"
    BREAK_ANNOUNCED = "break_announced"
    BREAK_MOVED = "break_moved"
    BREAK_CANCELLED = "break_cancelled"
    BREAK_ENDED = "break_ended"


class SentenceMissing(PortalError):
    code = "sentence_missing"
    field = "sentence"
    detail = _("Napisz ludziom, dlaczego to nie działa.")


class TimesWrong(PortalError):
    code = "times_wrong"

    def __init__(self, field: str, detail: object) -> None:
        super().__init__(str(detail), fields={field: [str(detail)]})


class BreakOver(PortalError):
    code = "break_over"
    status = 409
    detail = _("Ta przerwa już się skończyła albo została odwołana.")


@transaction.atomic
def switch_off(
    function: Function, *, by: User, sentences: Mapping[str, str], expected_at: datetime | None
) -> SwitchChange:
    """Switch ``function`` off at once, or say something else of it while it is off.

    ``sentences``: ``sentence`` and, as far as there is a translation, ``sentence_en`` and
    ``sentence_uk``. ``expected_at``: when it is hoped to be back (UTC). Raises ``SentenceMissing``
    and ``TimesWrong``.
    """
    if not sentences["sentence"]:
        raise SentenceMissing
    if expected_at and expected_at <= timezone.now():
        raise TimesWrong("expected_at", _("Ten czas już minął."))
    change = SwitchChange.objects.create(
        function=function, is_on=False, expected_at=expected_at, by=by, **sentences
    )
    until = expected_at.isoformat() if expected_at else None
    record(
        actor=by,
        action=SwitchWord.OFF,
        target=change,
        function=function.value,
        expected_at=until,
        **sentences,
    )
    return change


@transaction.atomic
def switch_on(function: Function, *, by: User) -> None:
    """Switch ``function`` on at once; nothing is written where it is on."""
    last = SwitchChange.objects.filter(function=function).last()
    if last is None or last.is_on:
        return
    change = SwitchChange.objects.create(function=function, is_on=True, by=by)
    record(actor=by, action=SwitchWord.ON, target=change, function=function.value)


@transaction.atomic
def announce_break(
    *, by: User, starts_at: datetime | None, ends_at: datetime, sentences: Mapping[str, str]
) -> Break:
    """Announce a break, which begins now without ``starts_at``. Times are UTC. Raises
    ``TimesWrong``.
    """
    now = timezone.now()
    starts_at = starts_at or now
    if starts_at < now:
        raise TimesWrong("starts_at", _("Początek już minął. Zostaw puste, jeśli ma być od razu."))
    _check_end(starts_at, ends_at)
    with _beside_others():
        planned = Break.objects.create(starts_at=starts_at, ends_at=ends_at, by=by, **sentences)
    record(
        actor=by,
        action=SwitchWord.BREAK_ANNOUNCED,
        target=planned,
        starts_at=starts_at.isoformat(),
        ends_at=ends_at.isoformat(),
        **sentences,
    )
    return planned


@transaction.atomic
def move_end(planned: Break, *, by: User, ends_at: datetime) -> None:
    """Let a break that is not over end at another time (UTC). Raises ``BreakOver`` and
    ``TimesWrong``.
    """
    planned = _locked(planned)
    if ends_at <= timezone.now():
        raise TimesWrong(
            "ends_at", _("Ten czas już minął. Żeby skończyć teraz, naciśnij przycisk.")
        )
    _check_end(planned.starts_at, ends_at)
    before, planned.ends_at = planned.ends_at, ends_at
    with _beside_others():
        planned.save(update_fields=["ends_at"])
    record(
        actor=by,
        action=SwitchWord.BREAK_MOVED,
        target=planned,
        before=before.isoformat(),
        ends_at=ends_at.isoformat(),
    )


@transaction.atomic
def end_break(planned: Break, *, by: User) -> None:
    """Call off a break that has not begun, or end at once the one that is on. Raises
    ``BreakOver``.
    """
    planned, now = _locked(planned), timezone.now()
    word = SwitchWord.BREAK_ENDED if planned.is_on_at(now) else SwitchWord.BREAK_CANCELLED
    planned.cancelled_at = now
    planned.save(update_fields=["cancelled_at"])
    record(actor=by, action=word, target=planned)


def _locked(planned: Break) -> Break:
    row = Break.objects.select_for_update().get(pk=planned.pk)
    if row.cancelled_at or row.ends_at <= timezone.now():
        raise BreakOver
    return row


def _check_end(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise TimesWrong("ends_at", _("Koniec musi być po początku."))
    if ends_at - starts_at > Break.LONGEST:
        raise TimesWrong("ends_at", _("Przerwa może trwać najwyżej dwie doby."))


@contextmanager
def _beside_others() -> Iterator[None]:
    """Write a break. The database itself compares it with others that come at the same moment."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as overlap:
        words = _("W tym czasie jest już zapowiedziana inna przerwa.")
        raise TimesWrong("ends_at", words) from overlap
