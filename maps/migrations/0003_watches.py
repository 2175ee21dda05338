"""Who follows a part of the city; a trigger notes the changes of which they may hear."""

import django.contrib.gis.db.models.fields
import django.db.models.deletion
from django.db import migrations, models

import maps.following.models
import reports.models.contact

# Nothing is noted while nobody follows anything.
TRIGGER = """
CREATE FUNCTION maps_note_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM maps_watch WHERE state <> 'waiting') THEN
        INSERT INTO maps_watchchange (report, change) VALUES (NEW.report_id, NEW.id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER step_for_watches AFTER INSERT ON reports_statuschange
    FOR EACH ROW EXECUTE FUNCTION maps_note_step();
ALTER TABLE maps_watchchange SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
"""
NO_TRIGGER = """
DROP TRIGGER step_for_watches ON reports_statuschange;
DROP FUNCTION maps_note_step();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("maps", "0002_edition_of_the_data"),
        ("reports", "0015_rounded_places"),
    ]

    operations = [
        migrations.CreateModel(
            name="WatchChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("report", models.BigIntegerField()),
                ("change", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Watch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(max_length=254)),
                ("mailbox", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "czeka na potwierdzenie"),
                            ("confirmed", "potwierdzono odnośnikiem z wiadomości"),
                            ("logged_in", "po zalogowaniu"),
                        ],
                        default="waiting",
                        max_length=16,
                    ),
                ),
                ("district", models.CharField(blank=True, max_length=60)),
                (
                    "centre",
                    django.contrib.gis.db.models.fields.PointField(
                        null=True, spatial_index=False, srid=4326
                    ),
                ),
                ("reach", django.contrib.gis.db.models.fields.PolygonField(null=True, srid=4326)),
                ("metres", models.PositiveSmallIntegerField(null=True)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("language", models.CharField(default="pl", max_length=8)),
                (
                    "secret",
                    models.CharField(
                        default=reports.models.contact.new_secret, max_length=40, unique=True
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("last_day", models.DateField(default=maps.following.models.in_a_year)),
                ("told_on", models.DateField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["mailbox", "state"], name="watch_mailbox"),
                    models.Index(
                        condition=models.Q(("district", ""), _negated=True),
                        fields=["district"],
                        name="watch_district",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("centre__isnull", False),
                                ("district", ""),
                                ("reach__isnull", False),
                                ("metres__range", (100, 2000)),
                            ),
                            models.Q(
                                models.Q(("district", ""), _negated=True),
                                ("centre", None),
                                ("metres", None),
                                ("reach", None),
                            ),
                            _connector="OR",
                        ),
                        name="watch_is_district_or_circle",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WatchLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="reports.statuschange",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="reports.report",
                    ),
                ),
                (
                    "watch",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="maps.watch",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("watch", "report"), name="watch_line_once")
                ],
            },
        ),
        migrations.RunSQL(TRIGGER, NO_TRIGGER),
    ]
