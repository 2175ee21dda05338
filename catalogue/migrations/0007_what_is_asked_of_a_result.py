"""A category says what is asked of whoever resolves a report."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0006_rounded_places")]

    operations = [
        migrations.AddField(
            "category", "needs_result_photo", models.BooleanField(default=False, db_default=False)
        ),
        migrations.AddField(
            "category", "asks_cost", models.BooleanField(default=False, db_default=False)
        ),
        migrations.AddField(
            "category",
            "causes",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=60), blank=True, default=list, size=None
            ),
        ),
    ]
