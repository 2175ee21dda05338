"""A point in words: the nearest address, how far from it and which way, and the district."""

from collections.abc import Mapping
from math import atan2, cos, pi, radians
from typing import TypedDict

from django.contrib.gis.geos import Point
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# An address farther away than this does not help to find a place.
_FARTHEST_METRES = 500
# Nearer than this, the words are "by the address", without a distance.
_BY_METRES = 10
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


class Near(TypedDict, total=False):
    """The nearest address: ``metres`` from it (rounded as a person would say; 0 is by the address),
    ``way`` an eighth of a turn clockwise from north. Empty where there is none.
    """

    address: str
    metres: int
    way: int


def find_near(point: Point) -> Near:
    """The nearest address with a known place, if it is within 500 m of ``point`` (EPSG:4326). One
    query.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM districts_nearest_address(%s::float8, %s::float8, %s::float8)",
            [point.x, point.y, _FARTHEST_METRES],
        )
        row = cursor.fetchone()
    if row is None:
        return {}
    label, metres, lon, lat = row
    if metres < _BY_METRES:
        return {"address": label, "metres": 0, "way": 0}
    step = 5 if metres < 50 else 10 if metres < 200 else 50
    east, north = (point.x - lon) * cos(radians(lat)), point.y - lat
    way = round(atan2(east, north) / (pi / 4)) % 8
    return {"address": label, "metres": max(step, round(metres / step) * step), "way": way}


def place_in_words(near: Mapping, district: str) -> str:
    """``Piotrkowska 104, ok. 40 m na wschód, osiedle Katedralna``; only the osiedle where ``near``
    is empty. ``district``: its name.
    """
    words = _("osiedle %(district)s") % {"district": district}
    if not near:
        return words
    if not near["metres"]:
        return f"{near['address']}, {words}"
    away = _("%(address)s, ok. %(metres)s m %(way)s") % {
        "address": near["address"],
        "metres": near["metres"],
        "way": _DIRECTIONS[near["way"]],
    }
    return f"{away}, {words}"
