"""What the database itself refuses about editions, and locating by their activations.

An approved edition and what belongs to it do not change; it may only be withdrawn before it was
ever in force. Who approves drew nothing of it. What has begun to be in force stays on record.
"""

from importlib import import_module

from django.db import migrations

IN_FORCE = """
CREATE FUNCTION districts_edition_in_force(
    layer varchar DEFAULT 'osiedla', moment timestamptz DEFAULT now()
) RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT edition_id FROM districts_activation
    WHERE layer_id = layer AND at <= moment ORDER BY at DESC LIMIT 1
$$;
"""
# An instant is compared with the clock and not with the transaction, which may have waited.
GUARDS = """
CREATE OR REPLACE FUNCTION districts_edition_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.approved_at IS NULL AND TG_OP = 'UPDATE' AND NEW.approved_by_id IS NOT NULL AND EXISTS (
        SELECT 1 FROM districts_draftchange c
        WHERE c.edition_id = OLD.id AND c.by_id = NEW.approved_by_id AND c.undone_at IS NULL)
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

CREATE OR REPLACE FUNCTION districts_belongings_are_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ids bigint[] := CASE TG_OP
        WHEN 'INSERT' THEN ARRAY[NEW.edition_id]
        WHEN 'DELETE' THEN ARRAY[OLD.edition_id]
        ELSE ARRAY[OLD.edition_id, NEW.edition_id] END;
    edition record;
BEGIN
    -- The lock makes approving wait for this transaction, and this one see what was approved.
    FOR edition IN
        SELECT code, approved_at FROM districts_edition
        WHERE id = ANY (ids) ORDER BY id FOR SHARE
    LOOP
        IF edition.approved_at IS NOT NULL THEN
            RAISE EXCEPTION 'edition % is approved and does not change', edition.code
                USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION districts_activation_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    edition record;
BEGIN
    IF TG_OP = 'DELETE' AND OLD.at > clock_timestamp() THEN
        RETURN OLD;
    ELSIF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'what was in force stays on record' USING ERRCODE = 'check_violation';
    END IF;
    SELECT e.code, e.layer_id, e.approved_at, e.withdrawn_at INTO edition
    FROM districts_edition e WHERE e.id = NEW.edition_id FOR SHARE;
    IF edition.approved_at IS NULL OR edition.withdrawn_at IS NOT NULL
        OR edition.layer_id <> NEW.layer_id
    THEN
        RAISE EXCEPTION 'edition % is not approved for this layer', edition.code
            USING ERRCODE = 'check_violation';
    END IF;
    -- The first edition of a layer also holds for the past.
    IF NEW.at < now() AND EXISTS (
        SELECT 1 FROM districts_activation a WHERE a.layer_id = NEW.layer_id)
    THEN
        RAISE EXCEPTION 'no edition comes into force in the past' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER activation_fixed BEFORE INSERT OR UPDATE OR DELETE ON districts_activation
    FOR EACH ROW EXECUTE FUNCTION districts_activation_is_fixed();

CREATE FUNCTION districts_trail_is_appended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the trail of an edition is only appended' USING ERRCODE = 'check_violation';
END $$;

CREATE TRIGGER editionstep_appended BEFORE UPDATE OR DELETE ON districts_editionstep
    FOR EACH ROW EXECUTE FUNCTION districts_trail_is_appended();
"""
NO_GUARDS = """
DROP TRIGGER editionstep_appended ON districts_editionstep;
DROP FUNCTION districts_trail_is_appended();
DROP TRIGGER activation_fixed ON districts_activation;
DROP FUNCTION districts_activation_is_fixed();
"""
FIX = import_module("districts.migrations.0014_layers_and_activations").FIX
FREE = import_module("districts.migrations.0014_layers_and_activations").FREE
_BEFORE = import_module("districts.migrations.0008_locate_orders_at_borders_only")
STARTED = """
    SELECT e.id, e.code
    FROM districts_activation a JOIN districts_edition e ON e.id = a.edition_id
    WHERE a.layer_id = 'osiedla' AND a.at <= now() ORDER BY a.at DESC LIMIT 1
"""


def guards_before() -> str:
    """The bodies as migrations 0003 and 0005 made them."""
    old = import_module("districts.migrations.0003_published_editions_do_not_change").FORWARD
    edition = old[: old.index("CREATE FUNCTION districts_belongings_are_fixed")]
    belongings = import_module("districts.migrations.0005_publishing_waits_for_writers").FORWARD
    return edition.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION") + belongings


class Migration(migrations.Migration):
    dependencies = [("districts", "0014_layers_and_activations")]

    operations = [
        migrations.RunSQL(
            IN_FORCE, "DROP FUNCTION districts_edition_in_force(varchar, timestamptz)"
        ),
        migrations.RunSQL(_BEFORE.FORWARD.replace(_BEFORE.IN_FORCE, STARTED), _BEFORE.FORWARD),
        migrations.RunSQL(GUARDS + FIX, FREE + NO_GUARDS + guards_before()),
    ]
