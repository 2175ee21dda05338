"""In which order to go to many places. Along straight lines: the portal has no graph of streets."""

from collections.abc import Sequence
from math import cos, hypot, radians

from django.contrib.gis.geos import Point

_METRES_OF_DEGREE = 111_195.0


def metres_between(one: Point, other: Point) -> float:
    """Along a straight line between two places of the city (EPSG:4326); within 0.1 %."""
    east = (other.x - one.x) * cos(radians((one.y + other.y) / 2))
    return hypot(east, other.y - one.y) * _METRES_OF_DEGREE


def short_way(places: Sequence[Point]) -> list[int]:
    """The numbers of ``places`` (EPSG:4326) in an order that makes the way from the first one to
    all others short: always on to the nearest, then every stretch turned round whose turning makes
    the way shorter (2-opt). Quadratic; for a day's few dozen places.
    """
    if not places:
        return []
    left, way = set(range(1, len(places))), [0]
    while left:
        here = places[way[-1]]
        nearest = min(left, key=lambda number: (metres_between(here, places[number]), number))
        left.remove(nearest)
        way.append(nearest)
    while _turn_one(places, way):
        pass
    return way


def _turn_one(places: Sequence[Point], way: list[int]) -> bool:
    """Turn the first stretch round that makes the way shorter; whether there was one."""

    def long(one: int, other: int) -> float:
        return metres_between(places[way[one]], places[way[other]])

    last = len(way) - 1
    for begin in range(1, last):
        for end in range(begin + 1, last + 1):
            before = long(begin - 1, begin) + (long(end, end + 1) if end < last else 0)
            after = long(begin - 1, end) + (long(begin, end + 1) if end < last else 0)
            # A tenth of a metre, or rounding would turn the same stretch to and fro.
            if after < before - 0.1:
                way[begin : end + 1] = way[begin : end + 1][::-1]
                return True
    return False
