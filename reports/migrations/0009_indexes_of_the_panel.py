"""Indexes for staff, made while reports go on coming in: the repetitions of a report, what waits for
the operator in the order of its list, and what could not be sent. Each holds few rows.
"""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

_INDEXES = [
    (
        "report",
        models.Index(
            fields=["duplicate_of"],
            condition=models.Q(duplicate_of__isnull=False),
            name="report_duplicate_of",
        ),
    ),
    (
        "report",
        models.Index(
            fields=["expected_by", "created_at"],
            condition=models.Q(status="with_operator"),
            name="report_waiting",
        ),
    ),
    (
        "dispatch",
        models.Index(fields=["report"], condition=models.Q(state="failed"), name="dispatch_failed"),
    ),
]


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("reports", "0008_duplicates_say_of_which")]

    operations = [AddIndexConcurrently(model, index) for model, index in _INDEXES]
