"""A point in words: how far and which way from the nearest known address, and in which district."""

from math import atan2, cos, pi, radians
from typing import cast

from django.contrib.gis.db.models.functions import Distance, GeometryDistance
from django.contrib.gis.geos import Point
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import Address, District

# Farther than this an address tells nobody where a place is.
_FARTHEST_METRES = 500
# Nearer than this one says "by".
_BY_METRES = 10
# The index compares degrees, in which an eastward metre is longer: the nearest is among the first.
_CANDIDATES = 5
# From north, clockwise, an eighth of a turn each.
_WAYS = (
    gettext_lazy("na północ"),
    gettext_lazy("na północny wschód"),
    gettext_lazy("na wschód"),
    gettext_lazy("na południowy wschód"),
    gettext_lazy("na południe"),
    gettext_lazy("na południowy zachód"),
    gettext_lazy("na zachód"),
    gettext_lazy("na północny zachód"),
)


def describe_place(point: Point, district: District) -> str:
    """``około 40 m na wschód od: Piotrkowska 104, osiedle Katedralna`` for a point (EPSG:4326).

    Only the district where no address with a known place is within 500 m. One query.
    """
    where = _("osiedle %(district)s") % {"district": district.name}
    found = _nearest_address(point)
    return f"{_from_address(*found, point)}, {where}" if found else where


def _nearest_address(point: Point) -> tuple[Address, float] | None:
    """The nearest address within ``_FARTHEST_METRES`` that has a place, and how far it is."""
    rows = Address.objects.filter(location__isnull=False)
    near = rows.annotate(away=Distance("location", point))
    candidates = near.order_by(GeometryDistance("location", point))[:_CANDIDATES]
    pairs = [(row, row.away.m) for row in candidates if row.away.m <= _FARTHEST_METRES]
    return min(pairs, key=lambda pair: pair[1], default=None)


def _from_address(address: Address, metres: float, point: Point) -> str:
    start = cast("Point", address.location)
    label = f"{address.street} {address.number}"
    if metres < _BY_METRES:
        return _("przy: %(address)s") % {"address": label}
    values = {"metres": _rounded(metres), "way": _way(start, point), "address": label}
    return _("około %(metres)s m %(way)s od: %(address)s") % values


def _rounded(metres: float) -> int:
    """To what a person would say: 5 m below 50, 10 m below 200, 50 m beyond."""
    step = 5 if metres < 50 else 10 if metres < 200 else 50
    return max(step, round(metres / step) * step)


def _way(start: Point, end: Point) -> str:
    """Which of eight ways leads from ``start`` to ``end`` (EPSG:4326)."""
    east = (end.x - start.x) * cos(radians(start.y))
    eighths = atan2(east, end.y - start.y) / (pi / 4)
    return str(_WAYS[round(eighths) % 8])
