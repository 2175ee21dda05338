"""All cards of the knowledge base: which state, which filter, which words."""

from datetime import timedelta

import django_filters
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import PersonRequest, staff_required
from procedures.models import OutsideLink, Procedure, ProcedureVersion, Topic
from units.models import Unit

_PAGE = 25
# How many days before its day a card counts as due for review.
REVIEW_AHEAD = timedelta(days=14)


def _versions(**which: object) -> Exists:
    return Exists(ProcedureVersion.objects.filter(procedure=OuterRef("pk"), **which))


def with_states(rows: QuerySet[Procedure]) -> QuerySet[Procedure]:
    """Each with what its newest version says and the states that it is in; cards of which nothing
    is written are left out.
    """
    now = timezone.now()
    newest = ProcedureVersion.objects.filter(procedure=OuterRef("pk")).order_by("-number")
    return rows.annotate(
        title=Subquery(newest.values("title")[:1]),
        unit_id=Subquery(newest.values("unit")[:1]),
        unit_name=Subquery(newest.values("unit__short_name")[:1]),
        saved_at=Subquery(newest.values("saved_at")[:1]),
        is_published=_versions(published_at__lte=now),
        is_scheduled=_versions(published_at__gt=now),
        is_draft=_versions(published_at=None, review_since=None),
        is_in_review=_versions(published_at=None, review_since__isnull=False),
        has_dead_links=Exists(OutsideLink.objects.dead().filter(procedures=OuterRef("pk"))),
    ).exclude(title=None)


class _CardFilter(django_filters.FilterSet):
    """The filters by their names in the address. An unknown value is left out."""

    q = django_filters.CharFilter(method="containing", label=_("Numer albo słowa"))
    state = django_filters.ChoiceFilter(
        method="in_state",
        label=_("Stan"),
        empty_label=_("wszystkie"),
        choices=[
            ("draft", _("wersja robocza")),
            ("review", _("do sprawdzenia")),
            ("scheduled", _("zaplanowana")),
            ("published", _("opublikowana")),
            ("withdrawn", _("wycofana")),
        ],
    )
    unit = django_filters.ModelChoiceFilter(
        field_name="unit_id",
        queryset=Unit.objects.filter(is_active=True).order_by("name"),
        label=_("Jednostka"),
        empty_label=_("wszystkie"),
    )
    topic = django_filters.ModelChoiceFilter(
        field_name="topics",
        queryset=Topic.objects.filter(is_active=True),
        label=_("Temat"),
        empty_label=_("wszystkie"),
    )
    needs = django_filters.ChoiceFilter(
        method="needing",
        label=_("Wymaga uwagi"),
        empty_label=_("wszystkie"),
        choices=[("review", _("termin przeglądu")), ("links", _("martwe odnośniki"))],
    )
    mine = django_filters.ChoiceFilter(
        method="of_mine",
        label=_("Czyje"),
        empty_label=_("wszystkie"),
        choices=[("tak", _("moje"))],
    )

    class Meta:
        model = Procedure
        fields = ["q", "state", "unit", "topic", "needs", "mine"]

    def containing(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        found = Q()
        for word in value.split()[:10]:
            saying = ProcedureVersion.objects.filter(
                Q(title__icontains=word) | Q(summary__icontains=word), procedure=OuterRef("pk")
            )
            found &= Q(number__icontains=word) | Q(synonyms__icontains=word) | Q(Exists(saying))
        return rows.filter(found)

    def in_state(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        now = timezone.now()
        return {
            "draft": rows.filter(is_draft=True),
            "review": rows.filter(is_in_review=True),
            "scheduled": rows.filter(Q(is_scheduled=True) | Q(withdrawn_at__gt=now)),
            "published": rows.filter(is_published=True).exclude(withdrawn_at__lte=now),
            "withdrawn": rows.filter(withdrawn_at__lte=now),
        }[value]

    def needing(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        if value == "links":
            return rows.filter(has_dead_links=True)
        return rows.filter(review_by__lte=timezone.localdate() + REVIEW_AHEAD)

    def of_mine(self, rows: QuerySet, _name: str, _value: str) -> QuerySet:
        me = self.request.user
        return rows.filter(Q(keeper=me) | _versions(published_at=None, writers=me))


@staff_required(editor=True)
def cards(request: PersonRequest) -> HttpResponse:
    rows = with_states(Procedure.objects.all()).order_by("number")
    selection = _CardFilter(request.GET, queryset=rows, request=request)
    page = Paginator(selection.qs, _PAGE).get_page(request.GET.get("strona"))
    context = {
        "filter": selection,
        "page": page,
        "now": timezone.now(),
        "review_from": timezone.localdate() + REVIEW_AHEAD,
    }
    return render(request, "panel/procedures/list.html", context)
