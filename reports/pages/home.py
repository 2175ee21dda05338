"""The front page and the public map."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from reports.models import Report, Status

_LATEST = 8
_PAGE = 20


def home(request: HttpRequest) -> HttpResponse:
    shown = Report.objects.public().select_related("category", "district")
    since = timezone.now() - timedelta(days=30)
    resolved = shown.filter(updated_at__gte=since, status=Status.RESOLVED)
    counts = {
        "open": shown.open().count(),
        "resolved_last_30_days": resolved.count(),
        # Sent in the last 30 days.
        "this_month": shown.filter(created_at__gte=since).count(),
    }
    return render(request, "reports/home.html", {"latest": shown[:_LATEST], "counts": counts})


def public_map(request: HttpRequest) -> HttpResponse:
    """The map, and beside it the same reports as a list for people who cannot use a map."""
    shown = Report.objects.public().select_related("category", "district")
    page = Paginator(shown, _PAGE).get_page(request.GET.get("strona"))
    return render(request, "reports/map.html", {"reports": page})
