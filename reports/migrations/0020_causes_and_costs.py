"""Staff note why something was broken and what it cost, for the numbers of later. No row is
rewritten.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0019_questions_to_senders")]

    operations = [
        migrations.AddField(
            "report",
            "cause",
            models.CharField(blank=True, db_default="", default="", max_length=60),
        ),
        migrations.AddField(
            "report",
            "cost",
            models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True),
        ),
    ]
