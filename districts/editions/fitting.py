"""How districts fit together and into the city: overlaps, gaps, slivers, what lies outside.

All of it is computed on the degrees in which boundaries are kept and reports are located, so that
vertices that two districts share are the same number; sizes are metres of EPSG:2180.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np
import shapely

from .found import Found, Kind, Unit
from .measuring import flatten, made_valid, metres, polygons_of, square_metres

# Boundaries are published with six decimals. What differs from the outline of the city by less than
# such a step (metres) is the same line.
ROUNDING = 0.1
# A part whose area by half its perimeter is below this (metres) is no district but a slip.
SLIVER_WIDTH = 5.0
# Two lines nearer than this (degrees, about 1 cm) touch.
_TOUCH = 1e-7


class Fit:
    """The districts of an edition as one coverage. ``shapes``: by code, EPSG:4326, valid or not.

    ``outline``: the city, or None where there is none to compare with.
    """

    def __init__(
        self,
        shapes: Mapping[str, shapely.Geometry],
        *,
        outline: shapely.Geometry | None,
        covers_city: bool,
    ) -> None:
        self.outline, self.covers_city = outline, covers_city
        self.given = dict(shapes)
        self.codes = list(shapes)
        self.polygons = np.array([made_valid(shape) for shape in shapes.values()], dtype=object)
        self.tree = shapely.STRtree(self.polygons)

    @cached_property
    def edges(self) -> np.ndarray:
        """For each district, its edges that do not match those of a neighbour, or an empty line."""
        return np.asarray(shapely.coverage_invalid_edges(self.polygons), dtype=object)

    @cached_property
    def mismatched(self) -> np.ndarray:
        """The places of districts with such edges. Without any, no district overlaps another."""
        return np.flatnonzero(~shapely.is_empty(self.edges))

    @cached_property
    def whole(self) -> shapely.Geometry:
        """The ground of all districts."""
        # What fits is united much faster than what does not, and most of it fits.
        fitting = np.delete(self.polygons, self.mismatched)
        rest = self.polygons[self.mismatched]
        return shapely.union_all([shapely.coverage_union_all(fitting), *rest])

    @cached_property
    def missing(self) -> list[shapely.Polygon]:
        """The ground of the city without a district."""
        if self.outline is None:
            return []
        return _more_than_rounding(polygons_of(self.outline.difference(self.whole)), self.outline)

    def around(self, place: shapely.Geometry) -> tuple[str, ...]:
        """Codes of the districts that touch ``place``."""
        near = self.tree.query(place, predicate="dwithin", distance=_TOUCH)
        return tuple(sorted(self.codes[index] for index in near))

    def find_misfits(self) -> list[Found]:
        if not self.codes:
            everywhere = self.outline or shapely.Point()
            return [Found(Kind.EMPTY, (), everywhere, 0, Unit.PIECES)]
        pieces = [*self.find_overlaps(), *self._gaps(), *self._missing_at_the_edge()]
        return [
            *self._invalid(),
            *pieces,
            *self._mismatches([piece.place for piece in pieces]),
            *self._slivers(),
            *self._outside(),
        ]

    def _invalid(self) -> Iterator[Found]:
        for code, given, valid in zip(self.codes, self.given.values(), self.polygons, strict=True):
            if given.is_empty or not given.is_valid:
                place, reason = invalid_place(given)
                [size] = square_metres([valid])
                yield Found(Kind.INVALID, (code,), place, size, details={"reason": reason})

    def find_overlaps(self) -> Iterator[Found]:
        suspects = self.polygons[self.mismatched]
        first, second = self.tree.query(suspects, predicate="intersects")
        # A district within another one has no edge that could match; the other one has.
        pairs = {
            (min(one, other), max(one, other))
            for one, other in zip(self.mismatched[first], second, strict=True)
            if one != other
        }
        found = [
            (tuple(sorted((self.codes[one], self.codes[other]))), piece)
            for one, other in sorted(pairs)
            for piece in polygons_of(self.polygons[one].intersection(self.polygons[other]))
        ]
        sizes = square_metres([piece for _codes, piece in found])
        for (codes, piece), size in zip(found, sizes, strict=True):
            yield Found(Kind.OVERLAP, codes, piece, size)

    def _gaps(self) -> Iterator[Found]:
        holes = list(holes_of(self.whole))
        if self.outline is not None:
            prepared = self.outline
            shapely.prepare(prepared)
            holes = [hole for hole in holes if prepared.intersects(hole.representative_point())]
        for hole, size in zip(holes, square_metres(holes), strict=True):
            # Regions that need not cover the city may leave something out on purpose.
            allowed = not self.covers_city
            yield Found(Kind.GAP, self.around(hole), hole, size, is_allowed=allowed)

    def _missing_at_the_edge(self) -> Iterator[Found]:
        if not self.covers_city:
            return
        holes = shapely.STRtree(list(holes_of(self.whole)))
        pieces = [
            piece
            for piece in self.missing
            if not len(holes.query(piece.representative_point(), predicate="intersects"))
        ]
        for piece, size in zip(pieces, square_metres(pieces), strict=True):
            yield Found(Kind.UNCOVERED, self.around(piece), piece, size)

    def _mismatches(self, explained: Sequence[shapely.Geometry]) -> Iterator[Found]:
        """Edges that do not match, where neither overlap nor gap tells why."""
        known = shapely.STRtree(list(explained))
        edges = shapely.get_parts(self.edges[self.mismatched])
        near, _piece = known.query(edges, predicate="dwithin", distance=_TOUCH)
        left = np.delete(edges, np.unique(near))
        if not len(left):
            return
        groups = polygons_of(shapely.union_all(shapely.buffer(left, _TOUCH)))
        index = shapely.STRtree(left)
        lines = [shapely.union_all(left[index.query(group, "intersects")]) for group in groups]
        for line, size in zip(lines, metres(lines), strict=True):
            yield Found(Kind.MISMATCH, self.around(line), line, size, Unit.METRES)

    def _slivers(self) -> Iterator[Found]:
        parts, index = shapely.get_parts(self.polygons, return_index=True)
        flat = flatten(parts)
        with np.errstate(divide="ignore", invalid="ignore"):
            widths = 2 * shapely.area(flat) / shapely.length(flat)
        for place in np.flatnonzero(widths < SLIVER_WIDTH):
            codes = (self.codes[index[place]],)
            yield Found(Kind.SLIVER, codes, parts[place], widths[place], Unit.METRES)

    def _outside(self) -> Iterator[Found]:
        if self.outline is None:
            return
        pieces = _more_than_rounding(polygons_of(self.whole.difference(self.outline)), self.outline)
        for piece, size in zip(pieces, square_metres(pieces), strict=True):
            inner = piece.representative_point()
            codes = tuple(self.codes[at] for at in self.tree.query(inner, predicate="intersects"))
            yield Found(Kind.OUTSIDE, codes or self.around(piece), piece, size)


def holes_of(whole: shapely.Geometry) -> Iterator[shapely.Polygon]:
    """What lies within the outer borders of ``whole`` and is not part of it."""
    for polygon in polygons_of(whole):
        for ring in polygon.interiors:
            # An island within a hole is no part of the gap.
            yield from polygons_of(shapely.Polygon(ring).difference(whole))


def _more_than_rounding(
    pieces: Sequence[shapely.Polygon], outline: shapely.Geometry
) -> list[shapely.Polygon]:
    """Those that rounded coordinates of ``outline`` do not explain: they are wide, or they reach
    away from it, as a slit between two districts does.
    """
    *flat, city = flatten([*pieces, outline])
    line = city.boundary
    shapely.prepare(line)
    return [
        piece
        for piece, metric in zip(pieces, flat, strict=True)
        if not shapely.buffer(metric, -ROUNDING / 2).is_empty
        or not shapely.dwithin(
            line, shapely.points(shapely.get_coordinates(metric)), ROUNDING
        ).all()
    ]


def invalid_place(polygon: shapely.Geometry) -> tuple[shapely.Geometry, str]:
    """Where a polygon is invalid (EPSG:4326), and the reason in the words of GEOS."""
    if polygon.is_empty:
        return shapely.Point(), "Empty"
    reason = shapely.is_valid_reason(polygon)
    words, bracket, place = reason.removesuffix("]").partition("[")
    if not bracket:
        return shapely.envelope(polygon), reason
    return shapely.Point(*map(float, place.split(" "))), words
