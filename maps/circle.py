"""A circle on the map, as somebody follows it."""

import re
from dataclasses import dataclass
from math import cos, radians

from django.contrib.gis.geos import Point, Polygon
from django.contrib.gis.measure import D
from django.utils.translation import gettext_lazy as _

from districts.neighbourhood import is_near_city
from reports.models.report import ReportQuerySet
from reports.public import PUBLIC_PLACE, seen_in

from .selection import WrongSelection

SMALLEST, LARGEST = 100, 2_000
_CIRCLE = re.compile(
    r"(-?[0-9]{1,3}(?:\.[0-9]{1,15})?),(-?[0-9]{1,2}(?:\.[0-9]{1,15})?),([0-9]{2,5})"
)
_METRES_A_DEGREE = 111_320


@dataclass(frozen=True, slots=True)
class Circle:
    """``metres`` around a point (EPSG:4326)."""

    lon: float
    lat: float
    metres: int

    @property
    def centre(self) -> Point:
        return Point(self.lon, self.lat, srid=4326)

    @property
    def box(self) -> Polygon:
        """A little more than what it touches."""
        high = self.metres / _METRES_A_DEGREE * 1.01
        wide = high / cos(radians(self.lat))
        box = Polygon.from_bbox(
            (self.lon - wide, self.lat - high, self.lon + wide, self.lat + high)
        )
        box.srid = 4326
        return box

    @property
    def text(self) -> str:
        """As it stands in an address."""
        return f"{self.lon:.5f},{self.lat:.5f},{self.metres}"

    def filter(self, reports: ReportQuerySet) -> ReportQuerySet:
        """Those that everybody sees inside."""
        placed = reports.filter(seen_in(self.box.extent)).annotate(place=PUBLIC_PLACE)
        return placed.filter(place__distance_lte=(self.centre, D(m=self.metres)))


def read_circle(text: str) -> Circle | None:
    """``lon,lat,metres``; None for no text. Raises ``WrongSelection``."""
    if not text:
        return None
    found = _CIRCLE.fullmatch(text)
    if found is None:
        raise _wrong(_("Podaj koło tak: długość,szerokość,metry."))
    circle = Circle(float(found[1]), float(found[2]), int(found[3]))
    if not is_near_city(circle.lon, circle.lat):
        raise _wrong(_("Środek koła leży poza Łodzią."))
    if not SMALLEST <= circle.metres <= LARGEST:
        raise _wrong(_("Promień może mieć od 100 m do 2 km."))
    return circle


def _wrong(words) -> WrongSelection:
    return WrongSelection(fields={"kolo": [str(words)]})
