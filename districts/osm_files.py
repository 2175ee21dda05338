"""Addresses of an OpenStreetMap extract (``.osm.pbf``): points, buildings, and the numbers that lie
between two of them on a line of interpolation.

https://wiki.openstreetmap.org/wiki/Addresses. Credit: © OpenStreetMap contributors, ODbL.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from math import cos, radians
from pathlib import Path

import osmium
from django.conf import settings
from django.utils.translation import gettext as _
from osmium.osm import Node, Way

from .address_rows import CITY, AddressFileError, AddressRow

# How far the numbers on a line of interpolation lie apart.
_STEPS = {"odd": 2, "even": 2, "all": 1}
# A longer line is an error of who drew it.
_MOST_BETWEEN = 200
_WHOLE_NUMBER = re.compile(r"\d{1,4}")
Position = tuple[float, float]  # longitude, latitude


@contextmanager
def opened(path: Path) -> Iterator[None]:
    """Says of a file that cannot be read that it is no extract: ``AddressFileError``."""
    try:
        yield
    except (RuntimeError, OSError) as wrong:
        problem = _("To nie jest plik OpenStreetMap: %(reason)s")
        raise AddressFileError(problem % {"reason": wrong}) from wrong


def is_on_map(place: Position) -> bool:
    """Whether it lies in the box around the city: an extract is of the whole voivodeship."""
    west, south, east, north = settings.MAP_BOUNDS
    return west <= place[0] <= east and south <= place[1] <= north


def corners_of(way: Way) -> list[tuple[int, Position]]:
    """Ids and places of its points; those that are not in the extract are left out."""
    return [
        (node.ref, (node.location.lon, node.location.lat))
        for node in way.nodes
        if node.location.valid()
    ]


def read_osm(path: Path) -> Iterator[AddressRow]:
    """Addresses of the city, or of no city that is named. Raises ``AddressFileError``.

    A building's place is the middle of its outline. Of an address that is there several times, all
    rows come.
    """
    # What an interpolation line hangs on: its ends are points or corners of buildings.
    ends: dict[int, AddressRow] = {}
    lines: list[tuple[int, list[tuple[int, Position]]]] = []
    with opened(path):
        wanted = osmium.filter.KeyFilter("addr:housenumber", "addr:interpolation")
        for thing in osmium.FileProcessor(str(path)).with_locations().with_filter(wanted):
            if isinstance(thing, Node):
                if row := _row(thing, (thing.location.lon, thing.location.lat)):
                    ends[thing.id] = row
                    yield row
            elif isinstance(thing, Way) and "addr:interpolation" in thing.tags:
                if step := _STEPS.get(thing.tags["addr:interpolation"]):
                    lines.append((step, corners_of(thing)))
            elif isinstance(thing, Way) and "addr:housenumber" in thing.tags:
                corners = corners_of(thing)
                if corners and (row := _row(thing, _middle([place for _id, place in corners]))):
                    ends.update((corner, row) for corner, _place in corners)
                    yield row
    for step, corners in lines:
        yield from _between(step, corners, ends)


def _row(thing: Node | Way, place: Position) -> AddressRow | None:
    tags = thing.tags
    street = tags.get("addr:street") or tags.get("addr:place")
    number = tags.get("addr:housenumber")
    if not street or not number or tags.get("addr:city", CITY) != CITY:
        return None
    return AddressRow(street, number, "", round(place[1], 6), round(place[0], 6))


def _middle(places: list[Position]) -> Position:
    """Of the box around an outline: a building is too small for more to matter."""
    lons, lats = zip(*places, strict=True)
    return (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2


def _between(
    step: int, corners: list[tuple[int, Position]], ends: dict[int, AddressRow]
) -> Iterator[AddressRow]:
    """The numbers between each two addresses of one street that follow each other on the line."""
    named = [(at, ends[node]) for at, (node, _place) in enumerate(corners) if node in ends]
    for (start, first), (end, last) in pairwise(named):
        if first.street != last.street:
            continue
        if not (_WHOLE_NUMBER.fullmatch(first.number) and _WHOLE_NUMBER.fullmatch(last.number)):
            continue
        low, high = int(first.number), int(last.number)
        path = [place for _id, place in corners[start : end + 1]]
        if low > high:
            low, high, path = high, low, path[::-1]
        if step < high - low <= _MOST_BETWEEN:
            for number in range(low + step, high, step):
                lon, lat = _along(path, (number - low) / (high - low))
                yield AddressRow(first.street, str(number), "", round(lat, 6), round(lon, 6))


def _along(path: list[Position], share: float) -> Position:
    """The place at ``share`` (0–1) of the way along ``path``, which is short: a degree of longitude
    is as long at all of it.
    """
    squeeze = cos(radians(path[0][1]))
    pieces = [
        (((b[0] - a[0]) * squeeze) ** 2 + (b[1] - a[1]) ** 2) ** 0.5 for a, b in pairwise(path)
    ]
    left = share * sum(pieces)
    for (a, b), piece in zip(pairwise(path), pieces, strict=True):
        if left <= piece and piece:
            part = left / piece
            return a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part
        left -= piece
    return path[-1]
