"""The lists of reports: what waits for an operator, and what a unit has to do."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.access import PersonRequest, staff_required
from reports.geojson import feature_of
from reports.intake.guard.switch import raised_until
from reports.models import Report
from units.models import Unit

from . import filters


@staff_required(operator=True)
def operator(request: PersonRequest) -> HttpResponse:
    """What waits for a human, or everything."""
    rows = Report.objects.visible_to(request.user)
    everything = request.GET.get("zakres") == "wszystkie"
    waiting = filters.waiting_for_operator(rows)
    context = {
        "title": _("Kolejka operatora"),
        "everything": everything,
        "waiting_count": waiting.count(),
        "has_guard": True,
        "guard_until": raised_until(),
    }
    return _show_queue(request, rows if everything else waiting, context)


@staff_required(unit_member=True)
def unit(request: PersonRequest) -> HttpResponse:
    """The reports of my units."""
    mine = Unit.objects.of_member(request.user)
    rows = Report.objects.visible_to(request.user).filter(unit__in=mine)
    everything = request.GET.get("zakres") == "wszystkie"
    context = {
        "title": ", ".join(unit.name for unit in mine),
        "everything": everything,
        "waiting_count": rows.open().count(),
    }
    return _show_queue(request, rows if everything else rows.open(), context)


def _show_queue(request: PersonRequest, rows: QuerySet, context: dict) -> HttpResponse:
    selection, page = filters.select_page(rows, request)
    # The map beside the list draws the same page.
    context |= {"filter": selection, "page": page, "features": [feature_of(row) for row in page]}
    return render(request, "panel/queue.html", context)
