"""Streets for suggestions, filled from the addresses that are there."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

FILL = """
INSERT INTO districts_street (key, name)
SELECT street_key, mode() WITHIN GROUP (ORDER BY street) FROM districts_address GROUP BY street_key
"""
# The threshold of pg_trgm is a setting, so that its operator (and the index) can be used.
ALIKE = """
CREATE FUNCTION districts_streets_alike(asked text) RETURNS TABLE (name varchar, key varchar)
LANGUAGE sql STABLE SET pg_trgm.word_similarity_threshold = 0.42 AS $$
    SELECT s.name, s.key FROM districts_street s WHERE asked <% s.key
    ORDER BY word_similarity(asked, s.key) DESC, length(s.key), s.key LIMIT 8
$$
"""


class Migration(migrations.Migration):
    dependencies = [("districts", "0009_address_place_index")]

    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name="Street",
            fields=[
                ("key", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
            ],
            options={"verbose_name": "ulica", "verbose_name_plural": "ulice"},
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            "street",
            GinIndex(fields=["key"], opclasses=["gin_trgm_ops"], name="street_alike"),
        ),
        migrations.RunSQL(ALIKE, "DROP FUNCTION districts_streets_alike(text)"),
    ]
