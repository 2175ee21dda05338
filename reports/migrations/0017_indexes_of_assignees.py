"""Indexes for "mine" and "nobody's", made while reports go on coming in."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

_FINAL = ("resolved", "rejected", "passed_on", "duplicate")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("reports", "0016_assignees")]

    operations = [
        AddIndexConcurrently(
            "report",
            models.Index(
                fields=["assignee", "expected_by", "id"],
                condition=models.Q(assignee__isnull=False),
                name="report_assignee",
            ),
        ),
        AddIndexConcurrently(
            "report",
            models.Index(
                fields=["unit", "expected_by", "id"],
                condition=models.Q(assignee__isnull=True) & ~models.Q(status__in=_FINAL),
                name="report_nobodys",
            ),
        ),
    ]
