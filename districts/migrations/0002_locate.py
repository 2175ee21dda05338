"""SQL functions that answer where a point lies; their plans stay cached in each connection."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION districts_edition_in_force() RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT id FROM districts_edition
    WHERE published_at IS NOT NULL AND in_force_from <= now()
    ORDER BY in_force_from DESC LIMIT 1
$$;

CREATE FUNCTION districts_locate(lon float8, lat float8, asked bigint)
RETURNS TABLE (
    edition_id bigint, edition_code varchar,
    id bigint, code varchar, name varchar, borough varchar,
    neighbour_id bigint, neighbour_code varchar, neighbour_name varchar, neighbour_borough varchar,
    metres float8
) LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
    place geometry := ST_SetSRID(ST_MakePoint(lon, lat), 4326);
    flat geometry;
    other bigint;
BEGIN
    IF asked IS NULL THEN
        asked := districts_edition_in_force();
    END IF;
    SELECT d.id, d.code, d.name, d.borough INTO id, code, name, borough
    FROM districts_district d
    WHERE d.edition_id = asked AND ST_Covers(d.boundary, place)
    ORDER BY d.code LIMIT 1;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    flat := ST_Transform(place, 2180);
    SELECT CASE b.left_id WHEN districts_locate.id THEN b.right_id ELSE b.left_id END,
           ST_Distance(b.segment, flat)
    INTO other, metres
    FROM districts_border b WHERE b.edition_id = asked
    ORDER BY b.segment <-> flat, b.id LIMIT 1;
    SELECT n.id, n.code, n.name, n.borough
    INTO neighbour_id, neighbour_code, neighbour_name, neighbour_borough
    FROM districts_district n WHERE n.id = other;
    SELECT e.id, e.code INTO edition_id, edition_code FROM districts_edition e WHERE e.id = asked;
    RETURN NEXT;
END $$;

CREATE FUNCTION districts_locate_many(lons float8[], lats float8[], asked bigint)
RETURNS TABLE (place_number bigint, code varchar) LANGUAGE sql STABLE AS $$
    SELECT p.place_number, min(d.code)
    FROM unnest(lons, lats) WITH ORDINALITY AS p (lon, lat, place_number)
    LEFT JOIN districts_district d
        ON d.edition_id = COALESCE(asked, districts_edition_in_force())
        AND ST_Covers(d.boundary, ST_SetSRID(ST_MakePoint(p.lon, p.lat), 4326))
    GROUP BY p.place_number
$$;

CREATE FUNCTION districts_metres_to_city(lon float8, lat float8, asked bigint)
RETURNS float8 LANGUAGE sql STABLE AS $$
    SELECT min(ST_Distance(d.boundary::geography, ST_SetSRID(ST_MakePoint(lon, lat), 4326)::geography))
    FROM districts_district d
    WHERE d.edition_id = COALESCE(asked, districts_edition_in_force())
$$;
"""
BACK = """
DROP FUNCTION districts_metres_to_city(float8, float8, bigint);
DROP FUNCTION districts_locate_many(float8[], float8[], bigint);
DROP FUNCTION districts_locate(float8, float8, bigint);
DROP FUNCTION districts_edition_in_force();
"""


class Migration(migrations.Migration):
    dependencies = [("districts", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
