"""The history of a report can only be appended to: the database refuses anything else."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION reports_history_is_appended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a status change is appended, never edited' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER statuschange_appended BEFORE UPDATE ON reports_statuschange
    FOR EACH ROW EXECUTE FUNCTION reports_history_is_appended();
"""
BACK = """
DROP TRIGGER statuschange_appended ON reports_statuschange;
DROP FUNCTION reports_history_is_appended();
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
