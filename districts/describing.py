"""A point in words: the nearest address (or crossing, or place by name), how far from it and which
way, and the district.
"""

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
    """What is near: ``address`` says it, if it is no address then a crossing or a place by name;
    ``metres`` from it (rounded as a person would say; 0 is by it), ``way`` an eighth of a turn
    clockwise from north. ``about``: the matter lies within so many metres of a large place that was
    chosen by its name. Empty where there is nothing near.
    """

    address: str
    metres: int
    way: int
    about: int


def find_near(point: Point) -> Near:
    """What is nearest to ``point`` (EPSG:4326) within 500 m. One query.

    An address with a known place, if there is one within 50 m; else an address, a crossing or a
    place by name.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM districts_nearest_named(%s::float8, %s::float8, %s::float8)",
            [point.x, point.y, _FARTHEST_METRES],
        )
        row = cursor.fetchone()
    if row is None:
        return {}
    label, metres, lon, lat = row
    if metres < _BY_METRES:
        return {"address": label, "metres": 0, "way": 0}
    east, north = (point.x - lon) * cos(radians(lat)), point.y - lat
    way = round(atan2(east, north) / (pi / 4)) % 8
    return {"address": label, "metres": roughly(metres), "way": way}


def roughly(metres: float) -> int:
    """A distance as a person would say it."""
    step = 5 if metres < 50 else 10 if metres < 200 else 50
    return max(step, round(metres / step) * step)


def place_in_words(near: Mapping, district: str) -> str:
    """``Piotrkowska 104, ok. 40 m na wschód, osiedle Katedralna``; only the osiedle where ``near``
    is empty. ``district``: its name.
    """
    words = _("osiedle %(district)s") % {"district": district}
    if not near:
        return words
    if near.get("about"):
        about = _("%(address)s (w promieniu %(metres)s m)") % {
            "address": near["address"],
            "metres": near["about"],
        }
        return f"{about}, {words}"
    if not near["metres"]:
        return f"{near['address']}, {words}"
    away = _("%(address)s, ok. %(metres)s m %(way)s") % {
        "address": near["address"],
        "metres": near["metres"],
        "way": _DIRECTIONS[near["way"]],
    }
    return f"{away}, {words}"
