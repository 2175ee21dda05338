"""A point in words: the distance and direction from the nearest address, and the district."""

from math import atan2, cos, pi, radians
from typing import cast

from django.contrib.gis.db.models.functions import Distance, GeometryDistance
from django.contrib.gis.geos import Point
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import Address, District

# An address farther away than this does not help to find a place.
_FARTHEST_METRES = 500
# Nearer than this, the words are "by the address", without a distance.
_BY_METRES = 10
# The index orders by degrees, and a metre eastwards is more degrees than one northwards. So the
# first in that order may not be the nearest in metres, but the nearest is among the first few.
_CANDIDATES = 5
# Clockwise from north, an eighth of a turn each.
_DIRECTIONS = (
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
    nearest = _find_nearest_address(point)
    if nearest is None:
        return where
    address, metres = nearest
    label = f"{address.street} {address.number}"
    if metres < _BY_METRES:
        return _("przy: %(address)s") % {"address": label} + f", {where}"
    # Rounded to what a person would say.
    step = 5 if metres < 50 else 10 if metres < 200 else 50
    values = {
        "metres": max(step, round(metres / step) * step),
        "way": _direction(cast("Point", address.location), point),
        "address": label,
    }
    return _("około %(metres)s m %(way)s od: %(address)s") % values + f", {where}"


def _find_nearest_address(point: Point) -> tuple[Address, float] | None:
    """The nearest address whose location is known, and its distance: at most 500 metres."""
    rows = Address.objects.filter(location__isnull=False)
    near = rows.annotate(away=Distance("location", point))
    candidates = near.order_by(GeometryDistance("location", point))[:_CANDIDATES]
    pairs = [(row, row.away.m) for row in candidates if row.away.m <= _FARTHEST_METRES]
    return min(pairs, key=lambda pair: pair[1], default=None)


def _direction(start: Point, end: Point) -> str:
    """The words for the direction from ``start`` to ``end`` (EPSG:4326), one of eight."""
    east = (end.x - start.x) * cos(radians(start.y))
    eighths = atan2(east, end.y - start.y) / (pi / 4)
    return str(_DIRECTIONS[round(eighths) % 8])
