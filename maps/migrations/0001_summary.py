"""The summary of reports that may be shown: the log, the cells, and the trigger that feeds them.

The triggers wait for a moment in which nobody writes to the table of reports. Nothing is counted
here: ``manage.py check_map --repair`` fills the summary, while reports come in as always.
"""

from django.db import migrations, models

FUNCTIONS = """
CREATE FUNCTION maps_column(lon float8) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT greatest(0, least(1073741823, floor((lon + 180) / 360 * 1073741824)))::int
$$;
CREATE FUNCTION maps_row(lat float8) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT greatest(0, least(1073741823, floor(
        (1 - asinh(tand(greatest(-85.0511, least(85.0511, lat)))) / pi()) / 2 * 1073741824)))::int
$$;
CREATE FUNCTION maps_status(status text) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (CASE WHEN status IN ('received', 'with_operator', 'forwarded') THEN 0
        WHEN status = 'in_progress' THEN 1 WHEN status = 'resolved' THEN 2 ELSE 3 END)::smallint
$$;
CREATE FUNCTION maps_day(moment timestamptz) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (moment AT TIME ZONE 'Europe/Warsaw')::date
$$;
CREATE FUNCTION maps_start(day date) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT day::timestamp AT TIME ZONE 'Europe/Warsaw'
$$;
-- The first day of a period that ends on the day.
CREATE FUNCTION maps_since(day date, period text) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE period WHEN 'month' THEN day - 29
        WHEN 'year' THEN (day - interval '12 months')::date + 1 ELSE '-infinity'::date END
$$;
CREATE FUNCTION maps_append(sign int, r reports_report) RETURNS void LANGUAGE sql AS $$
    INSERT INTO maps_summarychange (sign, x, y, category, status, day, district, resolved_on)
    SELECT sign, maps_column(ST_X(place)), maps_row(ST_Y(place)), r.category_id,
        maps_status(r.status), maps_day(r.created_at), r.district_id,
        CASE WHEN r.status = 'resolved' THEN maps_day(r.updated_at) END
    FROM (SELECT coalesce(r.rounded_location, r.location) AS place) p
$$;
CREATE FUNCTION maps_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND NOT OLD.is_hidden THEN
        PERFORM maps_append(-1, OLD);
    END IF;
    IF TG_OP <> 'DELETE' AND NOT NEW.is_hidden THEN
        PERFORM maps_append(1, NEW);
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION maps_forget_all() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM maps_summarychange;
    DELETE FROM maps_summarycell;
    RETURN NULL;
END $$;
"""
NO_FUNCTIONS = """
DROP FUNCTION maps_forget_all();
DROP FUNCTION maps_note_change();
DROP FUNCTION maps_append(int, reports_report);
DROP FUNCTION maps_since(date, text);
DROP FUNCTION maps_start(date);
DROP FUNCTION maps_day(timestamptz);
DROP FUNCTION maps_status(text);
DROP FUNCTION maps_row(float8);
DROP FUNCTION maps_column(float8);
"""
TRIGGERS = """
CREATE TRIGGER summary_of_new AFTER INSERT OR DELETE ON reports_report
    FOR EACH ROW EXECUTE FUNCTION maps_note_change();
CREATE TRIGGER summary_of_changed AFTER UPDATE ON reports_report FOR EACH ROW
    WHEN (OLD.is_hidden <> NEW.is_hidden OR OLD.category_id <> NEW.category_id
        OR maps_status(OLD.status) <> maps_status(NEW.status)
        OR OLD.district_id <> NEW.district_id OR OLD.created_at <> NEW.created_at
        OR coalesce(OLD.rounded_location, OLD.location)
            IS DISTINCT FROM coalesce(NEW.rounded_location, NEW.location)
        OR NEW.status = 'resolved' AND maps_day(OLD.updated_at) <> maps_day(NEW.updated_at))
    EXECUTE FUNCTION maps_note_change();
CREATE TRIGGER summary_of_none AFTER TRUNCATE ON reports_report
    FOR EACH STATEMENT EXECUTE FUNCTION maps_forget_all();
-- The log is written and emptied all day; cells are rewritten in place.
ALTER TABLE maps_summarychange SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
ALTER TABLE maps_summarycell SET (fillfactor = 80);
-- Where there is no report yet, nothing has to be counted.
INSERT INTO maps_summarystate (id, day)
    SELECT 1, maps_day(now()) WHERE NOT EXISTS (SELECT FROM reports_report);
"""
NO_TRIGGERS = """
DROP TRIGGER summary_of_none ON reports_report;
DROP TRIGGER summary_of_changed ON reports_report;
DROP TRIGGER summary_of_new ON reports_report;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("reports", "0015_rounded_places")]
    operations = [
        migrations.CreateModel(
            name="SummaryCell",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "level",
                        "category",
                        "x",
                        "y",
                        "status",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("level", models.SmallIntegerField()),
                ("category", models.IntegerField()),
                ("x", models.IntegerField()),
                ("y", models.IntegerField()),
                ("status", models.SmallIntegerField()),
                ("total", models.IntegerField()),
                ("year", models.IntegerField()),
                ("month", models.IntegerField()),
                ("sum_x", models.BigIntegerField()),
                ("sum_y", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="SummaryChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sign", models.SmallIntegerField()),
                ("x", models.IntegerField()),
                ("y", models.IntegerField()),
                ("category", models.IntegerField()),
                ("status", models.SmallIntegerField()),
                ("day", models.DateField()),
                ("district", models.IntegerField()),
                ("resolved_on", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="SummaryState",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False),
                ),
                ("day", models.DateField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="summary_is_one_row")
                ],
            },
        ),
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
    ]
