"""Where the public sees reports is read by an index. Writers do not wait for it."""

import django.contrib.postgres.indexes
import django.db.models.functions.comparison
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("reports", "0015_rounded_places")]

    operations = [
        AddIndexConcurrently(
            "report",
            django.contrib.postgres.indexes.GistIndex(
                django.db.models.functions.comparison.Coalesce("rounded_location", "location"),
                condition=models.Q(is_hidden=False),
                name="report_public_place",
            ),
        )
    ]
