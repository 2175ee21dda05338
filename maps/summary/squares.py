"""Squares of the map: Web Mercator, numbered as tiles are (``x`` from the west, ``y`` from the
north); at ``level`` 0 the world is one square. Degrees are EPSG:4326.
"""

from math import asinh, atan, degrees, floor, pi, radians, sinh, tan

# The deepest level with sums: squares of 24 m in Łódź, those of the nearest zoom of a map.
DEEPEST = 20
# The level by whose squares (2 cm) places are noted.
FINEST = 30
# Beyond this latitude Web Mercator has no square.
_LAST_LATITUDE = 85.0511
Box = tuple[float, float, float, float]


def column_of(lon: float, level: int) -> int:
    """``x`` of the square in which the longitude lies."""
    return _within(floor((lon + 180) / 360 * 2**level), level)


def row_of(lat: float, level: int) -> int:
    """``y`` of the square in which the latitude lies."""
    lat = min(max(lat, -_LAST_LATITUDE), _LAST_LATITUDE)
    return _within(floor((1 - asinh(tan(radians(lat))) / pi) / 2 * 2**level), level)


def longitude_of(x: float, level: int) -> float:
    """Of the western edge of column ``x``."""
    return x / 2**level * 360 - 180


def latitude_of(y: float, level: int) -> float:
    """Of the northern edge of row ``y``."""
    return degrees(atan(sinh(pi * (1 - 2 * y / 2**level))))


def box_of(x: int, y: int, level: int) -> Box:
    """West, south, east, north of a square."""
    return (
        longitude_of(x, level),
        latitude_of(y + 1, level),
        longitude_of(x + 1, level),
        latitude_of(y, level),
    )


def squares_in(box: Box, level: int) -> tuple[int, int, int, int]:
    """First and last column, first and last row of the squares that ``box`` touches."""
    west, south, east, north = box
    return (
        column_of(west, level),
        column_of(east, level),
        row_of(north, level),
        row_of(south, level),
    )


def _within(number: int, level: int) -> int:
    return min(max(number, 0), 2**level - 1)
