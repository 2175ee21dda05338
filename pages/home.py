"""The front page."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from reports.models import Report, Status

_LATEST = 8


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
    return render(request, "pages/home.html", {"latest": shown[:_LATEST], "counts": counts})
