"""Numbers of the work on reports: the tallies, the log of those that changed, and its triggers.

The triggers wait for a moment in which nobody writes to the tables. Nothing is counted here:
``manage.py check_numbers --repair`` fills the tallies, while reports come in as always.
"""

import django.contrib.postgres.fields
from django.db import migrations, models

FUNCTIONS = """
CREATE FUNCTION reports_day(moment timestamptz) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (moment AT TIME ZONE 'Europe/Warsaw')::date
$$;
-- The first instant of the month so many months after that of the day.
CREATE FUNCTION reports_month_start(day date, after int) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (date_trunc('month', day::timestamp) + after * interval '1 month')
        AT TIME ZONE 'Europe/Warsaw'
$$;
CREATE FUNCTION reports_note_tally(r reports_report) RETURNS void LANGUAGE sql AS $$
    INSERT INTO reports_tallychange (month, unit, category, district)
    VALUES (date_trunc('month', reports_day(r.created_at)::timestamp)::date,
        r.unit_id, r.category_id, r.district_id)
$$;
CREATE FUNCTION reports_note_report() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM reports_note_tally(OLD);
    END IF;
    IF TG_OP = 'INSERT' OR TG_OP = 'UPDATE' AND
        (OLD.unit_id, OLD.category_id, OLD.district_id, OLD.created_at)
        IS DISTINCT FROM (NEW.unit_id, NEW.category_id, NEW.district_id, NEW.created_at) THEN
        PERFORM reports_note_tally(NEW);
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION reports_note_verdict() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM reports_note_tally(r) FROM reports_report r
    WHERE r.id = CASE WHEN TG_OP = 'DELETE' THEN OLD.report_id ELSE NEW.report_id END;
    RETURN NULL;
END $$;
CREATE FUNCTION reports_forget_tallies() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM reports_tallychange;
    DELETE FROM reports_tally;
    RETURN NULL;
END $$;
"""
NO_FUNCTIONS = """
DROP FUNCTION reports_forget_tallies();
DROP FUNCTION reports_note_verdict();
DROP FUNCTION reports_note_report();
DROP FUNCTION reports_note_tally(reports_report);
DROP FUNCTION reports_month_start(date, int);
DROP FUNCTION reports_day(timestamptz);
"""
TRIGGERS = """
CREATE TRIGGER tally_of_new AFTER INSERT OR DELETE ON reports_report
    FOR EACH ROW EXECUTE FUNCTION reports_note_report();
CREATE TRIGGER tally_of_changed AFTER UPDATE ON reports_report FOR EACH ROW
    WHEN ((OLD.unit_id, OLD.category_id, OLD.district_id, OLD.created_at, OLD.status, OLD.is_hidden,
            OLD.expected_by, OLD.asked_on)
        IS DISTINCT FROM (NEW.unit_id, NEW.category_id, NEW.district_id, NEW.created_at, NEW.status,
            NEW.is_hidden, NEW.expected_by, NEW.asked_on))
    EXECUTE FUNCTION reports_note_report();
CREATE TRIGGER tally_of_none AFTER TRUNCATE ON reports_report
    FOR EACH STATEMENT EXECUTE FUNCTION reports_forget_tallies();
CREATE TRIGGER tally_of_verdict AFTER INSERT OR UPDATE OR DELETE ON reports_verdict
    FOR EACH ROW EXECUTE FUNCTION reports_note_verdict();
-- The log is written and emptied all day; tallies are rewritten in place.
ALTER TABLE reports_tallychange SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
ALTER TABLE reports_tally SET (fillfactor = 80);
-- Where there is no report yet, nothing has to be counted.
INSERT INTO reports_tallystate (id, counted_at)
    SELECT 1, now() WHERE NOT EXISTS (SELECT FROM reports_report);
"""
NO_TRIGGERS = """
DROP TRIGGER tally_of_verdict ON reports_verdict;
DROP TRIGGER tally_of_none ON reports_report;
DROP TRIGGER tally_of_changed ON reports_report;
DROP TRIGGER tally_of_new ON reports_report;
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0023_indexes_of_the_work_list")]
    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "month",
                        "unit",
                        "category",
                        "district",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("month", models.DateField()),
                ("unit", models.IntegerField()),
                ("category", models.IntegerField()),
                ("district", models.IntegerField()),
                (
                    "marks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), size=None
                    ),
                ),
                (
                    "totals",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), size=None
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TallyChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField()),
                ("unit", models.IntegerField()),
                ("category", models.IntegerField()),
                ("district", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="TallyState",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False),
                ),
                ("counted_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="tallies_are_one")
                ],
            },
        ),
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
    ]
