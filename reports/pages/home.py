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
    context = {"latest": shown[:_LATEST], "counts": _counts()}
    return render(request, "reports/home.html", context)


def _counts() -> dict[str, int]:
    """Open now, resolved in the last 30 days, and sent in those days."""
    since = timezone.now() - timedelta(days=30)
    public = Report.objects.public()
    recent = public.filter(updated_at__gte=since, status=Status.RESOLVED)
    return {
        "open": public.open().count(),
        "resolved_last_30_days": recent.count(),
        "this_month": public.filter(created_at__gte=since).count(),
    }


def public_map(request: HttpRequest) -> HttpResponse:
    """The map, and beside it the same as a list for those who cannot use a map."""
    shown = Report.objects.public().select_related("category", "district")
    page = Paginator(shown, _PAGE).get_page(request.GET.get("strona"))
    return render(request, "reports/map.html", {"reports": page})
