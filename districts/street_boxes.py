"""Where to look for an address of which only the street and the district are known."""

from collections.abc import Sequence

from django.db import connection

from .gazetteer import FoundPlace, street_key

Box = tuple[float, float, float, float]
# The city's list has "Maczka" where signs have "Generała Maczka". Keys hold letters, digits and
# spaces only, so they need no escaping.
_BOXES = """
SELECT asked.place, ST_XMin(b.box), ST_YMin(b.box), ST_XMax(b.box), ST_YMax(b.box)
FROM unnest(%s::int[], %s::text[], %s::text[], %s::bigint[]) AS asked (place, name, key, district)
JOIN districts_district d ON d.id = asked.district
CROSS JOIN LATERAL (
    SELECT Box2D(ST_Intersection(s.line, d.boundary)) AS box
    FROM districts_streetline s
    WHERE (s.key = asked.key OR s.key LIKE '%% ' || asked.key)
        AND ST_Intersects(s.line, d.boundary)
    ORDER BY s.name <> asked.name, s.key <> asked.key, length(s.key), s.name LIMIT 1
) b WHERE b.box IS NOT NULL
"""


def find_street_boxes(places: Sequence[FoundPlace]) -> list[Box | None]:
    """For each of ``places`` west, south, east, north (EPSG:4326) of that part of its street which
    lies in its district; None where the place is known, or the street is not. One query at most.
    """
    asked = [
        (at, place.street, street_key(place.street), place.district.pk)
        for at, place in enumerate(places)
        if place.street and place.location is None and place.district
    ]
    found: list[Box | None] = [None] * len(places)
    if asked:
        with connection.cursor() as cursor:
            cursor.execute(_BOXES, list(map(list, zip(*asked, strict=True))))
            for at, *box in cursor.fetchall():
                found[at] = tuple(round(degrees, 6) for degrees in box)
    return found
