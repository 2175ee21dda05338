"""Redraws districts as people do, so that they go on fitting together: borders moved for both
sides, districts split and merged. Polygons without holes, by code, EPSG:4326.
"""

import json
from collections import defaultdict
from itertools import count

import shapely
from django.conf import settings
from shapely.geometry import shape

FIXTURE = settings.BASE_DIR / "fixtures" / "lodz_districts.geojson"
Vertex = tuple[float, float]
Districts = dict[str, shapely.Polygon]


def real_districts() -> Districts:
    features = json.loads(FIXTURE.read_text())["features"]
    return {feature["properties"]["code"]: shape(feature["geometry"]) for feature in features}


def users_of_vertices(districts: Districts) -> dict[Vertex, list[str]]:
    users = defaultdict(list)
    for code, polygon in districts.items():
        for ring in (polygon.exterior, *polygon.interiors):
            for vertex in ring.coords[:-1]:
                users[vertex].append(code)
    return users


def shared_vertices(districts: Districts) -> list[Vertex]:
    """Those of two districts or more that do not lie on the outer border."""
    outer = set(shapely.union_all(list(districts.values())).exterior.coords)
    users = users_of_vertices(districts)
    return sorted(v for v, codes in users.items() if len(codes) > 1 and v not in outer)


def with_vertex_moved(polygon: shapely.Polygon, vertex: Vertex, to: Vertex) -> shapely.Polygon:
    rings = [
        [to if each == vertex else each for each in ring.coords]
        for ring in (polygon.exterior, *polygon.interiors)
    ]
    return shapely.Polygon(rings[0], rings[1:])


def move_border(districts: Districts, vertex: Vertex, to: Vertex) -> Districts:
    """Both sides follow; nothing happens where that makes a border cross itself."""
    codes = users_of_vertices(districts)[vertex]
    moved = {code: with_vertex_moved(districts[code], vertex, to) for code in codes}
    return districts | moved if all(one.is_valid for one in moved.values()) else districts


def merge(districts: Districts, vertex: Vertex) -> Districts:
    """The first two districts that share this vertex become one, if that is one piece."""
    into, gone = sorted(set(users_of_vertices(districts)[vertex]))[:2]
    both = shapely.coverage_union_all([districts[into], districts[gone]])
    [*parts] = shapely.get_parts(both)
    if len(parts) > 1 or not parts[0].is_valid:
        return districts
    rest = {code: polygon for code, polygon in districts.items() if code != gone}
    return rest | {into: parts[0]}


def split(districts: Districts, code: str, first: int, second: int) -> Districts:
    """Cut along a straight line between two corners, if it lies within the district."""
    polygon = districts[code]
    corners = polygon.exterior.coords[:-1]
    start, end = sorted((first % len(corners), second % len(corners)))
    chord = shapely.LineString([corners[start], corners[end]])
    inner = shapely.intersection(chord, polygon.boundary)
    if end - start < 2 or polygon.interiors or inner.geom_type != "MultiPoint":
        return districts
    if len(inner.geoms) != 2 or not polygon.covers(chord):
        return districts
    one = shapely.Polygon(corners[start : end + 1])
    other = shapely.Polygon([*corners[end:], *corners[: start + 1]])
    new = next(name for number in count() if (name := f"{code}-{number}") not in districts)
    halves = {code: one, new: other}
    return districts | halves if one.is_valid and other.is_valid else districts
