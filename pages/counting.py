"""The numbers of the front page."""

from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone

from reports.models import Report, Status
from reports.models.report import FINAL

from .models import Figures

_RECENT = timedelta(days=30)


def count_reports() -> Figures:
    """Count the public reports and keep the numbers in place of those before."""
    now = timezone.now()
    since = now - _RECENT
    counted = Report.objects.public().aggregate(
        open=Count("pk", filter=~Q(status__in=FINAL)),
        resolved=Count("pk", filter=Q(status=Status.RESOLVED, updated_at__gte=since)),
        sent=Count("pk", filter=Q(created_at__gte=since)),
    )
    figures, _made = Figures.objects.update_or_create(pk=1, defaults={**counted, "counted_at": now})
    return figures
