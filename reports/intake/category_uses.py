"""How often each category is used, by which the form orders what it offers."""

from datetime import timedelta

from django.db.models import Count
from django.utils import timezone

from catalogue.models import Category
from reports.models import Report


def count_category_uses() -> None:
    """Keep with each category how many reports of the last 365 days are about it."""
    since = timezone.now() - timedelta(days=365)
    rows = Report.objects.filter(created_at__gte=since).values_list("category")
    uses = dict(rows.annotate(number=Count("pk")).order_by())
    changed = []
    for category in Category.objects.all():
        if category.uses != uses.get(category.pk, 0):
            category.uses = uses.get(category.pk, 0)
            changed.append(category)
    Category.objects.bulk_update(changed, ["uses"])
