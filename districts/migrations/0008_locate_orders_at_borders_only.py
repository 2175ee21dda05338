"""Locating sorts the covering districts only where there can be two: at a border.

Sorting one row and looking for the edition by an expression took a fifth of a locate. The answer is
the same.
"""

from importlib import import_module

from django.db import migrations

IN_FORCE = """
    SELECT id, code FROM districts_edition
    WHERE published_at IS NOT NULL AND in_force_from <= now() ORDER BY in_force_from DESC LIMIT 1
"""
ASKED = "SELECT id, code FROM districts_edition WHERE id = asked"
COVERING = """
    SELECT e.id, e.code, d.id, d.code, d.name, d.borough
    INTO edition_id, edition_code, id, code, name, borough
    FROM ({edition}) e
    LEFT JOIN districts_district d ON d.edition_id = e.id AND ST_Covers(d.boundary, place)
    LIMIT 1;
"""
# At a corner two segments of the district's own border are equally near: the order decides.
# EPSG:2180 is a transverse Mercator: metres on the plane over its scale at the place.
NEAREST = """
    SELECT n.id, n.code, n.name, n.borough,
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
"""
FORWARD = f"""
CREATE OR REPLACE FUNCTION districts_locate(
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
    IF asked IS NULL THEN
        {COVERING.format(edition=IN_FORCE)}
    ELSE
        {COVERING.format(edition=ASKED)}
    END IF;
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
    {NEAREST}
    IF metres > 0.001 THEN
        RETURN;
    END IF;
    SELECT d.id, d.code, d.name, d.borough INTO id, code, name, borough
    FROM districts_district d
    WHERE d.edition_id = asked AND (ST_Covers(d.boundary, place) OR d.id = mine)
    ORDER BY ST_Covers(d.boundary, place) DESC, d.code COLLATE "C" LIMIT 1;
    IF id <> mine THEN
        mine := id;
        {NEAREST}
    END IF;
END $$;
"""  # noqa: S608 (constants only)


def before() -> str:
    whole = import_module("districts.migrations.0004_locate_without_gaps").FORWARD
    begin = whole.index("CREATE FUNCTION districts_locate(")
    function = whole[begin : whole.index("END $$;", begin) + len("END $$;")]
    return function.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    dependencies = [("districts", "0007_address_prefix_index")]

    operations = [migrations.RunSQL(FORWARD, before())]
