"""What changed lately is read by an index. Writers do not wait for it."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("reports", "0013_index_of_handovers")]

    operations = [
        AddIndexConcurrently(
            "report",
            models.Index(
                condition=models.Q(is_hidden=False),
                fields=["-updated_at", "-id"],
                name="report_changed",
            ),
        )
    ]
