"""Which reports lie within some metres of a point, asked so that the index answers."""

from django.contrib.gis.geos import Point
from django.contrib.gis.measure import D
from django.db.models import Q

# Degrees in a metre. A degree of longitude is shorter than one of latitude, by the factor 0.6 at
# 51.8°; the index looks into a box that is wide enough for it.
_DEGREES_A_METRE = 1 / 111_320 / 0.6


def within(point: Point, metres: float) -> Q:
    """Reports within ``metres`` of ``point`` (EPSG:4326, near the city)."""
    return Q(
        location__dwithin=(point, metres * _DEGREES_A_METRE),
        location__distance_lte=(point, D(m=metres)),
    )
