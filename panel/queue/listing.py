"""One page of a list. The next one goes on after a place in the order, so that nothing shifts while
reports come and go.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from maps.time_limit import read_within
from reports.models import Photo, Remark, Report, StatusChange
from reports.models.report import ReportQuerySet

from .counting import LONGEST
from .reasons import reason_columns
from .rooms import Desk
from .selection import Order, Scope, Selection, WrongList

PAGE = 50
# What a row shows; a report has many more columns, some of them large.
_SHOWN = [
    *("reference", "location", "near", "status", "is_hidden", "personal_data"),
    *("description_is_public", "created_at", "expected_by", "asked_on", "called_again_at"),
    *("category__icon", "district__name", "unit__short_name"),
    *(f"category__name_{code}" for code, _name in settings.LANGUAGES),
]
_PLACE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}|bez)_([0-9]{1,16})_([0-9]{1,18})")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a report stands in the order of a list, also after it left the list."""

    expected_by: date | None
    created_at: datetime
    pk: int

    @property
    def text(self) -> str:
        """As it stands in an address."""
        instant = (self.created_at - _EPOCH) // _MICROSECOND
        return f"{self.expected_by or 'bez'}_{instant}_{self.pk}"

    def after(self, order: Order, *, is_back: bool) -> Q:
        """What follows in ``order``, or what stands before."""
        sent = Q(created_at=self.created_at)
        if order == Order.NEWEST:
            word = "gt" if is_back else "lt"
            # The first condition lets the index begin at the right place.
            return Q(**{f"created_at__{word}e": self.created_at}) & (
                Q(**{f"created_at__{word}": self.created_at}) | Q(**{f"id__{word}": self.pk})
            )
        word = "lt" if is_back else "gt"
        later = Q(**{f"created_at__{word}": self.created_at}) | sent & Q(**{f"id__{word}": self.pk})
        same_day = Q(expected_by=self.expected_by) & later
        # Those without a time limit come last.
        if self.expected_by is None:
            return same_day | Q(expected_by__isnull=False) if is_back else same_day
        other_day = Q(**{f"expected_by__{word}": self.expected_by})
        return same_day | other_day if is_back else same_day | other_day | Q(expected_by=None)


def read_place(text: str) -> Place | None:
    """None for no text. Raises ``WrongList``."""
    if not text:
        return None
    found = _PLACE.fullmatch(text)
    try:
        if found:
            expected_by = None if found[1] == "bez" else date.fromisoformat(found[1])
            return Place(expected_by, _EPOCH + int(found[2]) * _MICROSECOND, int(found[3]))
    except (ValueError, OverflowError):
        pass
    raise WrongList(fields={"po": [str(_("Nie ma takiego miejsca na liście."))]})


@dataclass(frozen=True, slots=True)
class ListPage:
    """``before``, ``after``: the places of the first and the last report, where there are more on
    that side. ``total``: how many reports are selected, where this page is all of them. ``is_cut``:
    looking took too long, and nobody knows what belongs here.
    """

    reports: list[Report]
    before: Place | None = None
    after: Place | None = None
    total: int | None = None
    is_cut: bool = False


def list_page(desk: Desk, selection: Selection, query: QueryDict) -> ListPage:
    """The page of the reports that are selected which follows the place ``po``, or stands
    before the place ``przed``. Raises ``WrongList``.
    """
    after, before = read_place(query.get("po", "")), read_place(query.get("przed", ""))
    found = selection.filter(desk.reports, desk.user)
    place, is_back = before or after, before is not None
    ordered = places_of(found, selection.sorted_by, place, is_back=is_back)
    read = read_within(LONGEST, lambda: [Place(*row) for row in ordered[: PAGE + 1]])
    if read is None:
        return ListPage([], is_cut=True)
    is_more = len(read) > PAGE
    shown = read[:PAGE][:: -1 if is_back else 1]
    has_before, has_after = (is_more, True) if is_back else (place is not None, is_more)
    total = None if place or is_more else len(shown)
    return ListPage(
        with_rows(shown, explains=selection.scope == Scope.DECISION),
        shown[0] if has_before and shown else None,
        shown[-1] if has_after and shown else None,
        total,
    )


def places_of(
    rows: ReportQuerySet, order: Order, place: Place | None, *, is_back: bool = False
) -> "QuerySet[Report, tuple[date | None, datetime, int]]":
    """The places of ``rows`` after ``place``, nearest first: columns that the index of the list
    has, so that no other report is read where the selection can do without.
    """
    names = ["created_at", "id"]
    if order == Order.DEADLINE:
        names = ["expected_by", *names]
    sign = "-" if is_back != (order == Order.NEWEST) else ""
    if place:
        rows = rows.filter(place.after(order, is_back=is_back))
    ordered = rows.order_by(*(f"{sign}{name}" for name in names))
    return ordered.values_list("expected_by", "created_at", "id")


def with_rows(places: list[Place], *, explains: bool = False) -> list[Report]:
    """The reports at ``places``, in their order, with what a row of a list shows: ``thumbnail`` is
    the key of the first photo; ``has_new_remark``: the sender added something since the last step;
    where it ``explains``, also what ``reasons_of`` asks.
    """
    later = StatusChange.objects.filter(report=OuterRef("report"), at__gte=OuterRef("at"))
    unanswered = Remark.objects.filter(report=OuterRef("pk")).exclude(Exists(later))
    photos = Photo.objects.filter(
        report=OuterRef("pk"), kind=Photo.Kind.SENDER, state=Photo.State.READY
    ).order_by("position", "uploaded_at")
    rows = (
        Report.objects.filter(pk__in=[place.pk for place in places])
        .select_related("category", "district", "unit")
        .only(*_SHOWN)
        .annotate(**reason_columns() if explains else {})
        .annotate(has_new_remark=Exists(unanswered), thumbnail=Subquery(photos.values("pk")[:1]))
    )
    found = {row.pk: row for row in rows}
    return [found[place.pk] for place in places if place.pk in found]
