"""The border beside a place in words: the street that it follows, and what lies on which side."""

from dataclasses import dataclass
from math import pi

from django.contrib.gis.geos import Point
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .gazetteer import names_its_kind
from .locating import Placement
from .models import District

# What lies within so many metres says which way the border runs, and along what.
_AROUND_METRES = 80
# Clockwise from north, an eighth of a turn each.
_SIDES = (
    gettext_lazy("strona północna"),
    gettext_lazy("strona północno-wschodnia"),
    gettext_lazy("strona wschodnia"),
    gettext_lazy("strona południowo-wschodnia"),
    gettext_lazy("strona południowa"),
    gettext_lazy("strona południowo-zachodnia"),
    gettext_lazy("strona zachodnia"),
    gettext_lazy("strona północno-zachodnia"),
)
# A street follows the border if it lies beside at least half of the piece that is near; without a
# line of one, it is the street that has addresses on both sides. ``bearing``: from the neighbour to
# the district, by the middles of what lies near of each, because the border itself may zigzag.
_DESCRIBE = """
WITH spot AS (
    SELECT ST_ClosestPoint(b.segment, p.flat) AS flat
    FROM districts_border b,
        (SELECT ST_Transform(ST_SetSRID(ST_MakePoint(%(lon)s, %(lat)s), 4326), 2180) AS flat) p
    WHERE (b.left_id, b.right_id) IN ((%(own)s, %(other)s), (%(other)s, %(own)s))
    ORDER BY ST_Distance(b.segment, p.flat) LIMIT 1
), around AS (
    SELECT flat, ST_Buffer(flat, %(metres)s) AS flat_circle,
        ST_Transform(ST_Buffer(flat, %(metres)s), 4326) AS circle FROM spot
), own AS (
    SELECT d.boundary,
        ST_Transform(ST_Centroid(ST_Intersection(d.boundary, circle)), 2180) AS middle
    FROM districts_district d, around WHERE d.id = %(own)s
), other AS (
    SELECT d.boundary,
        ST_Transform(ST_Centroid(ST_Intersection(d.boundary, circle)), 2180) AS middle
    FROM districts_district d, around WHERE d.id = %(other)s
), piece AS (
    SELECT ST_Union(ST_Intersection(b.segment, flat_circle)) AS line
    FROM districts_border b, around
    WHERE (b.left_id, b.right_id) IN ((%(own)s, %(other)s), (%(other)s, %(own)s))
    AND ST_DWithin(b.segment, flat, %(metres)s)
), along AS (
    SELECT l.name, ST_Length(ST_Intersection(
        piece.line, ST_Buffer(ST_Transform(ST_Intersection(l.line, circle), 2180), 15)
    )) AS metres, ST_Length(piece.line) AS whole
    FROM districts_streetline l, around, piece WHERE ST_Intersects(l.line, circle)
), flanking AS (
    SELECT a.street AS name, count(*) AS number
    FROM districts_address a, around, own, other
    WHERE a.location IS NOT NULL AND ST_Covers(around.circle, a.location)
    GROUP BY a.street
    HAVING bool_or(ST_Covers(own.boundary, a.location))
    AND bool_or(ST_Covers(other.boundary, a.location))
)
SELECT ST_X(ST_Transform(flat, 4326)), ST_Y(ST_Transform(flat, 4326)),
    ST_Azimuth(other.middle, own.middle),
    COALESCE(
        (SELECT name FROM along WHERE metres >= whole / 2 ORDER BY metres DESC, name LIMIT 1),
        (SELECT name FROM flanking ORDER BY number DESC, name LIMIT 1),
        ''
    )
FROM spot, own, other
"""


@dataclass(frozen=True, slots=True)
class BorderSide:
    """``bearing``: where the district lies from the border, degrees clockwise from north."""

    district: District
    bearing: float

    @property
    def words(self) -> str:
        """``strona zachodnia – Katedralna``"""
        side = _SIDES[round(self.bearing / 45) % 8]
        return _("%(side)s – %(district)s") % {"side": side, "district": self.district.name}


@dataclass(frozen=True, slots=True)
class NearBorder:
    """``location``: the nearest point of the border (EPSG:4326). ``street``: the one that the
    border follows there, "" if none is known. ``sides``: the district of the place first.
    """

    location: Point
    street: str
    sides: tuple[BorderSide, BorderSide]

    @property
    def question(self) -> str:
        if not self.street:
            return _("Granica osiedli biegnie tędy. Po której stronie jest sprawa?")
        street = self.street if names_its_kind(self.street) else f"ul. {self.street}"
        question = _("Granica osiedli biegnie tędy (%(street)s). Po której stronie jest sprawa?")
        return question % {"street": street}


def describe_border(point: Point, placement: Placement) -> NearBorder:
    """The border between the district of ``point`` (EPSG:4326) and the neighbour that ``placement``
    names. One query. ``ValueError`` if there is no neighbour.
    """
    if placement.neighbour is None:
        raise ValueError("beyond the border is no district")
    values: dict[str, float] = {
        "lon": point.x,
        "lat": point.y,
        "own": placement.district.pk,
        "other": placement.neighbour.pk,
        "metres": _AROUND_METRES,
    }
    with connection.cursor() as cursor:
        cursor.execute(_DESCRIBE, values)
        lon, lat, azimuth, street = cursor.fetchone()
    bearing = (azimuth or 0) * 180 / pi
    return NearBorder(
        location=Point(lon, lat, srid=4326),
        street=street,
        sides=(
            BorderSide(placement.district, bearing),
            BorderSide(placement.neighbour, (bearing + 180) % 360),
        ),
    )
