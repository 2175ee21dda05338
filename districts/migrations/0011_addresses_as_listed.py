"""Addresses and streets that differ by a diacritical mark alone are two."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models

# The old constraint holds one of them.
FORGET = """
DELETE FROM districts_address a USING districts_address b WHERE a.id > b.id AND
(a.street_key, a.number_key, a.district_code) = (b.street_key, b.number_key, b.district_code)
"""
FILL = """
INSERT INTO districts_street (name, key)
SELECT street, min(street_key) FROM districts_address GROUP BY street
"""
FILL_AS_BEFORE = """
INSERT INTO districts_street (key, name)
SELECT street_key, mode() WITHIN GROUP (ORDER BY street) FROM districts_address GROUP BY street_key
"""


class Migration(migrations.Migration):
    dependencies = [("districts", "0010_streets")]

    operations = [
        migrations.RunSQL(migrations.RunSQL.noop, FILL_AS_BEFORE),
        migrations.DeleteModel("street"),
        migrations.CreateModel(
            name="Street",
            fields=[
                ("name", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=120)),
            ],
            options={"verbose_name": "ulica", "verbose_name_plural": "ulice"},
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            "street",
            GinIndex(fields=["key"], opclasses=["gin_trgm_ops"], name="street_alike"),
        ),
        migrations.RemoveConstraint("address", "address_once"),
        migrations.RunSQL(migrations.RunSQL.noop, FORGET),
        migrations.AddConstraint(
            "address",
            models.UniqueConstraint(
                fields=["street", "number", "district_code"], name="address_as_listed_once"
            ),
        ),
    ]
