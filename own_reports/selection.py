"""One selection for the list, the map and the files: what of their own a resident looks at."""

from dataclasses import dataclass
from datetime import datetime

import django_filters
from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reports.models import Report, Status
from reports.models.report import FINAL

from .months import window_start


class MineFilter(django_filters.FilterSet):
    """Filters of one's own list; unknown values select nothing rather than fail."""

    q = django_filters.CharFilter(method="containing", label=_("Numer, słowo z opisu albo adres"))
    status = django_filters.ChoiceFilter(
        choices=Status, label=_("Status"), empty_label=_("wszystkie")
    )
    changed = django_filters.ChoiceFilter(
        method="only_changed",
        choices=[("tak", _("od mojej ostatniej wizyty"))],
        label=_("Zmienione"),
        empty_label=_("kiedykolwiek"),
    )
    away = django_filters.ChoiceFilter(
        method="shelf",
        choices=[("tak", _("odłożone"))],
        label=_("Półka"),
        empty_label=_("bieżące"),
        required=False,
    )

    class Meta:
        model = Report
        fields = ["q", "status", "changed", "away"]

    def __init__(self, *args, since: datetime | None, **kwargs) -> None:
        self.since = since
        super().__init__(*args, **kwargs)

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """What was put away is shown only where it is asked for."""
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("away") else rows.filter(is_put_away=False)

    def containing(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        text = value.strip()
        reference = Q(reference__icontains=text)
        return rows.filter(reference | Q(description__icontains=text) | Q(address__icontains=text))

    def only_changed(self, rows: QuerySet, _name: str, _value: str) -> QuerySet:
        return rows.filter(updated_at__gt=self.since) if self.since else rows.none()

    def shelf(self, rows: QuerySet, _name: str, _value: str) -> QuerySet:
        return rows.filter(is_put_away=True)


def select(user: User, query: QueryDict, *, login: datetime, since: datetime | None) -> MineFilter:
    """The selection that ``query`` asks for, newest first, of what ``user`` sent since the window
    of the ``login`` begins (promise P13). ``since``: the visit before this one.
    """
    own = Report.objects.sent_by(user).filter(created_at__gte=window_start(login))
    return MineFilter(query, queryset=own, since=since)


@dataclass(frozen=True, slots=True)
class Summary:
    """How many of a year's own reports."""

    year: int
    sent: int
    resolved: int
    open: int


def summary_of(user: User) -> Summary:
    """The year of today (Europe/Warsaw), put away or not."""
    year = timezone.localdate().year
    counts = (
        Report.objects.sent_by(user)
        .filter(created_at__year=year)
        .order_by()
        .aggregate(
            sent=Count("pk"),
            resolved=Count("pk", filter=Q(status=Status.RESOLVED)),
            open=Count("pk", filter=~Q(status__in=FINAL)),
        )
    )
    return Summary(year, **counts)
