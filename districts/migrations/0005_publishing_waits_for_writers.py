"""A district written while its edition is being published is refused or awaited, never slipped in."""

from importlib import import_module

from django.db import migrations

FORWARD = """
CREATE OR REPLACE FUNCTION districts_belongings_are_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ids bigint[] := CASE TG_OP
        WHEN 'INSERT' THEN ARRAY[NEW.edition_id]
        WHEN 'DELETE' THEN ARRAY[OLD.edition_id]
        ELSE ARRAY[OLD.edition_id, NEW.edition_id] END;
    edition record;
BEGIN
    -- The lock makes publishing wait for this transaction, and this one see what was published.
    FOR edition IN
        SELECT code, published_at FROM districts_edition
        WHERE id = ANY (ids) ORDER BY id FOR SHARE
    LOOP
        IF edition.published_at IS NOT NULL THEN
            RAISE EXCEPTION 'edition % is published and does not change', edition.code
                USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""


def old_function() -> str:
    whole = import_module("districts.migrations.0003_published_editions_do_not_change").FORWARD
    start = whole.index("CREATE FUNCTION districts_belongings_are_fixed")
    old = whole[start : whole.index("CREATE TRIGGER")]
    return old.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    dependencies = [("districts", "0004_locate_without_gaps")]

    operations = [migrations.RunSQL(FORWARD, old_function())]
