"""A unit has leaders, who give its reports to its members."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("units", "0002_units_that_take_no_reports")]

    operations = [
        migrations.AddField(
            "membership", "is_leader", models.BooleanField(default=False, db_default=False)
        )
    ]
