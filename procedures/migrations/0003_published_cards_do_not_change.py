"""A version that is published, or has its instant, stays as it is, with its parts."""

from django.db import migrations

_PARTS = ("step", "fee", "document", "legalbasis")

_GUARDS = """
-- What the version says and when it begins. Only these may change afterwards: an instant that lies
-- ahead may be taken back or moved, and an account that is closed leaves no author.
CREATE FUNCTION procedures_version_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kept jsonb;
BEGIN
    IF OLD.published_at IS NULL THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'version % of a card is published', OLD.id
            USING ERRCODE = 'check_violation';
    END IF;
    kept := to_jsonb(OLD);
    IF OLD.published_at > clock_timestamp() THEN
        kept := kept || jsonb_build_object('published_at', to_jsonb(NEW.published_at));
    END IF;
    IF NEW.author_id IS NULL THEN
        kept := kept || '{"author_id": null}';
    END IF;
    IF kept IS DISTINCT FROM to_jsonb(NEW) THEN
        RAISE EXCEPTION 'version % of a card is published', OLD.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER version_fixed BEFORE UPDATE OR DELETE ON procedures_procedureversion
    FOR EACH ROW EXECUTE FUNCTION procedures_version_is_fixed();

CREATE FUNCTION procedures_part_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM procedures_procedureversion
        WHERE published_at IS NOT NULL
        AND id IN (
            CASE WHEN TG_OP <> 'INSERT' THEN OLD.version_id END,
            CASE WHEN TG_OP <> 'DELETE' THEN NEW.version_id END
        )
        FOR SHARE
    ) THEN
        RAISE EXCEPTION 'a part belongs to a published version of a card'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""
FIX = _GUARDS + "".join(
    f"""
CREATE TRIGGER {part}_fixed BEFORE INSERT OR UPDATE OR DELETE ON procedures_{part}
    FOR EACH ROW EXECUTE FUNCTION procedures_part_is_fixed();
"""
    for part in _PARTS
)

FREE = (
    "".join(f"DROP TRIGGER {part}_fixed ON procedures_{part};\n" for part in _PARTS)
    + """
DROP FUNCTION procedures_part_is_fixed();
DROP TRIGGER version_fixed ON procedures_procedureversion;
DROP FUNCTION procedures_version_is_fixed();
"""
)


class Migration(migrations.Migration):
    dependencies = [("procedures", "0002_editors_room")]

    operations = [migrations.RunSQL(FIX, FREE)]
