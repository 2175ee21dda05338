"""The front page, and what changed lately near a place."""

from datetime import timedelta

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from maps.selection import FIRST_VIEW
from reports.models import Report
from reports.models.report import ReportQuerySet
from reports.nearby import within
from reports.placing import find_place, read_place
from web.errors import PortalError

from .counting import count_reports
from .models import News

_LATEST, _PINNED = 6, 3
_NEAR_METRES, _NEAR_DAYS, _NEAR = 500, 30, 12


class NearForm(forms.Form):
    """A place in words: an address, a crossing, a name or coordinates."""

    place = forms.CharField(
        label=_("Adres albo miejsce"),
        max_length=200,
        help_text=_("Na przykład Piotrkowska 110 albo Park Źródliska."),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """It reads some numbers and some rows by indexes, however many reports there are."""
    context = {
        "latest": _changed_lately(Report.objects.all())[:_LATEST],
        "figures": count_reports(),
        "pinned": News.objects.shown().filter(is_pinned=True)[:_PINNED],
        "near_form": NearForm(),
        "map_query": FIRST_VIEW.as_query(),
    }
    return render(request, "pages/home.html", context)


@never_cache
@require_safe
def near(request: HttpRequest) -> HttpResponse:
    """What changed in the last ``_NEAR_DAYS`` within ``_NEAR_METRES`` of the place asked for."""
    form = NearForm(request.GET if "place" in request.GET else None)
    context: dict[str, object] = {"near_form": form, "metres": _NEAR_METRES, "days": _NEAR_DAYS}
    status = 200
    if form.is_bound and form.is_valid():
        try:
            context["changed"] = _changed_near(form.cleaned_data["place"])
        except PortalError as refusal:
            form.add_error("place", str(refusal.detail))
    if form.errors:
        status = 400
    return render(request, "pages/near.html", context, status=status)


def _changed_near(words: str) -> list[Report]:
    """Raises ``UnknownPlace`` and ``OutsideCity``."""
    point = find_place(read_place(words)).location
    since = timezone.now() - timedelta(days=_NEAR_DAYS)
    # Whoever asks from many points would find out where a rounded place is.
    recent = Report.objects.filter(
        updated_at__gte=since, is_approximate=False, rounded_location__isnull=True
    )
    reports = recent.filter(within(point, _NEAR_METRES))
    # Their keys first: asked for the newest twelve, the database would go through the newest of the
    # whole city to find those that lie here.
    here = sorted(reports.public().values_list("updated_at", "pk"))[-_NEAR:]
    return list(_changed_lately(Report.objects.filter(pk__in=[pk for _changed, pk in here])))


def _changed_lately(reports: ReportQuerySet) -> ReportQuerySet:
    """Those that everybody may see, the last change first, with what a row of a list shows."""
    named = reports.public().select_related("category", "district")
    return named.defer("district__boundary", "district__outline").order_by("-updated_at", "-id")
