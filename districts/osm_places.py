"""Places that people call by name, of an OpenStreetMap extract (``.osm.pbf``)."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import osmium
from osmium.osm import Area, Node, TagList, Way

from .models import NamedPlace
from .osm_files import corners_of, is_on_map, opened

_Kind = NamedPlace.Kind
# The first that fits is taken. https://wiki.openstreetmap.org/wiki/Map_features
_KINDS: tuple[tuple[str, frozenset[str], _Kind], ...] = tuple(
    (key, frozenset(values.split()), kind)
    for key, values, kind in (
        ("place", "square", _Kind.SQUARE),
        ("junction", "roundabout circular", _Kind.ROUNDABOUT),
        ("railway", "station halt", _Kind.STATION),
        ("highway", "bus_stop", _Kind.STOP),
        ("railway", "tram_stop", _Kind.STOP),
        ("public_transport", "platform stop_position", _Kind.STOP),
        ("amenity", "bus_station", _Kind.STATION),
        ("amenity", "school kindergarten college university music_school", _Kind.SCHOOL),
        ("amenity", "hospital clinic", _Kind.HEALTH),
        ("landuse", "cemetery", _Kind.CEMETERY),
        ("amenity", "grave_yard", _Kind.CEMETERY),
        ("leisure", "park garden nature_reserve", _Kind.GREEN),
        ("landuse", "forest allotments", _Kind.GREEN),
        ("natural", "wood", _Kind.GREEN),
        ("natural", "water", _Kind.WATER),
        ("amenity", "place_of_worship", _Kind.WORSHIP),
        ("amenity", "library theatre arts_centre community_centre cinema", _Kind.CULTURE),
        ("tourism", "museum zoo gallery attraction", _Kind.CULTURE),
        ("leisure", "sports_centre stadium swimming_pool water_park playground", _Kind.SPORT),
        ("shop", "mall", _Kind.TRADE),
        ("amenity", "marketplace", _Kind.TRADE),
        ("amenity", "townhall courthouse police fire_station", _Kind.OFFICE),
    )
)
_OTHER_NAMES = ("alt_name", "short_name", "official_name", "old_name", "loc_name")


class OsmPlace(NamedTuple):
    """``names``: the one to show first. ``shape``: WKT or hexadecimal WKB, EPSG:4326."""

    kind: NamedPlace.Kind
    names: list[str]
    shape: str


def read_named_places(path: Path) -> Iterator[OsmPlace]:
    """Those on the map of the city. Raises ``AddressFileError``. One that is drawn several times
    comes as often.
    """
    has_name = osmium.filter.KeyFilter("name")
    shapes = osmium.geom.WKBFactory()
    with opened(path):
        things = osmium.FileProcessor(str(path)).with_areas(has_name).with_filter(has_name)
        for thing in things:
            if not isinstance(thing, Node | Way | Area):
                continue
            if (kind := _kind_of(thing.tags)) and (shape := _shape_of(thing, shapes)):
                yield OsmPlace(kind, _names_of(thing.tags), shape)


def _kind_of(tags: TagList) -> NamedPlace.Kind | None:
    return next((kind for key, values, kind in _KINDS if tags.get(key) in values), None)


def _names_of(tags: TagList) -> list[str]:
    names = [tags["name"]]
    for key in _OTHER_NAMES:
        names += [name.strip() for name in (tags.get(key) or "").split(";")]
    return list(dict.fromkeys(filter(None, names)))


def _shape_of(thing: Node | Way | Area, shapes: osmium.geom.WKBFactory) -> str:
    """Empty for what lies elsewhere, and for a closed way, which comes as an area too."""
    if isinstance(thing, Node):
        place = thing.location.lon, thing.location.lat
        return f"POINT({place[0]} {place[1]})" if is_on_map(place) else ""
    if isinstance(thing, Way):
        corners = [place for _id, place in corners_of(thing)]
        if thing.is_closed() or len(corners) < 2 or not is_on_map(corners[0]):
            return ""
        return f"LINESTRING({', '.join(f'{lon} {lat}' for lon, lat in corners)})"
    first = next(iter(next(iter(thing.outer_rings()))))
    return shapes.create_multipolygon(thing) if is_on_map((first.lon, first.lat)) else ""
