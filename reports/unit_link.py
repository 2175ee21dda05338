"""The links by which a unit that works by e-mail answers without an account.

A key names what it opens, the last day on which it does, and carries a signature of both and of the
unit's address with the server's key: nothing of it is stored, and whoever has lost the mailbox has
lost the links.
"""

import re
from base64 import b32encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from units.models import Unit
from web.addresses import absolute_url
from web.errors import NotFound, PortalError

from .models import Assignment, Dispatch, Report

# It stands at the top of each letter that may be answered by a reply.
LINE = "Odpowiedz nad tą linią"
_CASE, _LIST, _ANSWER = "reports.unit_case", "reports.unit_list", "reports.unit_answer"
# Number of the row, day of the proleptic calendar, 128 bits in base 32. Small letters only: some
# programs of mail do not keep the case.
_KEY = re.compile(r"([0-9]{1,18})-([0-9]{1,7})-([a-z2-7]{26})")


class LinkEnded(PortalError):
    """The link was good once."""

    code = "link_ended"
    status = 410
    detail = _(
        "Ten odnośnik już nie działa, bo minął jego czas. Nowy jest w codziennej wiadomości z listą"
        " spraw."
    )


class HandedOver(PortalError):
    """The unit of the link has the report no longer."""

    code = "handed_over"
    status = 410
    detail = _("Tą sprawą nie zajmuje się już Twoja jednostka. Nie musisz na nią odpowiadać.")


@dataclass(frozen=True, slots=True)
class OpenCase:
    """What a link to one report opens: the ``dispatch`` by which the unit got it. ``until``: the
    last day (Europe/Warsaw).
    """

    dispatch: Dispatch
    until: date

    @property
    def report(self) -> Report:
        return self.dispatch.report


def last_day_of_link() -> date:
    """Until when the links of a letter that is written now work."""
    return timezone.localdate() + timedelta(days=settings.UNIT_LINK_DAYS)


def case_link(dispatch: Dispatch, until: date) -> str:
    """The absolute address at which the unit of ``dispatch`` answers its report."""
    return absolute_url("by_link:case", case_key(dispatch, until))


def case_key(dispatch: Dispatch, until: date) -> str:
    return _key(_CASE, dispatch.pk, until, dispatch.unit)


def list_link(unit: Unit, until: date) -> str:
    """The absolute address of all that waits for ``unit``."""
    return absolute_url("by_link:list", list_key(unit, until))


def list_key(unit: Unit, until: date) -> str:
    return _key(_LIST, unit.pk, until, unit)


def answer_address(dispatch: Dispatch, until: date) -> str:
    """The address to which the unit of ``dispatch`` may write its answer; empty while nobody reads
    it. It opens no page: mail shows addresses to more people than links.
    """
    local, _at, domain = settings.REPLIES_ADDRESS.partition("@")
    key = _key(_ANSWER, dispatch.pk, until, dispatch.unit)
    return f"{local}+{key}@{domain}" if domain else ""


def find_answered(addresses: Iterable[str]) -> OpenCase | None:
    """What the first of ``addresses`` that is an ``answer_address`` answers, open or not; None if
    none is.
    """
    local, _at, domain = settings.REPLIES_ADDRESS.lower().partition("@")
    for address in addresses:
        name, _at, host = address.lower().partition("@")
        if host == domain and name.startswith(f"{local}+"):
            try:
                return _read(_ANSWER, name.removeprefix(f"{local}+"))
            except NotFound:
                continue
    return None


def find_case(key: str) -> OpenCase:
    """Raises ``NotFound`` for a key that was never given out, ``LinkEnded`` and ``HandedOver``."""
    case = _read(_CASE, key)
    check_open(case)
    return case


def check_open(case: OpenCase) -> None:
    """Raises ``LinkEnded`` and ``HandedOver``."""
    _check_day(case.dispatch.unit, case.until)
    check_still_theirs(case.dispatch)


def _read(salt: str, key: str) -> OpenCase:
    """Raises ``NotFound``."""
    pk, until = _parts(key)
    related = ("unit", "assignment", *(f"report__{name}" for name in ("category", "district")))
    dispatch = Dispatch.objects.select_related(*related).filter(pk=pk).first()
    if dispatch is None or not constant_time_compare(key, _key(salt, pk, until, dispatch.unit)):
        raise NotFound
    return OpenCase(dispatch, until)


def find_list(key: str) -> tuple[Unit, date]:
    """The unit of a link to all of its work, and the last day of the link. Raises ``NotFound`` and
    ``LinkEnded``.
    """
    pk, until = _parts(key)
    unit = Unit.objects.filter(pk=pk).first()
    if unit is None or not constant_time_compare(key, list_key(unit, until)):
        raise NotFound
    _check_day(unit, until)
    return unit, until


def check_still_theirs(dispatch: Dispatch) -> None:
    """Raise ``HandedOver`` if another unit has got the report since ``dispatch``, even if that one
    has given it back: the unit has a newer letter then. So it is with a hidden report.
    """
    since = Assignment.objects.filter(report=dispatch.report_id, pk__gt=dispatch.assignment_id)
    theirs = Report.objects.held_by([dispatch.unit]).filter(pk=dispatch.report_id)
    if since.exclude(unit=dispatch.unit_id).exists() or not theirs.exists():
        raise HandedOver


def _parts(key: str) -> tuple[int, date]:
    """Number and day of a key, before its signature is looked at. Raises ``NotFound``."""
    found = _KEY.fullmatch(key)
    if found is None or not 1 <= int(found[2]) <= date.max.toordinal():
        raise NotFound
    return int(found[1]), date.fromordinal(int(found[2]))


def _check_day(unit: Unit, until: date) -> None:
    is_by_mail = unit.is_active and unit.channel == Unit.Channel.EMAIL
    if timezone.localdate() > until or not is_by_mail:
        raise LinkEnded


def _key(salt: str, pk: int, until: date, unit: Unit) -> str:
    named = f"{pk}-{until.toordinal()}"
    signed = salted_hmac(salt, f"{named}-{unit.email.lower()}", algorithm="sha256")
    return f"{named}-{b32encode(signed.digest()[:16]).decode().rstrip('=').lower()}"
