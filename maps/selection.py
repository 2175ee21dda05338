"""Which reports somebody wants to see on a map, as the address says it."""

import re
from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import models
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalogue.models import Category
from districts.models import OSIEDLA, District
from reports.models import Status
from reports.models.report import ReportQuerySet
from web.errors import PortalError
from web.kept import Kept

# Other years are slips of the finger.
_FIRST_YEAR, _LAST_YEAR = 1990, 2199
_CODE = re.compile(r"[-a-zA-Z0-9_]{1,60}")
_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


class StatusClass(models.TextChoices):
    """What the map tells apart, in the order of its legend; values stand in addresses."""

    WAITING = "czeka", _("czeka na jednostkę")
    IN_PROGRESS = "w-realizacji", _("w realizacji")
    RESOLVED = "zalatwione", _("załatwione")
    CLOSED = "zakonczone-inaczej", _("zakończone inaczej")

    @property
    def key(self) -> str:
        """The word in JSON and tiles: ``waiting``, ``in_progress``, ``resolved`` or ``closed``."""
        return self.name.lower()

    @property
    def number(self) -> int:
        """By which the summary knows it."""
        return list(StatusClass).index(self)


STATUSES = {
    StatusClass.WAITING: (Status.RECEIVED, Status.WITH_OPERATOR, Status.FORWARDED),
    StatusClass.IN_PROGRESS: (Status.IN_PROGRESS,),
    StatusClass.RESOLVED: (Status.RESOLVED,),
    StatusClass.CLOSED: (Status.REJECTED, Status.PASSED_ON, Status.DUPLICATE),
}


def class_of(status: str) -> StatusClass:
    """The class of a report's status."""
    return next(one for one, statuses in STATUSES.items() if status in statuses)


class Period(models.TextChoices):
    """When a report was sent: calendar days by the clocks of the city, today the last of them."""

    MONTH = "30-dni", _("ostatnie 30 dni")
    YEAR = "12-miesiecy", _("ostatnie 12 miesięcy")
    ALL = "wszystkie", _("od początku")

    def since(self, today: date) -> date | None:
        """Its first day; None if there is none."""
        if self == Period.MONTH:
            return today - timedelta(days=29)
        if self == Period.YEAR:
            leap = today.month == 2 and today.day == 29
            before = today.replace(year=today.year - 1, day=28 if leap else today.day)
            return before + timedelta(days=1)
        return None


class WrongSelection(PortalError):
    """Parameters of an address that name nothing; ``fields`` says which."""

    code = "invalid"
    detail = _("Nie ma takiego filtra mapy. Wybierz filtry jeszcze raz.")


@dataclass(frozen=True, slots=True)
class Selection:
    """Reports that may be shown, of any of ``categories`` and ``groups`` (codes; both empty: of
    all), in any of ``statuses`` (empty: in all), sent in ``period`` and in ``month`` (its first
    day), in the district with the code ``district`` ("": anywhere).
    """

    categories: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    statuses: frozenset[StatusClass] = frozenset()
    period: Period = Period.ALL
    month: date | None = None
    district: str = ""

    @property
    def category_keys(self) -> list[int] | None:
        """The rows of the categories that are meant; None: all."""
        if not self.categories and not self.groups:
            return None
        return sorted(
            pk
            for code, (pk, group) in categories_by_code().items()
            if code in self.categories or group in self.groups
        )

    @property
    def status_numbers(self) -> list[int]:
        return sorted(one.number for one in self.statuses or StatusClass)

    @property
    def status_words(self) -> list[str] | None:
        """As reports have them; None: all."""
        if not self.statuses:
            return None
        return [
            status.value for one in StatusClass if one in self.statuses for status in STATUSES[one]
        ]

    def bounds(self, today: date | None = None) -> tuple[datetime | None, datetime | None]:
        """Since when, and until before when, its reports were sent."""
        begin, end = self.period.since(today or timezone.localdate()), None
        if self.month:
            begin, end = max(self.month, begin or self.month), _next_month(self.month)
        return midnight(begin) if begin else None, midnight(end) if end else None

    def filter(self, reports: ReportQuerySet) -> ReportQuerySet:
        """Those of ``reports`` that are selected and may be shown."""
        found = reports.public()
        if (keys := self.category_keys) is not None:
            found = found.filter(category__in=keys)
        if (words := self.status_words) is not None:
            found = found.filter(status__in=words)
        begin, end = self.bounds()
        if begin:
            found = found.filter(created_at__gte=begin)
        if end:
            found = found.filter(created_at__lt=end)
        if self.district:
            found = found.filter(district__in=district_keys(self.district))
        return found

    def as_query(self) -> str:
        """The parameters of an address that mean this selection; never empty, so that a page can
        tell it from an address without filters.
        """
        query = QueryDict(mutable=True)
        query.setlist("kategoria", sorted(self.categories))
        query.setlist("grupa", sorted(self.groups))
        query.setlist("status", [one.value for one in StatusClass if one in self.statuses])
        query["okres"] = self.period.value
        if self.month:
            query["miesiac"] = f"{self.month:%Y-%m}"
        if self.district:
            query["osiedle"] = self.district
        return query.urlencode()


