"""Which of their reports a resident looks at: one selection for the list, the map and the files."""

from dataclasses import dataclass
from datetime import datetime

import django_filters
from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reports.models import Report, Status
from reports.models.report import FINAL, ReportQuerySet

from .months import shown_since


class OwnReportsFilter(django_filters.FilterSet):
    """Filters of the list of own reports; an unknown value selects nothing and raises nothing."""

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
        method="only_put_away",
        choices=[("tak", _("odłożone"))],
        label=_("Archiwum"),
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
        """Leave out what was put away, unless the query asks for it."""
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("away") else rows.filter(is_put_away=False)

    def containing(self, rows: ReportQuerySet, _name: str, value: str) -> QuerySet:
        return rows.containing(value.strip())

    def only_changed(self, rows: QuerySet, _name: str, _value: str) -> QuerySet:
        return rows.filter(updated_at__gt=self.since) if self.since else rows.none()

    def only_put_away(self, rows: QuerySet, _name: str, _value: str) -> QuerySet:
        return rows.filter(is_put_away=True)


def selection_of(
    user: User, query: QueryDict, *, login: datetime, since: datetime | None
) -> OwnReportsFilter:
    """What ``query`` asks for, newest first, of the reports that ``user`` sent and that are shown
    after a log-in at ``login``. ``since``: the visit before this one, None on the first.
    """
    own = Report.objects.sent_by(user).filter(created_at__gte=shown_since(login))
    return OwnReportsFilter(query, queryset=own, since=since)


@dataclass(frozen=True, slots=True)
class Summary:
    """How many reports a resident sent in ``year``, and how many of these are resolved or open."""

    year: int
    sent: int
    resolved: int
    open: int


def summary_of(user: User) -> Summary:
    """The summary of the current year (Europe/Warsaw), with the reports that were put away."""
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
