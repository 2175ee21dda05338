"""Which reports a list of staff shows: filters, order, pages."""

import django_filters
from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from catalogue.models import Category
from districts.models import District, Edition
from reports.models import Dispatch, Remark, Report, Status, StatusChange
from reports.models.report import ReportQuerySet

_PAGE = 25


def _district_choices() -> list[tuple[str, str]]:
    edition = Edition.objects.in_force()
    rows = District.objects.filter(edition=edition).order_by("name")
    return list(rows.values_list("code", "name"))


class _QueueFilter(django_filters.FilterSet):
    """The filters of a list, by their names in the address. An unknown value selects nothing."""

    q = django_filters.CharFilter(method="containing", label=_("Numer, słowo z opisu albo adres"))
    status = django_filters.ChoiceFilter(
        choices=Status, label=_("Status"), empty_label=_("wszystkie")
    )
    category = django_filters.ModelChoiceFilter(
        queryset=Category.objects.select_related("group"),
        label=_("Kategoria"),
        empty_label=_("wszystkie"),
    )
    district = django_filters.ChoiceFilter(
        field_name="district__code",
        choices=_district_choices,
        label=_("Osiedle"),
        empty_label=_("wszystkie"),
    )
    overdue = django_filters.ChoiceFilter(
        method="only_overdue",
        choices=[("tak", _("po terminie"))],
        label=_("Termin"),
        empty_label=_("wszystkie"),
    )

    class Meta:
        model = Report
        fields = ["q", "status", "category", "district", "overdue"]

    def containing(self, rows: ReportQuerySet, _name: str, value: str) -> QuerySet:
        return rows.containing(value.strip())

    def only_overdue(self, rows: ReportQuerySet, _name: str, _value: str) -> QuerySet:
        return rows.overdue()


def waiting_for_operator(rows: QuerySet) -> QuerySet:
    """Reports that need a person: with the operator, or whose sending failed for good."""
    # Asked first, because both parts of the condition can then use an index.
    failed = list(Dispatch.objects.failed().values_list("report", flat=True))
    return rows.filter(Q(status=Status.WITH_OPERATOR) | Q(pk__in=failed))


def _with_marks(rows: QuerySet) -> QuerySet:
    """Each with ``has_new_remark``: the sender has added something since the last step."""
    later = StatusChange.objects.filter(report=OuterRef("report"), at__gte=OuterRef("at"))
    unanswered = Remark.objects.filter(report=OuterRef("pk")).exclude(Exists(later))
    return rows.annotate(has_new_remark=Exists(unanswered))


def select_page(rows: QuerySet, request: HttpRequest) -> tuple[_QueueFilter, Page]:
    """The filter as the address asks for it, and one page of its reports, the earliest deadline
    first.
    """
    related = _with_marks(rows).select_related("category", "district", "unit")
    selection = _QueueFilter(request.GET, queryset=related.order_by("expected_by", "created_at"))
    return selection, Paginator(selection.qs, _PAGE).get_page(request.GET.get("strona"))
