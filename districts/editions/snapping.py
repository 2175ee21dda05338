"""Makes neighbours share their vertices: those within a tolerance become one, and a vertex beside
a neighbour's edge becomes a vertex of that edge too.

What neighbours share already stays where it is, and so does what lies on the outline of the city.
Vertices are compared in metres (EPSG:2180) and kept as they are in degrees, so nothing else moves.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

import numpy as np
import shapely

from .fitting import ROUNDING
from .measuring import flatten, polygons_of

Vertex = tuple[float, float]
# A polygon as its rings, the outer one first, without the repeated last vertex.
Rings = list[list[Vertex]]
# More degrees than a metre has in Łódź, eastwards.
_DEGREES_A_METRE = 1 / 60_000


def snap_together(
    grounds: Mapping[str, shapely.Geometry],
    codes: Collection[str],
    *,
    tolerance: float,
    outline: shapely.Geometry | None,
) -> dict[str, shapely.Geometry]:
    """By code, the new ground of those that change: of ``codes`` and what lies within
    ``tolerance`` (metres) of them. It may be invalid where the tolerance is too large.
    """
    near = _within(grounds, codes, tolerance)
    context = _within(grounds, near, tolerance)
    net = _Net({code: grounds[code] for code in context}, outline)
    net.join_vertices(near, tolerance)
    net.split_edges(near, tolerance)
    changed = {code: net.ground(code) for code in near if net.is_changed(code)}
    return {code: ground for code, ground in changed.items() if not ground.is_empty}


def _within(
    grounds: Mapping[str, shapely.Geometry], codes: Collection[str], tolerance: float
) -> list[str]:
    names = list(grounds)
    tree = shapely.STRtree([grounds[name] for name in names])
    distance = tolerance * _DEGREES_A_METRE
    seeds = [grounds[code] for code in codes if code in grounds]
    _seed, found = tree.query(seeds, predicate="dwithin", distance=distance)
    return [names[index] for index in sorted(set(found))]


class _Net:
    """Polygons by their vertices."""

    def __init__(
        self, grounds: Mapping[str, shapely.Geometry], outline: shapely.Geometry | None
    ) -> None:
        self.before = {code: _rings_of(ground) for code, ground in grounds.items()}
        self.polygons = {
            code: [[list(ring) for ring in rings] for rings in polygons]
            for code, polygons in self.before.items()
        }
        self.vertices = sorted({vertex for _code, ring in self._rings() for vertex in ring})
        points = flatten([*map(shapely.Point, self.vertices)])
        self.metric = dict(zip(self.vertices, points, strict=True))
        self.tree = shapely.STRtree(points)
        self.fixed = set()
        if outline is not None:
            line = flatten([outline])[0].boundary
            shapely.prepare(line)
            on_it = shapely.dwithin(line, points, ROUNDING)
            self.fixed = {self.vertices[index] for index in np.flatnonzero(on_it)}

    def _rings(self) -> Iterator[tuple[str, list[Vertex]]]:
        for code, polygons in self.polygons.items():
            for rings in polygons:
                for ring in rings:
                    yield code, ring

    def _users(self) -> dict[Vertex, set[str]]:
        users = defaultdict(set)
        for code, ring in self._rings():
            for vertex in ring:
                users[vertex].add(code)
        return users

    def _near(self, place: shapely.Geometry, tolerance: float) -> list[Vertex]:
        found = self.tree.query(place, predicate="dwithin", distance=tolerance)
        return [self.vertices[index] for index in found]

    def join_vertices(self, codes: Collection[str], tolerance: float) -> None:
        """Move vertices that only one district has onto one of another district."""
        users = self._users()
        pairs = []
        for vertex, [*owners] in users.items():
            if len(owners) > 1 or owners[0] not in codes or vertex in self.fixed:
                continue
            here = self.metric[vertex]
            pairs += [
                (here.distance(self.metric[other]), vertex, other)
                for other in self._near(here, tolerance)
                # Where the district has that one too, both are corners of its own.
                if owners[0] not in users[other]
            ]
        moved: dict[Vertex, Vertex] = {}
        for _distance, vertex, other in sorted(pairs):
            if vertex not in moved and other not in moved and vertex not in moved.values():
                moved[vertex] = other
        for _code, ring in self._rings():
            ring[:] = [moved.get(vertex, vertex) for vertex in ring]

    def split_edges(self, codes: Collection[str], tolerance: float) -> None:
        """Give an edge that only one district has the vertices of others beside it."""
        users = self._users()
        edges: defaultdict[frozenset[Vertex], int] = defaultdict(int)
        for _code, ring in self._rings():
            for pair in _edges(ring):
                edges[frozenset(pair)] += 1
        for code, ring in self._rings():
            if code not in codes:
                continue
            whole = []
            for start, end in _edges(ring):
                whole.append(start)
                if edges[frozenset((start, end))] == 1 and start != end:
                    whole += self._beside(start, end, code, users, tolerance)
            ring[:] = whole

    def _beside(
        self, start: Vertex, end: Vertex, code: str, users: dict, tolerance: float
    ) -> list[Vertex]:
        line = shapely.LineString([self.metric[start], self.metric[end]])
        if start in self.fixed and end in self.fixed:
            tolerance = min(tolerance, ROUNDING)
        beside = []
        for vertex in self._near(line, tolerance):
            along = line.project(self.metric[vertex])
            # Not users of old: a vertex that moved away has none.
            others = users.get(vertex, set())
            if others and code not in others and 0 < along < line.length:
                beside.append((along, vertex))
        return [vertex for _along, vertex in sorted(beside)]

    def is_changed(self, code: str) -> bool:
        return self.polygons[code] != self.before[code]

    def ground(self, code: str) -> shapely.Geometry:
        parts = []
        for rings in self.polygons[code]:
            outer, *holes = (_without_repeats(ring) for ring in rings)
            if len(outer) > 2:
                parts.append(shapely.Polygon(outer, [hole for hole in holes if len(hole) > 2]))
        return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _rings_of(ground: shapely.Geometry) -> list[Rings]:
    return [
        [list(ring.coords[:-1]) for ring in (polygon.exterior, *polygon.interiors)]
        for polygon in polygons_of(ground)
    ]


def _edges(ring: list[Vertex]) -> Iterator[tuple[Vertex, Vertex]]:
    return zip(ring, [*ring[1:], *ring[:1]], strict=True)


def _without_repeats(ring: list[Vertex]) -> list[Vertex]:
    return [vertex for place, vertex in enumerate(ring) if vertex != ring[place - 1]]
