"""The neighbourhood of the city. What lies beyond it never reaches a geometry library: projections
have a world of their own, and fail outside it.
"""

from math import asin, cos, radians, sin, sqrt

from django.conf import settings

# Degrees around the map of the city. Whoever misses the city by a slip lies within, and is told the
# exact distance.
_MARGIN = 3
_EARTH = 6_371_000  # metres
Box = tuple[float, float, float, float]


def is_near_city(lon: float, lat: float) -> bool:
    """Whether a position (degrees, EPSG:4326) lies in the neighbourhood; not so for NaN."""
    west, south, east, north = _neighbourhood()
    return west <= lon <= east and south <= lat <= north


def clip_to_neighbourhood(box: Box) -> Box | None:
    """The part of ``box`` (west, south, east, north) that lies in the neighbourhood, or None."""
    west, south, east, north = _neighbourhood()
    clipped = max(west, box[0]), max(south, box[1]), min(east, box[2]), min(north, box[3])
    return clipped if clipped[0] <= clipped[2] and clipped[1] <= clipped[3] else None


def roughly_metres_to_city(lon: float, lat: float) -> float:
    """Metres from a far position (degrees) to the map of the city, on a sphere."""
    west, south, east, north = settings.MAP_BOUNDS
    nearest = min(max(west, lon), east), min(max(south, lat), north)
    from_lat, to_lat = radians(lat), radians(nearest[1])
    half_lat, half_lon = (to_lat - from_lat) / 2, radians(nearest[0] - lon) / 2
    chord = sin(half_lat) ** 2 + cos(from_lat) * cos(to_lat) * sin(half_lon) ** 2
    return 2 * _EARTH * asin(sqrt(min(1.0, chord)))


def _neighbourhood() -> Box:
    west, south, east, north = settings.MAP_BOUNDS
    return west - _MARGIN, south - _MARGIN, east + _MARGIN, north + _MARGIN
