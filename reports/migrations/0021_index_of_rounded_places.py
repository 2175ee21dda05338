"""Rounded places have an index of their own, so that a box need not be widened to find them.

Writers do not wait for it. In SQL, because GeoDjango leaves the condition out of an index of
places, and most reports have no rounded one.
"""

from django.contrib.postgres.indexes import GistIndex
from django.db import migrations, models

INDEX = """
CREATE INDEX CONCURRENTLY report_rounded ON reports_report
USING gist (rounded_location) WHERE rounded_location IS NOT NULL
"""


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("reports", "0020_causes_and_costs")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(INDEX, "DROP INDEX CONCURRENTLY IF EXISTS report_rounded")
            ],
            state_operations=[
                migrations.AddIndex(
                    "report",
                    GistIndex(
                        condition=models.Q(rounded_location__isnull=False),
                        fields=["rounded_location"],
                        name="report_rounded",
                    ),
                )
            ],
        )
    ]
