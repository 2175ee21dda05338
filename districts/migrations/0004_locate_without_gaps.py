"""Locating answers in one row also outside the city and leaves no gap between districts.

A point is tried against whole polygons. Two polygons compute the side of a shared edge from
opposite ends, so a point within rounding of it may be covered by neither: it then belongs to a
district within 10⁻⁹ degrees (0.1 mm). Codes are compared byte by byte, whatever the server's locale.
"""

from importlib import import_module

from django.db import migrations

DROP_OLD = """
DROP FUNCTION districts_metres_to_city(float8, float8, bigint);
DROP FUNCTION districts_locate_many(float8[], float8[], bigint);
DROP FUNCTION districts_locate(float8, float8, bigint);
"""

FORWARD = """
CREATE FUNCTION districts_metres_to_city(lon float8, lat float8, asked bigint)
RETURNS float8 LANGUAGE plpgsql STABLE AS $$
DECLARE
    place geometry := ST_SetSRID(ST_MakePoint(lon, lat), 4326);
    flat geometry;
BEGIN
    IF lon NOT BETWEEN 14 AND 25 OR lat NOT BETWEEN 48 AND 56 THEN
        -- Far away the plane of EPSG:2180 ends; a few metres do not matter there.
        RETURN (SELECT min(ST_Distance(d.outline::geography, place::geography))
                FROM districts_district d WHERE d.edition_id = asked);
    END IF;
    flat := ST_Transform(place, 2180);
    RETURN (
        SELECT ST_Distance(ST_Transform(ST_ClosestPoint(limits.segment, flat), 4326)::geography,
                           place::geography)
        FROM (SELECT b.segment FROM districts_border b
              WHERE b.edition_id = asked AND b.right_id IS NULL
              ORDER BY b.segment <-> flat LIMIT 1) limits
    );
END $$;

CREATE FUNCTION districts_locate(
    lon float8, lat float8, asked bigint,
    OUT edition_id bigint, OUT edition_code varchar,
    OUT id bigint, OUT code varchar, OUT name varchar, OUT borough varchar,
    OUT neighbour_id bigint, OUT neighbour_code varchar, OUT neighbour_name varchar,
    OUT neighbour_borough varchar, OUT metres float8
) LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
    place geometry := ST_SetSRID(ST_MakePoint(lon, lat), 4326);
    flat geometry;
    mine bigint;
BEGIN
    SELECT e.id, e.code, d.id, d.code, d.name, d.borough
    INTO edition_id, edition_code, id, code, name, borough
    FROM (
        SELECT id, code FROM districts_edition
        WHERE CASE WHEN asked IS NULL
            THEN published_at IS NOT NULL AND in_force_from <= now() ELSE id = asked END
        ORDER BY in_force_from DESC LIMIT 1
    ) e
    LEFT JOIN districts_district d ON d.edition_id = e.id AND ST_Covers(d.boundary, place)
    ORDER BY d.code COLLATE "C" LIMIT 1;
    asked := edition_id;
    IF code IS NULL THEN
        SELECT d.id, d.code, d.name, d.borough INTO id, code, name, borough
        FROM districts_district d
        WHERE d.edition_id = asked AND ST_DWithin(d.boundary, place, 1e-9)
        ORDER BY d.code COLLATE "C" LIMIT 1;
    END IF;
    IF code IS NULL THEN
        metres := districts_metres_to_city(lon, lat, asked);
        RETURN;
    END IF;
    mine := id;
    flat := ST_Transform(place, 2180);
    -- At a corner two segments of the district's own border are equally near: the order decides.
    SELECT n.id, n.code, n.name, n.borough,
           -- EPSG:2180 is a transverse Mercator: metres on the plane over its scale at the place.
           near.flat_metres / (0.9993 * (1 + power(radians(lon - 19) * cos(radians(lat)), 2) / 2))
    INTO neighbour_id, neighbour_code, neighbour_name, neighbour_borough, metres
    FROM (
        SELECT CASE b.left_id WHEN mine THEN b.right_id ELSE b.left_id END AS other,
               ST_Distance(b.segment, flat) AS flat_metres
        FROM districts_border b WHERE b.left_id = mine OR b.right_id = mine
        ORDER BY b.segment <-> flat LIMIT 2
    ) near
    LEFT JOIN districts_district n ON n.id = near.other
    ORDER BY near.flat_metres, n.code COLLATE "C" LIMIT 1;
END $$;

-- So that bulk work that asks for it may run in parallel.
ALTER FUNCTION districts_edition_in_force() PARALLEL SAFE;
"""
DROP_NEW = """
DROP FUNCTION districts_metres_to_city(float8, float8, bigint);
DROP FUNCTION districts_locate(float8, float8, bigint);
ALTER FUNCTION districts_edition_in_force() PARALLEL UNSAFE;
"""


def old_functions() -> str:
    whole = import_module("districts.migrations.0002_locate").FORWARD
    return whole[whole.index("CREATE FUNCTION districts_locate(") :]


class Migration(migrations.Migration):
    dependencies = [("districts", "0003_published_editions_do_not_change")]

    operations = [migrations.RunSQL(DROP_OLD + FORWARD, DROP_NEW + old_functions())]
