"""The public sees the places of some categories only roughly: to the nearest knot of a net of about
340 m. The database rounds, so that nobody who writes a report can forget it.

A category whose mark changes has its reports written anew, while nobody else writes reports: a
report that was located by the old mark would stay as it is.
"""

import django.contrib.gis.db.models.fields
from django.db import migrations

FORWARD = """
CREATE FUNCTION reports_round_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.rounded_location := CASE
        WHEN (SELECT is_place_rounded FROM catalogue_category WHERE id = NEW.category_id)
        THEN ST_SetSRID(ST_MakePoint(
            round((ST_X(NEW.location) / 0.005)::numeric) * 0.005,
            round((ST_Y(NEW.location) / 0.003)::numeric) * 0.003), 4326)
    END;
    RETURN NEW;
END $$;
CREATE TRIGGER place_is_rounded BEFORE INSERT OR UPDATE OF location, category_id ON reports_report
    FOR EACH ROW EXECUTE FUNCTION reports_round_place();
CREATE FUNCTION reports_round_places() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    LOCK TABLE reports_report IN SHARE ROW EXCLUSIVE MODE;
    UPDATE reports_report SET category_id = category_id WHERE category_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER places_are_rounded AFTER UPDATE OF is_place_rounded ON catalogue_category
    FOR EACH ROW WHEN (OLD.is_place_rounded <> NEW.is_place_rounded)
    EXECUTE FUNCTION reports_round_places();
"""
BACK = """
DROP TRIGGER places_are_rounded ON catalogue_category;
DROP FUNCTION reports_round_places();
DROP TRIGGER place_is_rounded ON reports_report;
DROP FUNCTION reports_round_place();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0014_index_of_changes"),
        ("catalogue", "0006_rounded_places"),
    ]

    operations = [
        migrations.AddField(
            "report",
            "rounded_location",
            django.contrib.gis.db.models.fields.PointField(
                editable=False, null=True, spatial_index=False, srid=4326
            ),
        ),
        migrations.RunSQL(FORWARD, BACK),
    ]
