"""The summary counts the changes that were added to it, so that the data has an edition: a number
that grows with every change that anybody can see, and with nothing else.
"""

from django.db import migrations, models

FORWARD = """
CREATE OR REPLACE FUNCTION maps_forget_all() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE maps_summarystate
        SET folded = folded + 1 + (SELECT count(*) FROM maps_summarychange);
    DELETE FROM maps_summarychange;
    DELETE FROM maps_summarycell;
    RETURN NULL;
END $$;
"""
BACK = """
CREATE OR REPLACE FUNCTION maps_forget_all() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM maps_summarychange;
    DELETE FROM maps_summarycell;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("maps", "0001_summary")]

    operations = [
        migrations.AddField(
            "summarystate", "folded", models.BigIntegerField(default=0, db_default=0)
        ),
        migrations.RunSQL(FORWARD, BACK),
    ]
