"""What of an OpenStreetMap extract is drawn, in the layers of Protomaps' schema (version 4).

https://docs.protomaps.com/basemaps/layers, https://wiki.openstreetmap.org/wiki/Map_features.
Credit: © OpenStreetMap contributors, ODbL.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import osmium
import shapely
from django.utils.translation import gettext as _
from osmium.osm import Area, Node, TagList, Way

from .errors import BasemapError

# What osmium-tool leaves in the extract, by kinds of objects (n: nodes, w: ways, r: relations).
WANTED = (
    "nwr/highway",
    "nwr/railway",
    "nwr/building",
    "nwr/addr:housenumber",
    "wr/waterway",
    "wr/natural",
    "wr/water",
    "wr/landuse",
    "wr/leisure",
    "wr/amenity=school,hospital,university,college,kindergarten,grave_yard,parking",
    "n/place",
)


_Properties = Mapping[str, str | bool]


class Feature(NamedTuple):
    """``shape``: EPSG:4326. ``min_zoom``: from where on it is drawn."""

    layer: str
    min_zoom: int
    properties: _Properties
    shape: shapely.Geometry


class _Kind(NamedTuple):
    kind: str
    min_zoom: int


_ROADS = {
    "motorway": _Kind("highway", 6),
    "motorway_link": _Kind("highway", 11),
    "trunk": _Kind("major_road", 8),
    "trunk_link": _Kind("major_road", 12),
    "primary": _Kind("major_road", 9),
    "primary_link": _Kind("major_road", 12),
    "secondary": _Kind("major_road", 10),
    "secondary_link": _Kind("major_road", 12),
    "tertiary": _Kind("major_road", 11),
    "tertiary_link": _Kind("major_road", 13),
    "unclassified": _Kind("minor_road", 12),
    "residential": _Kind("minor_road", 12),
    "living_street": _Kind("minor_road", 13),
    "road": _Kind("minor_road", 13),
    "service": _Kind("minor_road", 14),
    "pedestrian": _Kind("path", 12),
    "track": _Kind("path", 14),
    "cycleway": _Kind("path", 13),
    "footway": _Kind("path", 14),
    "path": _Kind("path", 14),
    "steps": _Kind("path", 14),
    "bridleway": _Kind("path", 14),
}
_RAILS = {
    "rail": _Kind("rail", 10),
    "light_rail": _Kind("rail", 11),
    "narrow_gauge": _Kind("rail", 12),
    "tram": _Kind("rail", 12),
}
# Key, values, and the kind of the area; an empty kind is the value itself. The first that fits.

_LAND: tuple[tuple[str, str, str, int], ...] = (
    ("leisure", "park garden nature_reserve playground pitch golf_course stadium", "", 10),
    ("landuse", "cemetery allotments", "", 11),
    ("amenity", "grave_yard", "cemetery", 11),
    ("landuse", "forest", "", 9),
    ("natural", "wood scrub", "", 9),
    ("landuse", "grass village_green meadow recreation_ground orchard farmland", "", 12),
    ("natural", "grassland heath", "grassland", 12),
    ("amenity", "school kindergarten university college hospital", "", 12),
    ("landuse", "industrial railway commercial retail", "", 11),
    ("landuse", "residential", "", 11),
    ("highway", "pedestrian", "", 13),
    ("amenity", "parking", "", 15),
)
_WATERS = {"river": 9, "canal": 11, "stream": 13, "ditch": 15, "drain": 15}
_STOPS = (
    ("railway", "tram_stop", "tram_stop", 14),
    ("railway", "station", "station", 12),
    ("railway", "halt", "station", 13),
    ("highway", "bus_stop", "bus_stop", 15),
)
_PLACES = {
    "city": ("locality", 6),
    "town": ("locality", 9),
    "village": ("locality", 11),
    "hamlet": ("locality", 13),
    "suburb": ("macrohood", 11),
    "quarter": ("neighbourhood", 12),
    "neighbourhood": ("neighbourhood", 13),
}
_NAMED = frozenset(("park", "garden", "nature_reserve", "cemetery", "allotments", "forest", "wood"))
_NAMES_FROM = 14
_ADDRESSES_FROM = 15
_BUILDINGS_FROM = 13
_HIDDEN = frozenset(("construction", "proposed", "abandoned", "razed"))


def read_features(path: Path) -> Iterator[Feature]:
    """Raises ``BasemapError`` for what is no extract.

    Lines of one street come as one: OpenStreetMap cuts a street at each crossing, and its name
    would fit onto no piece.
    """
    shapes = osmium.geom.WKBFactory()
    lines: dict[tuple, list[shapely.Geometry]] = defaultdict(list)
    try:
        for thing in osmium.FileProcessor(str(path)).with_areas():
            if isinstance(thing, Node) and len(thing.tags):
                yield from _of_point(thing, shapes)
            elif isinstance(thing, Way):
                for layer, min_zoom, properties, shape in _of_line(thing, shapes):
                    lines[layer, min_zoom, *properties.items()].append(shape)
            elif isinstance(thing, Area):
                yield from _of_area(thing, shapes)
    except (RuntimeError, OSError) as wrong:
        problem = _("To nie jest plik OpenStreetMap: %(reason)s")
        raise BasemapError(problem % {"reason": wrong}) from wrong
    for (layer, min_zoom, *items), pieces in lines.items():
        merged = shapely.line_merge(shapely.multilinestrings(pieces))
        for line in shapely.get_parts(merged):
            yield Feature(layer, min_zoom, dict(items), line)


def _of_point(node: Node, shapes: osmium.geom.WKBFactory) -> Iterator[Feature]:
    tags, point = node.tags, shapely.from_wkb(shapes.create_point(node))
    if number := tags.get("addr:housenumber"):
        properties = {"kind": "address", "addr_housenumber": number}
        yield Feature("buildings", _ADDRESSES_FROM, properties, point)
    for key, value, kind, min_zoom in _STOPS:
        if tags.get(key) == value:
            yield Feature("pois", min_zoom, {"kind": kind} | _name(tags), point)
    if (place := tags.get("place")) in _PLACES and "name" in tags:
        kind, min_zoom = _PLACES[place]
        properties = {"kind": kind, "kind_detail": place} | _name(tags)
        yield Feature("places", min_zoom, properties, point)


def _of_line(way: Way, shapes: osmium.geom.WKBFactory) -> Iterator[Feature]:
    tags = way.tags
    road, rail, water = (tags.get(key) or "" for key in ("highway", "railway", "waterway"))
    known = _ROADS.get(road) or _RAILS.get(rail)
    is_square = road == "pedestrian" and tags.get("area") == "yes"
    if (known is None and water not in _WATERS) or is_square or _is_hidden(tags):
        return
    try:
        line = shapely.from_wkb(shapes.create_linestring(way))
    except (RuntimeError, osmium.InvalidLocationError):
        # Fewer than two of its points lie in the extract.
        return
    if known is None:
        yield Feature("water", _WATERS[water], {"kind": water} | _name(tags), line)
        return
    properties: dict[str, str | bool] = {
        "kind": known.kind,
        "kind_detail": road if road in _ROADS else rail,
        **_name(tags),
    }
    for key in ("bridge", "tunnel"):
        if tags.get(key, "no") != "no":
            properties[f"is_{key}"] = True
    if road == "service" and "service" in tags:
        properties["service"] = tags["service"]
    yield Feature("roads", known.min_zoom, properties, line)


def _of_area(area: Area, shapes: osmium.geom.WKBFactory) -> Iterator[Feature]:
    tags = area.tags
    found = list(_kinds_of_area(tags))
    if not found or _is_hidden(tags):
        return
    try:
        shape = shapely.from_wkb(shapes.create_multipolygon(area))
    except RuntimeError:
        # Its outline crosses itself or lies outside of the extract.
        return
    for layer, min_zoom, properties in found:
        yield Feature(layer, min_zoom, properties, shape)
        if (name := properties.get("name")) and (layer == "water" or properties["kind"] in _NAMED):
            # The name stands once in the middle, however many tiles the area lies in.
            named = {"kind": properties["kind"], "name": name}
            middle = shapely.point_on_surface(shape)
            yield Feature("water" if layer == "water" else "pois", _NAMES_FROM, named, middle)
    if "building" in tags and (number := tags.get("addr:housenumber")):
        # The number stands in the middle of its house.
        properties = {"kind": "address", "addr_housenumber": number}
        yield Feature("buildings", _ADDRESSES_FROM, properties, shapely.point_on_surface(shape))


def _kinds_of_area(tags: TagList) -> Iterator[tuple[str, int, _Properties]]:
    if tags.get("building", "no") != "no":
        yield "buildings", _BUILDINGS_FROM, {"kind": "building"}
    elif tags.get("natural") == "water" or tags.get("landuse") == "basin":
        yield "water", 9, {"kind": tags.get("water") or "water"} | _name(tags)
    else:
        for key, values, kind, min_zoom in _LAND:
            if (value := tags.get(key) or "") in values.split():
                # A pedestrian street that ends where it begins is no square.
                if key != "highway" or tags.get("area") == "yes":
                    yield "landuse", min_zoom, {"kind": kind or value} | _name(tags)
                return


def _name(tags: TagList) -> dict[str, str]:
    return {"name": tags["name"]} if "name" in tags else {}


def _is_hidden(tags: TagList) -> bool:
    """What is not there yet or any more."""
    return any(tags.get(key) in _HIDDEN for key in ("highway", "railway", "building", "landuse"))
