"""Streets as lines, their crossings, and places by name: tables for an import, and what finds them.

All tables are new and empty, so nothing waits for a lock.
"""

import django.contrib.gis.db.models.fields
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models

# ``asked``, ``met``: spellings of a key, the typed one first; ``met`` may be empty. Keys hold
# letters, digits and spaces only, so they need no escaping. Streets that are spelled so or begin so
# come first; only if there is none, those of similar spelling. Of the few that meet one street, more
# is forgiven.
CROSSINGS = """
CREATE FUNCTION districts_crossings_named(asked text[], met text[], most int)
RETURNS TABLE (street varchar, other_street varchar, street_key varchar, other_key varchar,
    lon float8, lat float8)
LANGUAGE plpgsql STABLE SET pg_trgm.word_similarity_threshold = 0.42 AS $$
DECLARE
    names text[];
BEGIN
    names := ARRAY(
        SELECT s.name FROM districts_streetline s
        JOIN unnest(asked) a ON ' ' || s.key LIKE '% ' || a || '%'
        GROUP BY s.name, s.key
        ORDER BY s.key <> ALL (asked), bool_and(' ' || s.key NOT LIKE '% ' || a),
            bool_and(s.key NOT LIKE a || '%'), length(s.key), s.key LIMIT 8
    );
    IF cardinality(names) = 0 AND length(asked[1]) >= 4 THEN
        names := ARRAY(
            SELECT s.name FROM districts_streetline s WHERE asked[1] <% s.key
            ORDER BY word_similarity(asked[1], s.key) DESC, length(s.key), s.key LIMIT 4
        );
    END IF;
    RETURN QUERY
    WITH sides AS MATERIALIZED (
        SELECT c.street, c.other, c.street_key, c.other_key, c.location
        FROM districts_crossing c WHERE c.street = ANY (names)
        UNION ALL
        SELECT c.other, c.street, c.other_key, c.street_key, c.location
        FROM districts_crossing c WHERE c.other = ANY (names)
    ), likened AS (
        SELECT s.*, CASE
            WHEN cardinality(met) = 0 OR s.other_key = ANY (met) THEN 0
            WHEN EXISTS (SELECT FROM unnest(met) m WHERE ' ' || s.other_key LIKE '% ' || m) THEN 1
            WHEN EXISTS (SELECT FROM unnest(met) m WHERE ' ' || s.other_key LIKE '% ' || m || '%')
                THEN 2
            WHEN length(met[1]) >= 4 AND word_similarity(met[1], s.other_key) >= 0.25 THEN 3
        END AS unlike
        FROM sides s
    )
    SELECT l.street, l.other, l.street_key, l.other_key, ST_X(l.location), ST_Y(l.location)
    FROM likened l
    WHERE l.unlike IS NOT NULL
    ORDER BY l.unlike, array_position(names, l.street::text),
        CASE WHEN l.unlike = 3 THEN -word_similarity(met[1], l.other_key) END,
        l.other, l.location LIMIT most;
END
$$
"""
NAMED = """
CREATE FUNCTION districts_places_named(asked text, hints text[], most int)
RETURNS TABLE (id bigint, name varchar, key varchar, kind varchar, location geometry, reach int)
LANGUAGE plpgsql STABLE SET pg_trgm.word_similarity_threshold = 0.42 AS $$
BEGIN
    RETURN QUERY
    SELECT f.id, f.name, f.key, f.kind, f.location, f.reach FROM (
        SELECT DISTINCT ON (p.name, p.location) p.* FROM districts_namedplace p
        WHERE p.key LIKE asked || '%' OR p.key LIKE '% ' || asked || '%'
        ORDER BY p.name, p.location, p.key <> asked, p.key || ' ' NOT LIKE asked || ' %',
            p.key NOT LIKE asked || '%', length(p.key)
    ) f
    ORDER BY f.kind <> ALL (hints), f.key <> asked, f.key || ' ' NOT LIKE asked || ' %',
        f.key NOT LIKE asked || '%', length(f.key), f.key, f.id LIMIT most;
    -- A slip in a number is another place.
    IF FOUND OR length(asked) < 4 OR asked ~ '[0-9]' THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT f.id, f.name, f.key, f.kind, f.location, f.reach FROM (
        SELECT DISTINCT ON (p.name, p.location) p.* FROM districts_namedplace p
        WHERE asked <% p.key
        ORDER BY p.name, p.location, word_similarity(asked, p.key) DESC
    ) f
    ORDER BY f.kind <> ALL (hints), word_similarity(asked, f.key) DESC, length(f.key), f.key, f.id
    LIMIT most;
END
$$
"""
# An address within 50 m says best where a place is. Elsewhere the nearest of all, but a large place
# says less than a point: up to 150 m are added to it.
NEAREST = """
CREATE FUNCTION districts_nearest_named(lon float8, lat float8, most_metres float8)
RETURNS TABLE (label text, metres float8, label_lon float8, label_lat float8)
LANGUAGE plpgsql STABLE AS $$
DECLARE
    place CONSTANT geometry := ST_SetSRID(ST_MakePoint(lon, lat), 4326);
    near record;
BEGIN
    SELECT * INTO near FROM districts_nearest_address(lon, lat, most_metres);
    IF near.metres <= 50 THEN
        RETURN QUERY SELECT near.label, near.metres, near.address_lon, near.address_lat;
        RETURN;
    END IF;
    RETURN QUERY
    SELECT found.name, found.away, ST_X(found.spot), ST_Y(found.spot) FROM (
        SELECT near.label AS name, near.metres AS away, 0 AS reach,
            ST_MakePoint(near.address_lon, near.address_lat) AS spot
        WHERE near.label IS NOT NULL
        UNION ALL
        (SELECT c.street || ' / ' || c.other, ST_Distance(c.location::geography, place::geography),
            0, c.location
        FROM districts_crossing c ORDER BY c.location <-> place LIMIT 5)
        UNION ALL
        (SELECT p.name, ST_Distance(p.shape::geography, place::geography), p.reach,
            ST_ClosestPoint(p.shape, place)
        FROM districts_namedplace p ORDER BY p.shape <-> place LIMIT 5)
    ) found
    WHERE found.away <= most_metres
    ORDER BY found.away + LEAST(found.reach / 4.0, 150), found.name LIMIT 1;
END
$$
"""


