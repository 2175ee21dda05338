"""What works now: which functions are switched off, which technical break is announced or on, and
whether anything may be written.

Doors and acts of a function call ``require_on``. What only shows asks the ``State`` that
``web.read_only`` puts onto every request.
"""

from dataclasses import dataclass, field
from datetime import datetime

import structlog
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from owed.breaker import Breaker

from .errors import Unavailable
from .kept import Kept, database_only_reads
from .models import Break, Function, SwitchChange

# Seconds. Where nobody knows when it will be back, a program asks again after these.
_UNKNOWN = 600
_SHORTEST, _LONGEST = 30, 6 * 3600
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


class TemporarilyOff(Unavailable):
    """What somebody asks for does not work now, on purpose. Its page says what does instead.

    ``until``: when it is back, as far as anybody knows (UTC). ``note``: what the administrator
    wrote, with ``sentence_for_reader`` and ``sentence_language``. ``function``: what is off, "" in
    a break.
    """

    template = "errors/off.html"
    is_meant = True
    heading: str | Promise = ""
    function = ""
    note: SwitchChange | Break | None = None
    until: datetime | None = None

    def __init__(self, detail: str, **extra: object) -> None:
        until = self.until.isoformat() if self.until else None
        super().__init__(detail, until=until, **extra)

    @property
    def retry_after(self) -> int:  # type: ignore[override]
        if self.until is None:
            return _UNKNOWN
        seconds = int((self.until - timezone.now()).total_seconds()) + 1
        return min(max(seconds, _SHORTEST), _LONGEST)

    def page_context(self, request: HttpRequest) -> dict[str, object]:
        """What a form brought, so that its sender may send it again from the page. A password is
        typed again.
        """
        if request.method != "POST":
            return {}
        fields = request.POST.lists()
        typed = [
            (name, value)
            for name, values in fields
            if name != "csrfmiddlewaretoken" and "password" not in name
            for value in values
        ]
        # What somebody formulated, and not what a page filled in for them.
        texts = [value for _name, value in typed if " " in value.strip()]
        return {"typed": typed, "texts": texts, "has_files": bool(request.FILES)}


class SwitchedOff(TemporarilyOff):
    """``change``: the row by which ``function`` was switched off."""

    code = "switched_off"

    def __init__(self, change: SwitchChange) -> None:
        self.function = change.function
        self.heading, self.note = OFF_WORDS[change.function], change
        self.until = _if_to_come(change.expected_at)
        super().__init__(f"{self.heading}. {change.sentence_for_reader}", function=self.function)


class ReadOnly(TemporarilyOff):
    """Nothing is written now. ``on``: the break, unless it is the database itself that refuses."""

    code = "read_only"
    heading = _("Trwa przerwa techniczna")

    def __init__(self, on: Break | None = None) -> None:
        self.note, self.until = on, on.ends_at if on else None
        words = _("Trwa przerwa techniczna: niczego teraz nie zapiszemy. Czytać można wszystko.")
        super().__init__(str(words))


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


def require_writable() -> None:
    """Raise ``ReadOnly`` if nothing is written now."""
    state = current_state()
    if state.only_reads:
        raise ReadOnly(state.break_on)


def _load() -> _Rows:
    latest = SwitchChange.objects.order_by("function", "-pk").distinct("function")
    off = {change.function: change for change in latest.select_related("by") if not change.is_on}
    breaks = Break.objects.filter(cancelled_at=None, ends_at__gt=timezone.now())
    return off, tuple(breaks.select_related("by"))


_rows: Kept[_Rows] = Kept(_load)


def _if_to_come(moment: datetime | None) -> datetime | None:
    return moment if moment and moment > timezone.now() else None
