"""The nearest address as a function: PostgreSQL keeps its plan, which costs more than the search."""

from django.db import migrations

# The index orders by degrees, and a metre eastwards is more degrees than one northwards. So the
# first in that order may not be the nearest in metres, but the nearest is among the first few.
NEAREST = """
CREATE FUNCTION districts_nearest_address(lon float8, lat float8, most_metres float8)
RETURNS TABLE (label text, metres float8, address_lon float8, address_lat float8)
LANGUAGE plpgsql STABLE AS $$
DECLARE
    place CONSTANT geometry := ST_SetSRID(ST_MakePoint(lon, lat), 4326);
BEGIN
    RETURN QUERY SELECT near.name, near.away, near.x, near.y FROM (
        SELECT a.street || ' ' || a.number AS name, ST_X(a.location) AS x, ST_Y(a.location) AS y,
            ST_Distance(a.location::geography, place::geography) AS away
        FROM districts_address a WHERE a.location IS NOT NULL ORDER BY a.location <-> place LIMIT 5
    ) near WHERE near.away <= most_metres ORDER BY near.away LIMIT 1;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [("districts", "0011_addresses_as_listed")]

    operations = [
        migrations.RunSQL(
            NEAREST, "DROP FUNCTION districts_nearest_address(float8, float8, float8)"
        ),
    ]
