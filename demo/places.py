"""Chooses places for the demo's reports: near real addresses, inside a given district."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from django.contrib.gis.geos import Point

from districts.locating import Placement, locate
from districts.models import Address, District, Edition

# Degrees of longitude, about ten metres at the latitude of Łódź.
_TEN_METRES = 0.00015
# A degree of latitude is about this much longer there than a degree of longitude.
_LATITUDE_STRETCH = 1.6


@dataclass(frozen=True, slots=True)
class DemoPlace:
    """``address`` is empty where the pin is not at a known building."""

    point: Point
    address: str
    placement: Placement


def choose_places(rng: Random) -> Iterator[DemoPlace]:
    """An endless choice of places: every district once, then populous districts more often."""
    districts = list(Edition.objects.in_force().districts.order_by("code"))
    known: dict[str, list[Address]] = defaultdict(list)
    for address in Address.objects.filter(location__isnull=False).order_by("id"):
        known[address.district_code].append(address)
    yield from (_choose_place(rng, district, known[district.code]) for district in districts)
    weights = [15_000 + (district.population or 0) for district in districts]
    while True:
        district = rng.choices(districts, weights)[0]
        yield _choose_place(rng, district, known[district.code])


def _choose_place(rng: Random, district: District, addresses: list[Address]) -> DemoPlace:
    """A place in the district, near one of its ``addresses`` (with a location) or anywhere."""
    west, south, east, north = district.boundary.extent
    for _attempt in range(40):
        address = rng.choice(addresses) if addresses and rng.random() < 0.8 else None
        if address and address.location:
            x = rng.gauss(address.location.x, _TEN_METRES)
            y = rng.gauss(address.location.y, _TEN_METRES / _LATITUDE_STRETCH)
        else:
            x, y = rng.uniform(west, east), rng.uniform(south, north)
        point = Point(round(x, 6), round(y, 6), srid=4326)
        if district.boundary.contains(point):
            return DemoPlace(point, str(address or ""), locate(point))
    return DemoPlace(district.label_point, "", locate(district.label_point))