# What the map shows first: old and closed reports are left out.
FIRST_VIEW = Selection(
    statuses=frozenset({StatusClass.WAITING, StatusClass.IN_PROGRESS}), period=Period.YEAR
)


def read_selection(query: QueryDict) -> Selection:
    """What the parameters ``kategoria``, ``grupa``, ``status`` (each may be repeated), ``okres``,
    ``miesiac`` (``RRRR-MM``) and ``osiedle`` mean; what is absent or empty selects nothing out.
    Raises ``WrongSelection`` with a sentence for each wrong parameter.
    """
    wrong: dict[str, list[str]] = {}
    # Most tiles and views name none; then nothing is asked.
    categories = categories_by_code() if query.keys() & {"kategoria", "grupa"} else {}
    groups = {group for _pk, group in categories.values()}
    selection = Selection(
        categories=known_values(
            query, "kategoria", categories, _("Nie ma takiej kategorii."), wrong
        ),
        groups=known_values(query, "grupa", groups, _("Nie ma takiej grupy kategorii."), wrong),
        statuses=frozenset(
            StatusClass(one)
            for one in known_values(
                query, "status", StatusClass.values, _("Nie ma takiego statusu."), wrong
            )
        ),
        period=Period(
            one_value(query, "okres", Period.values, _("Nie ma takiego okresu."), wrong)
            or Period.ALL
        ),
        month=_read_month(query.get("miesiac", ""), wrong),
        district=_read_district(query.get("osiedle", ""), wrong),
    )
    if wrong:
        raise WrongSelection(fields=wrong)
    return selection


def district_keys(code: str) -> list[int]:
    """The rows of a district in all editions: reports that are done keep that of their own."""
    rows = District.objects.filter(edition__layer=OSIEDLA, code=code)
    return list(rows.values_list("pk", flat=True))


def known_values(
    query: QueryDict,
    name: str,
    values: Container[str],
    words: str | Promise,
    wrong: dict[str, list[str]],
) -> frozenset[str]:
    """The values of the parameter ``name``, which may be repeated; ``words`` go to ``wrong`` if any
    of them is not among ``values``.
    """
    given = frozenset(value for value in query.getlist(name) if value)
    if not all(value in values for value in given):
        wrong[name] = [str(words)]
        return frozenset()
    return given


def one_value(
    query: QueryDict,
    name: str,
    values: Container[str],
    words: str | Promise,
    wrong: dict[str, list[str]],
) -> str:
    """The same for a parameter that stands once; "" if it is absent or wrong."""
    value = query.get(name, "")
    if value and value not in values:
        wrong[name] = [str(words)]
        return ""
    return value


def _read_district(code: str, wrong: dict[str, list[str]]) -> str:
    if code and not (_CODE.fullmatch(code) and district_keys(code)):
        wrong["osiedle"] = [str(_("Nie ma takiego osiedla."))]
        return ""
    return code


def _read_month(text: str, wrong: dict[str, list[str]]) -> date | None:
    if not text:
        return None
    found = _MONTH.fullmatch(text)
    if found is None or not _FIRST_YEAR <= int(found[1]) <= _LAST_YEAR:
        wrong["miesiac"] = [str(_("Podaj rok i miesiąc, na przykład 2026-09."))]
        return None
    return date(int(found[1]), int(found[2]), 1)


def _next_month(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _load_categories() -> dict[str, tuple[int, str]]:
    rows = Category.objects.values_list("code", "pk", "group__code")
    return {code: (pk, group) for code, pk, group in rows}


categories_by_code = Kept(_load_categories)
