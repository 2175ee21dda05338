"""Which reports staff want to see, as the address of a list says it."""

from collections.abc import Collection, Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TypeVar

from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from districts.models import Borough
from maps.circle import Circle, read_circle
from maps.selection import WrongSelection, known_values, midnight, one_value
from reports.models import Status
from reports.models.report import IS_OPEN, ReportQuerySet, about, is_late
from reports.nearby import within
from reports.references import parse_reference
from reports.words import SHORTEST
from web.errors import PortalError

from . import choices
from .choices import Named
from .reasons import Reason, any_reason

# Days until the time limit that count as soon, today the first of them.
SOON_DAYS = 3
_LONGEST_WORDS = 200
_Kind = TypeVar("_Kind", bound=models.TextChoices)


class Scope(models.TextChoices):
    """Of which reports a list is; values stand in addresses."""

    DECISION = "do-decyzji", _("do decyzji")
    OPEN = "otwarte", _("otwarte")
    ALL = "wszystkie", _("wszystkie")


class Order(models.TextChoices):
    DEADLINE = "termin", _("najpilniejsze")
    NEWEST = "najnowsze", _("najnowsze")


class Deadline(models.TextChoices):
    OVERDUE = "po-terminie", _("po terminie")
    SOON = "wkrotce", _("w ciągu 3 dni")
    LATER = "pozniej", _("później")
    NONE = "bez-terminu", _("bez terminu")

    def within(self, today: date) -> Q:
        """Only what is open can be late (Europe/Warsaw)."""
        soon = today + timedelta(days=SOON_DAYS)
        return {
            Deadline.OVERDUE: is_late(today),
            Deadline.SOON: Q(expected_by__gte=today, expected_by__lt=soon),
            Deadline.LATER: Q(expected_by__gte=soon),
            Deadline.NONE: Q(expected_by=None),
        }[self]


class Age(models.TextChoices):
    """How long ago a report was sent, in calendar days."""

    THREE_DAYS = "do-3-dni", _("do 3 dni")
    WEEK = "ponad-7-dni", _("ponad 7 dni")
    MONTH = "ponad-30-dni", _("ponad 30 dni")
    QUARTER = "ponad-90-dni", _("ponad 90 dni")

    def within(self, today: date) -> Q:
        if self == Age.THREE_DAYS:
            return Q(created_at__gte=midnight(today - timedelta(days=2)))
        days = {Age.WEEK: 7, Age.MONTH: 30, Age.QUARTER: 90}[self]
        return Q(created_at__lt=midnight(today - timedelta(days=days)))


class Whose(models.TextChoices):
    """Who of the staff has taken a report."""

    MINE = "moje", _("moje")
    NOBODYS = "niczyje", _("niczyje")


@dataclass(frozen=True)
class Selection:
    """Reports of ``scope``, of any of ``categories`` and ``groups`` (codes; both empty: of all), in
    any of ``statuses`` (empty: in all), in the district or the borough ("": anywhere), with the
    unit with this code ("": any), inside ``circle``, with these ``words``. ``words`` that are a
    number mean that report, whatever else is chosen. ``reason``: why the operator has to decide,
    where that is what the scope is.
    """

    scope: Scope = Scope.OPEN
    order: Order = Order.DEADLINE
    words: str = ""
    statuses: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    district: str = ""
    borough: str = ""
    unit: str = ""
    age: Age | None = None
    deadline: Deadline | None = None
    whose: Whose | None = None
    circle: Circle | None = None
    reason: Reason | None = None

    @property
    def reference(self) -> str:
        """The number that the words are; "" if they are none."""
        try:
            return parse_reference(self.words) if self.words else ""
        except PortalError:
            return ""

    @property
    def sorted_by(self) -> Order:
        """Time limits say nothing of what is done."""
        return Order.NEWEST if self.scope == Scope.ALL else self.order

    @property
    def reads_reports(self) -> bool:
        """Whether what is selected cannot be told by the indexes of the lists alone."""
        return bool(self.words or self.circle)

    def condition(self, user: User) -> Q:
        """What the columns of a report must be, without its words, where ``user`` selects."""
        if self.reference:
            return Q(reference=self.reference)
        found = Q() if self.scope == Scope.ALL else IS_OPEN
        if self.scope == Scope.DECISION:
            found &= self.reason.condition() if self.reason else any_reason()
        if self.statuses:
            found &= Q(status__in=sorted(self.statuses))
        if self.categories or self.groups:
            found &= Q(category__in=_keys(choices.categories(), self.categories, self.groups))
        if self.district:
            found &= Q(district__in=_keys(choices.districts(), {self.district}))
        if self.borough:
            found &= Q(district__in=_keys(choices.districts(), of={self.borough}))
        if self.unit:
            found &= Q(unit__in=_keys(choices.units(), {self.unit}))
        today = timezone.localdate()
        if self.age:
            found &= self.age.within(today)
        if self.deadline:
            found &= self.deadline.within(today) & IS_OPEN
        if self.whose:
            found &= Q(assignee=user if self.whose == Whose.MINE else None) & IS_OPEN
        if self.circle:
            found &= within(self.circle.centre, self.circle.metres)
        return found

    def filter(self, reports: ReportQuerySet, user: User) -> ReportQuerySet:
        """Those of ``reports`` that are selected, where ``user`` selects."""
        return reports.filter(self.condition(user), self._about)

    @cached_property
    def _about(self) -> Q:
        """What the words mean, looked up once."""
        return about(self.words) if self.words and not self.reference else Q()

    def as_query(self) -> str:
        """The parameters of an address that mean this selection."""
        query = QueryDict(mutable=True)
        for name, value in self.parameters().items():
            if value:
                query.setlist(name, value if isinstance(value, list) else [value])
        return query.urlencode(safe=",")

    def parameters(self) -> dict[str, str | list[str]]:
        return {
            "zakres": self.scope.value,
            "powod": self.reason.value if self.reason else "",
            "q": self.words,
            "status": sorted(self.statuses),
            "kategoria": sorted(self.categories),
            "grupa": sorted(self.groups),
            "osiedle": self.district,
            "dzielnica": self.borough,
            "jednostka": self.unit,
            "wiek": self.age.value if self.age else "",
            "termin": self.deadline.value if self.deadline else "",
            "kto": self.whose.value if self.whose else "",
            "kolo": self.circle.text if self.circle else "",
            "kolejnosc": self.order.value if self.order != Order.DEADLINE else "",
        }


