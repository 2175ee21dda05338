"""Addresses are found by how they begin, whatever the collation of the database."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("districts", "0006_nearest_border_index")]

    operations = [
        migrations.AddIndex(
            model_name="address",
            index=models.Index(
                fields=["street_key", "number_key"],
                name="address_begins",
                opclasses=["varchar_pattern_ops", "varchar_pattern_ops"],
            ),
        )
    ]
