"""Where the demo's reports lie: near real addresses, each inside the district it is meant for."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from random import Random

from django.contrib.gis.geos import Point

from districts.locating import Placement, locate
from districts.models import Address, District, Edition

# About fifteen metres at the latitude of Łódź.
_DEGREES = 0.00015


@dataclass(frozen=True, slots=True)
class Place:
    """``address`` is empty where the pin lies at no known building."""

    point: Point
    address: str
    placement: Placement


def places(rng: Random) -> Iterator[Place]:
    """Places without end: every district in turn, then those where more people live more often."""
    edition = Edition.objects.in_force()
    districts = list(edition.districts.order_by("code"))
    known = _known_addresses()
    yield from (_place_in(rng, district, known) for district in districts)
    weights = [15_000 + (district.population or 0) for district in districts]
    for _turn in cycle([None]):
        district = rng.choices(districts, weights)[0]
        yield _place_in(rng, district, known)


def _known_addresses() -> dict[str, list[Address]]:
    """Addresses with coordinates, by the code of their district."""
    found: dict[str, list[Address]] = {}
    for address in Address.objects.filter(location__isnull=False).order_by("id"):
        found.setdefault(address.district_code, []).append(address)
    return found


def _place_in(rng: Random, district: District, known: dict[str, list[Address]]) -> Place:
    addresses = known.get(district.code, [])
    for _attempt in range(40):
        address = rng.choice(addresses) if addresses and rng.random() < 0.8 else None
        point = (
            _near(rng, address.location) if address and address.location else _within(rng, district)
        )
        if point and district.boundary.contains(point):
            return Place(point, str(address or ""), locate(point))
    return Place(district.label_point, "", locate(district.label_point))


def _near(rng: Random, point: Point) -> Point:
    x, y = rng.gauss(point.x, _DEGREES), rng.gauss(point.y, _DEGREES / 1.6)
    return Point(round(x, 6), round(y, 6), srid=4326)


def _within(rng: Random, district: District) -> Point:
    """A point of the bounding box; the caller checks that it lies inside."""
    west, south, east, north = district.boundary.extent
    return Point(round(rng.uniform(west, east), 6), round(rng.uniform(south, north), 6), srid=4326)
