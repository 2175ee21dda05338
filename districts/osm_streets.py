"""Streets of an OpenStreetMap extract (``.osm.pbf``), and where two of them cross."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import osmium
from osmium.osm import Way

from .osm_files import Position, corners_of, is_on_map, opened

# Ways for people and cars that bear a street's name. Paths through greenery and ramps do not.
_STREETS = frozenset(
    (
        "motorway",
        "trunk",
        "primary",
        "secondary",
        "tertiary",
        "unclassified",
        "residential",
        "living_street",
        "pedestrian",
        "service",
        "track",
        "road",
    )
)
_ROUNDABOUTS = frozenset(("roundabout", "circular"))


class StreetPiece(NamedTuple):
    """A stretch of a street; positions are (longitude, latitude) in EPSG:4326."""

    name: str
    line: list[Position]


class CrossingPoint(NamedTuple):
    """Where two streets share a point; ``street`` comes before ``other`` in the alphabet."""

    street: str
    other: str
    place: Position


def read_streets(path: Path) -> Iterator[StreetPiece | CrossingPoint]:
    """Streets on the map of the city, then their crossings. Raises ``AddressFileError``.

    Streets cross where they share a point: a bridge shares none with what lies beneath. Those that
    end in one roundabout cross as well. A wide crossing has several points.
    """
    names: dict[int, set[str]] = defaultdict(set)
    places: dict[int, Position] = {}
    roundabouts: list[list[tuple[int, Position]]] = []
    with opened(path):
        ways = osmium.FileProcessor(str(path)).with_locations()
        for way in ways.with_filter(osmium.filter.KeyFilter("highway")):
            if not isinstance(way, Way) or way.tags.get("highway") not in _STREETS:
                continue
            corners = corners_of(way)
            if len(corners) < 2 or not is_on_map(corners[0][1]):
                continue
            is_roundabout = way.tags.get("junction") in _ROUNDABOUTS
            if is_roundabout:
                roundabouts.append(corners)
            # The name of a roundabout is no street that could cross another.
            name = "" if is_roundabout else way.tags.get("name", "")
            if name:
                yield StreetPiece(name, [place for _id, place in corners])
            for node, place in corners:
                places[node] = place
                if name:
                    names[node].add(name)
    for node, meeting in names.items():
        yield from _crossings(meeting, places[node])
    for ring in roundabouts:
        meeting = set().union(*(names.get(node, ()) for node, _place in ring))
        yield from _crossings(meeting, _centre([place for _id, place in ring]))


def _crossings(meeting: set[str], place: Position) -> Iterator[CrossingPoint]:
    for street, other in combinations(sorted(meeting), 2):
        yield CrossingPoint(street, other, place)


def _centre(ring: list[Position]) -> Position:
    lons, lats = zip(*ring, strict=True)
    return (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
