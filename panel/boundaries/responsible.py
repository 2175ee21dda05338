"""Who was responsible at a place on a day: the district then, and the units by the annex of now."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.access import PersonRequest, staff_required
from catalogue.categories import active_categories
from catalogue.routing import choose_unit
from districts.locating import locate
from districts.models import OSIEDLA
from regulations.models import Kind, Version
from reports.placing import find_place, read_place
from web.errors import PortalError

from .forms import WhenForm


@staff_required(gis=True)
def responsible(request: PersonRequest) -> HttpResponse:
    form = WhenForm(request.GET or None)
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        given = form.cleaned_data
        try:
            point = find_place(read_place(given["place"])).location
            placement = locate(point, at=given["day"], layer=given["layer"].pk)
        except PortalError as refusal:
            form.add_error("day" if refusal.field == "at" else "place", str(refusal.detail))
        else:
            moment = given["day"] or timezone.now()
            context |= {"placement": placement, "moment": moment, "annex": _annex_at(moment)}
            if given["layer"].pk == OSIEDLA:
                context["units"] = [
                    (category, choose_unit(category, placement.district, point, at=moment).unit)
                    for category in active_categories().values()
                ]
    status = 400 if form.errors else 200
    return render(request, "panel/boundaries/responsible.html", context, status=status)


def _annex_at(moment) -> Version | None:
    """The annex that was published then; None before the first."""
    published = Version.objects.filter(kind=Kind.ANNEX, published_at__lte=moment)
    return published.order_by("-in_force_from").first()
