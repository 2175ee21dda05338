"""Who changed a draft last, be it by taking back what another drew, does not approve it."""

from django.db import migrations

_FUNCTION = """
CREATE OR REPLACE FUNCTION districts_edition_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.approved_at IS NULL AND TG_OP = 'UPDATE' AND NEW.approved_by_id IS NOT NULL AND ({last}
        EXISTS (
        SELECT 1 FROM districts_draftchange c
        WHERE c.edition_id = OLD.id AND c.by_id = NEW.approved_by_id AND c.undone_at IS NULL))
    THEN
        RAISE EXCEPTION 'edition % is approved by somebody who drew it', OLD.code
            USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.approved_at IS NULL THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.withdrawn_at IS NULL
        AND to_jsonb(OLD) - 'withdrawn_at' = to_jsonb(NEW) - 'withdrawn_at'
        AND NOT EXISTS (SELECT 1 FROM districts_activation a WHERE a.edition_id = OLD.id)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'edition % is approved and does not change', OLD.code
        USING ERRCODE = 'check_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("districts", "0022_steps_about_a_smaller_city")]
    operations = [
        migrations.RunSQL(
            _FUNCTION.format(last="\n        NEW.changed_by_id = NEW.approved_by_id OR"),
            _FUNCTION.format(last=""),
        ),
    ]
