"""The database refuses to change an edition once it is published, and anything that belongs to it."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION districts_edition_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.published_at IS NOT NULL THEN
        RAISE EXCEPTION 'edition % is published and does not change', OLD.code
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION districts_belongings_are_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    mine bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.edition_id ELSE NEW.edition_id END;
BEGIN
    IF EXISTS (SELECT 1 FROM districts_edition WHERE id = mine AND published_at IS NOT NULL)
       OR (TG_OP = 'UPDATE' AND EXISTS (
            SELECT 1 FROM districts_edition WHERE id = OLD.edition_id AND published_at IS NOT NULL))
    THEN
        RAISE EXCEPTION 'edition % is published and does not change', mine
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER edition_fixed BEFORE UPDATE OR DELETE ON districts_edition
    FOR EACH ROW EXECUTE FUNCTION districts_edition_is_fixed();
CREATE TRIGGER district_fixed BEFORE INSERT OR UPDATE OR DELETE ON districts_district
    FOR EACH ROW EXECUTE FUNCTION districts_belongings_are_fixed();
CREATE TRIGGER border_fixed BEFORE INSERT OR UPDATE OR DELETE ON districts_border
    FOR EACH ROW EXECUTE FUNCTION districts_belongings_are_fixed();
"""
BACK = """
DROP TRIGGER border_fixed ON districts_border;
DROP TRIGGER district_fixed ON districts_district;
DROP TRIGGER edition_fixed ON districts_edition;
DROP FUNCTION districts_belongings_are_fixed();
DROP FUNCTION districts_edition_is_fixed();
"""


class Migration(migrations.Migration):
    dependencies = [("districts", "0002_locate")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
