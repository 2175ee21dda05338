"""A published version never changes and never goes: the database refuses it."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION regulations_version_is_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published version never changes; publish another one'
        USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER version_published BEFORE UPDATE OR DELETE ON regulations_version
    FOR EACH ROW WHEN (OLD.published_at IS NOT NULL)
    EXECUTE FUNCTION regulations_version_is_published();
"""
BACK = """
DROP TRIGGER version_published ON regulations_version;
DROP FUNCTION regulations_version_is_published();
"""


class Migration(migrations.Migration):
    dependencies = [("regulations", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
