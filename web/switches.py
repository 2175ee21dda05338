"""What works now: which functions are switched off, which technical break is announced or on, and
whether anything may be written.

Doors and acts of a function call ``require_on``. What only shows asks the ``State`` that
``web.read_only`` puts onto every request.
"""

from dataclasses import dataclass, field
from datetime import datetime

import structlog
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from owed.breaker import Breaker

from .errors import TemporarilyOff
from .kept import Kept, database_only_reads
from .models import Break, Function, SwitchChange

# A database that did not answer is asked for the state again after these.
breaker = Breaker(seconds=5)
_log = structlog.get_logger(__name__)
# What is switched off, by function, and the breaks to come.
_Rows = tuple[dict[str, SwitchChange], tuple[Break, ...]]

OFF_WORDS: dict[str, str | Promise] = {
    Function.REPORTING: _("Zgłoszeń teraz nie przyjmujemy"),
    Function.REGISTRATION: _("Kont teraz nie zakładamy"),
    Function.LOGIN: _("Mieszkańcy teraz się nie zalogują"),
    Function.CHAT: _("Czat jest teraz wyłączony"),
    Function.NEWSLETTER: _("Na biuletyn teraz nie zapisujemy"),
    Function.MAP: _("Mapa zgłoszeń jest teraz wyłączona"),
    Function.API: _("API jest teraz wyłączone"),
    Function.PHOTOS: _("Zdjęć teraz nie przyjmujemy"),
}


@dataclass(frozen=True, slots=True)
class State:
    """``off``: the row that binds, by function; ``breaks``: those that are not over, in order of
    their time; ``is_database_writable``: what the database itself says.
    """

    off: dict[str, SwitchChange] = field(default_factory=dict)
    breaks: tuple[Break, ...] = ()
    is_database_writable: bool = True
    now: datetime = field(default_factory=timezone.now)

    @property
    def break_on(self) -> Break | None:
        return next((one for one in self.breaks if one.is_on_at(self.now)), None)

    @property
    def break_announced(self) -> Break | None:
        """The break that pages tell of: the one that is on, or the next one if it comes soon."""
        return next((one for one in self.breaks if one.is_announced_at(self.now)), None)

    @property
    def only_reads(self) -> bool:
        """Whether nothing is written now: there is a break, or the database takes nothing."""
        return self.break_on is not None or not self.is_database_writable


class SwitchedOff(TemporarilyOff):
    """``change``: the row by which ``function`` was switched off."""

    code = "switched_off"

    def __init__(self, change: SwitchChange) -> None:
        self.function = change.function
        self.heading, self.note = OFF_WORDS[change.function], change
        self.until = _if_to_come(change.expected_at)
        super().__init__(f"{self.heading}. {change.sentence_for_reader}", function=self.function)


def current_state() -> State:
    """The state now. While the database does not answer, it is what was known last."""
    known: _Rows | None = None
    is_writable = True
    if not breaker.is_tripped:
        try:
            known, is_writable = _rows(), not database_only_reads()
        except (OperationalError, InterfaceError) as fault:
            breaker.trip()
            _log.warning("state_not_read", fault=type(fault).__name__)
    off, breaks = known or _rows.last() or ({}, ())
    now = timezone.now()
    return State(off, tuple(one for one in breaks if one.ends_at > now), is_writable, now)


def require_on(function: Function) -> None:
    """Raise ``SwitchedOff`` if ``function`` is switched off."""
    if change := current_state().off.get(function):
        raise SwitchedOff(change)


def _load() -> _Rows:
    latest = SwitchChange.objects.order_by("function", "-pk").distinct("function")
    off = {change.function: change for change in latest.select_related("by") if not change.is_on}
    breaks = Break.objects.filter(cancelled_at=None, ends_at__gt=timezone.now())
    return off, tuple(breaks.select_related("by"))


_rows: Kept[_Rows] = Kept(_load)


def _if_to_come(moment: datetime | None) -> datetime | None:
    return moment if moment and moment > timezone.now() else None
