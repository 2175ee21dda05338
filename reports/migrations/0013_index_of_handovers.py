"""What was handed over by hand is found by its time. Writers do not wait for the new index."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("reports", "0012_reroutings")]

    operations = [
        AddIndexConcurrently(
            "assignment",
            models.Index(
                condition=models.Q(rule__isnull=True, by__isnull=False),
                fields=["-at"],
                name="assignment_by_hand",
            ),
        )
    ]
