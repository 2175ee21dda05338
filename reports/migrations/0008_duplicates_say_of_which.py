"""A report that repeats another one says which, and an assignment says why to the public.

The columns are empty at first: PostgreSQL rewrites no row, and checks none for the foreign key.
"""

from django.db import migrations, models
from django.db.models.deletion import SET_NULL


class Migration(migrations.Migration):
    dependencies = [("reports", "0007_second_calls_and_corrections")]

    operations = [
        migrations.AddField(
            "report",
            "duplicate_of",
            models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=SET_NULL,
                related_name="duplicates",
                to="reports.report",
            ),
        ),
        migrations.AddField(
            "assignment", "note", models.TextField(blank=True, default=""), preserve_default=False
        ),
    ]