def key_index(model: str, name: str) -> migrations.AddIndex:
    return migrations.AddIndex(
        model, GinIndex(fields=["key"], opclasses=["gin_trgm_ops"], name=name)
    )


class Migration(migrations.Migration):
    dependencies = [("districts", "0012_nearest_address")]

    operations = [
        migrations.CreateModel(
            name="StreetLine",
            fields=[
                ("name", models.CharField(max_length=255, primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=255)),
                (
                    "line",
                    django.contrib.gis.db.models.fields.MultiLineStringField(srid=4326),
                ),
            ],
            options={"verbose_name": "przebieg ulicy", "verbose_name_plural": "przebiegi ulic"},
        ),
        migrations.CreateModel(
            name="Crossing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("street", models.CharField(max_length=255)),
                ("other", models.CharField(max_length=255)),
                ("street_key", models.CharField(max_length=255)),
                ("other_key", models.CharField(max_length=255)),
                ("location", django.contrib.gis.db.models.fields.PointField(srid=4326)),
            ],
            options={
                "verbose_name": "skrzyżowanie",
                "verbose_name_plural": "skrzyżowania",
                "indexes": [
                    models.Index(fields=["street"], name="crossing_street"),
                    models.Index(fields=["other"], name="crossing_other"),
                ],
            },
        ),
        migrations.CreateModel(
            name="NamedPlace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=255)),
                ("key", models.CharField(max_length=255)),
                (
                    "kind",
                    models.CharField(
                        max_length=20,
                        choices=[
                            ("square", "plac"),
                            ("roundabout", "rondo"),
                            ("green", "park albo las"),
                            ("water", "woda"),
                            ("stop", "przystanek"),
                            ("station", "stacja"),
                            ("school", "szkoła albo przedszkole"),
                            ("health", "szpital albo przychodnia"),
                            ("cemetery", "cmentarz"),
                            ("worship", "świątynia"),
                            ("culture", "kultura"),
                            ("sport", "sport i zabawa"),
                            ("trade", "handel"),
                            ("office", "urząd"),
                        ],
                    ),
                ),
                ("shape", django.contrib.gis.db.models.fields.GeometryField(srid=4326)),
                (
                    "location",
                    django.contrib.gis.db.models.fields.PointField(srid=4326, spatial_index=False),
                ),
                ("reach", models.PositiveIntegerField()),
            ],
            options={
                "verbose_name": "miejsce z nazwą",
                "verbose_name_plural": "miejsca z nazwą",
            },
        ),
        key_index("streetline", "street_line_alike"),
        key_index("namedplace", "named_place_alike"),
        migrations.RunSQL(
            CROSSINGS, "DROP FUNCTION districts_crossings_named(text[], text[], int)"
        ),
        migrations.RunSQL(NAMED, "DROP FUNCTION districts_places_named(text, text[], int)"),
        migrations.RunSQL(NEAREST, "DROP FUNCTION districts_nearest_named(float8, float8, float8)"),
    ]
