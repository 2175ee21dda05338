"""The public map."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reports.models import Report

_PAGE = 20


def public_map(request: HttpRequest) -> HttpResponse:
    """The map, and beside it the same reports as a list for people who cannot use a map."""
    shown = Report.objects.public().select_related("category", "district")
    page = Paginator(shown, _PAGE).get_page(request.GET.get("strona"))
    return render(request, "reports/map.html", {"reports": page})
