"""Crossings and places by name for tests; positions are steps of 100 m from the city hall."""

from django.contrib.gis.geos import Point

from districts.gazetteer import street_key
from districts.models import Crossing, NamedPlace, StreetLine
from districts.named_places import name_to_show, place_key
from tests.districts.extracts import at


def spot(east: float, north: float) -> Point:
    return Point(*at(east, north), srid=4326)


def make_crossing(street: str, other: str, place: tuple[float, float] = (0, 0)) -> Crossing:
    street, other = sorted((street, other))
    for name in (street, other):
        line = f"SRID=4326;MULTILINESTRING(({spot(0, 0).x} {spot(0, 0).y}, 19.46 51.77))"
        StreetLine.objects.get_or_create(
            name=name, defaults={"key": street_key(name), "line": line}
        )
    return Crossing.objects.create(
        street=street,
        other=other,
        street_key=street_key(street),
        other_key=street_key(other),
        location=spot(*place),
    )


def make_place(name: str, kind: str, place: tuple[float, float] = (0, 0), reach: int = 0):
    """A circle if it has a reach (metres), else a point."""
    location = spot(*place)
    shape = location
    if reach:
        flat = location.transform(2180, clone=True).buffer(reach)
        shape = flat.transform(4326, clone=True)
    return NamedPlace.objects.create(
        name=name_to_show(NamedPlace.Kind(kind), name),
        key=place_key(name),
        kind=kind,
        shape=shape,
        location=location,
        reach=reach,
    )