class WrongList(WrongSelection):
    detail = _("Nie ma takiego filtra listy. Wybierz filtry jeszcze raz.")


def read_selection(query: QueryDict, scopes: Sequence[Scope]) -> Selection:
    """What the parameters ``zakres`` (one of ``scopes``, the first if it is absent), ``powod``,
    ``q``, ``status``, ``kategoria``, ``grupa`` (these three may be repeated), ``osiedle``,
    ``dzielnica``, ``jednostka``, ``wiek``, ``termin``, ``kto``, ``kolo`` (as in ``read_circle``)
    and ``kolejnosc`` mean; what is absent or empty selects nothing out. Raises ``WrongList`` with a
    sentence for each wrong parameter.
    """
    wrong: dict[str, list[str]] = {}

    def one(name: str, values: Container[str], words: Promise | str) -> str:
        return one_value(query, name, values, words, wrong)

    def several(name: str, values: Container[str], words: Promise | str) -> frozenset[str]:
        return known_values(query, name, values, words, wrong)

    def chosen(name: str, kind: type[_Kind], words: Promise | str) -> _Kind | None:
        value = one(name, kind.values, words)
        return kind(value) if value else None

    selection = Selection(
        scope=Scope(one("zakres", scopes, _("Nie ma takiego zakresu.")) or scopes[0]),
        reason=chosen("powod", Reason, _("Nie ma takiego powodu.")),
        order=chosen("kolejnosc", Order, _("Nie ma takiej kolejności.")) or Order.DEADLINE,
        words=_read_words(query.get("q", ""), wrong),
        statuses=several("status", Status.values, _("Nie ma takiego statusu.")),
        categories=several("kategoria", choices.categories(), _("Nie ma takiej kategorii.")),
        groups=several("grupa", choices.groups(), _("Nie ma takiej grupy kategorii.")),
        district=one("osiedle", choices.districts(), _("Nie ma takiego osiedla.")),
        borough=one("dzielnica", Borough.values, _("Nie ma takiej dzielnicy.")),
        unit=one("jednostka", choices.units(), _("Nie ma takiej jednostki.")),
        age=chosen("wiek", Age, _("Nie ma takiego przedziału czasu.")),
        deadline=chosen("termin", Deadline, _("Nie ma takiego terminu.")),
        whose=chosen("kto", Whose, _("Wybierz: moje albo niczyje.")),
        circle=_read_circle(query.get("kolo", ""), wrong),
    )
    if wrong:
        raise WrongList(fields=wrong)
    return selection


def _read_words(text: str, wrong: dict[str, list[str]]) -> str:
    text = " ".join(text.split())
    if len(text) > _LONGEST_WORDS:
        wrong["q"] = [str(_("Wpisz najwyżej 200 znaków."))]
        return ""
    if text and not any(len(word) >= SHORTEST for word in text.split()) and len(text) < SHORTEST:
        wrong["q"] = [str(_("Wpisz co najmniej 3 litery albo cyfry."))]
        return ""
    return text


def _read_circle(text: str, wrong: dict[str, list[str]]) -> Circle | None:
    try:
        return read_circle(text)
    except WrongSelection as refusal:
        wrong |= refusal.fields
        return None


def _keys(
    rows: Mapping[str, Named], codes: Collection[str] = (), of: Collection[str] = ()
) -> list[int]:
    """Of the rows with one of ``codes``, and of those that belong to one of ``of``."""
    chosen = (row for code, row in rows.items() if code in codes or row.of in of)
    return sorted(key for row in chosen for key in row.keys)
