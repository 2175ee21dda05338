"""Maps for paper, drawn as SVG in metres of EPSG:2180: what moves between two editions, and where
somebody has to go.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, degrees

import shapely
from django.contrib.gis.db.models.functions import AsWKB
from django.contrib.gis.geos import Point, Polygon
from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from districts.editions.change_sheet import Move
from districts.models import Edition, StreetLine

from .flattening import to_metres, to_wgs84

# A unit of a drawing is half a millimetre on an A4 page.
_WIDTH = 340.0
# How high a map of the whole and a map of one piece may be: two of the latter stand on a page.
_WHOLE, _PIECE, _SHORTEST = 270.0, 196.0, 150.0
# A map of one piece shows at least so much of the city, in metres, and what lies around the piece.
_LEAST_METRES, _AROUND, _MARGIN = 600.0, 1.7, 1.06
# The longest bar that takes no more than a quarter of the width is drawn.
_BARS = (50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)
# More badges than this would hide the map.
_MOST_BADGES = 60
# Names stand so far from each other, and so many of streets are on a map.
_APART, _MOST_STREETS = 42.0, 14
# A district is named where so much of it is in the drawing, in square units.
_LEAST_NAMED = 500.0


@dataclass(frozen=True, slots=True)
class _Frame:
    """The part of the city that a drawing shows: ``box`` in metres, and units a metre."""

    box: shapely.Polygon
    scale: float

    @property
    def height(self) -> float:
        _west, south, _east, north = self.box.bounds
        return (north - south) * self.scale

    def place(self, x: float, y: float) -> tuple[float, float]:
        west, _south, _east, north = self.box.bounds
        return round((x - west) * self.scale, 1), round((north - y) * self.scale, 1)

    def path(self, shape: shapely.Geometry) -> str:
        """Lines in the frame as the data of a path, as exact as an eye can see."""
        seen = shapely.simplify(shapely.intersection(shape, self.box), 0.2 / self.scale)
        parts = [part for part in shapely.get_parts(seen) if part.geom_type == "LineString"]
        return "".join(f"M{self._steps(shapely.get_coordinates(part))}" for part in parts)

    def area(self, shape: shapely.Geometry) -> str:
        """The ground of polygons in the frame, closed where the frame cuts it."""
        seen = shapely.simplify(shapely.intersection(shape, self.box), 0.2 / self.scale)
        rings = [
            ring
            for part in shapely.get_parts(seen)
            if part.geom_type == "Polygon"
            for ring in (part.exterior, *part.interiors)
        ]
        return "".join(f"M{self._steps(shapely.get_coordinates(ring))}Z" for ring in rings)

    def _steps(self, corners: Iterable) -> str:
        return "L".join("{:g} {:g}".format(*self.place(x, y)) for x, y in corners)


def draw_overview(after: Edition, moves: Sequence[Move]) -> SafeString:
    """The whole layer with every piece, numbered as in the table."""
    outlines = _shapes(after.districts.all(), "outline")
    pieces = [(move.number, to_metres(move.piece.geometry)) for move in moves]
    everything = shapely.GeometryCollection([*outlines.values(), *(piece for _n, piece in pieces)])
    frame = _frame(everything.bounds, _MARGIN, _WHOLE)
    title = _("Mapa całości. Fragmenty z numerami z tabeli: %(number)s.")
    parts = [
        *(_drawn("land", frame.area(shape)) for shape in outlines.values()),
        *(_drawn("moved", frame.area(piece)) for _number, piece in pieces),
        *(_badge(frame, number, piece) for number, piece in pieces[:_MOST_BADGES]),
    ]
    return _svg(frame, title % {"number": len(moves)}, parts)


def draw_move(before: Edition, after: Edition, move: Move) -> SafeString:
    """One piece with what lies around it: streets, the border before and the border after."""
    piece = to_metres(move.piece.geometry)
    frame = _frame(piece.bounds, _AROUND, _PIECE)
    box = Polygon.from_bbox(to_wgs84(frame.box).bounds)
    box.srid = 4326
    old = _shapes(before.districts.filter(boundary__bboverlaps=box), "boundary")
    new = _shapes(after.districts.filter(boundary__bboverlaps=box), "boundary")
    streets = _shapes(StreetLine.objects.filter(line__bboverlaps=box), "line", "name")
    names = dict(after.districts.filter(code__in=new).values_list("code", "name"))
    outside = _("poza granicami")
    words = {"source": move.source or outside, "target": move.target or outside}
    title = _("Mapa fragmentu %(number)s: %(source)s → %(target)s.")
    parts = [
        *(_drawn("land", frame.area(shape)) for shape in new.values()),
        _drawn("moved", frame.area(piece)),
        *(_drawn("street", frame.path(line)) for line in streets.values()),
        *_borders(frame, old, new),
        *_names_in(frame, new, names, streets),
    ]
    return _svg(frame, title % {"number": move.number, **words}, parts)


def draw_places(edition: Edition, places: Sequence[Point]) -> SafeString:
    """Places (EPSG:4326), numbered from 1, with the streets and borders around them."""
    spots = [to_metres(shapely.Point(place.x, place.y)) for place in places]
    frame = _frame(shapely.MultiPoint(spots).bounds, _AROUND, _PIECE)
    box = Polygon.from_bbox(to_wgs84(frame.box).bounds)
    box.srid = 4326
    land = _shapes(edition.districts.filter(boundary__bboverlaps=box), "boundary")
    streets = _shapes(StreetLine.objects.filter(line__bboverlaps=box), "line", "name")
    names = dict(edition.districts.filter(code__in=land).values_list("code", "name"))
    parts = [
        *(_drawn("land", frame.area(shape)) for shape in land.values()),
        *(_drawn("street", frame.path(line)) for line in streets.values()),
        *_names_in(frame, land, names, streets),
        # The first ones lie above the others.
        *reversed([_badge(frame, number, spot) for number, spot in enumerate(spots, 1)]),
    ]
    return _svg(frame, _("Mapa miejsc z numerami z listy."), parts)


def _shapes(rows: QuerySet, field: str, key: str = "code") -> dict[str, shapely.Geometry]:
    """Valid geometries in metres by ``key``."""
    found = rows.annotate(wkb=AsWKB(field)).order_by(key).values_list(key, "wkb")
    shapes = {name: shapely.from_wkb(bytes(wkb)) for name, wkb in found}
    return {name: to_metres(_valid(shape)) for name, shape in shapes.items()}


def _borders(
    frame: _Frame, old: dict[str, shapely.Geometry], new: dict[str, shapely.Geometry]
) -> list[SafeString]:
    """Which stay, which are new and which go; what is nearer than a reader can see is the same."""
    before, after = (
        shapely.union_all([shapely.intersection(shape.boundary, frame.box) for shape in shapes])
        for shapes in (old.values(), new.values())
    )
    near = 0.5 / frame.scale
    return [
        _drawn("same", frame.path(shapely.intersection(after, shapely.buffer(before, near)))),
        _drawn("new", frame.path(shapely.difference(after, shapely.buffer(before, near)))),
        _drawn("old", frame.path(shapely.difference(before, shapely.buffer(after, near)))),
    ]


def _valid(shape: shapely.Geometry) -> shapely.Geometry:
    return shapely.make_valid(shape, method="structure", keep_collapsed=False)


def _frame(bounds: tuple[float, ...], around: float, tallest: float) -> _Frame:
    west, south, east, north = bounds
    wide, high = max((east - west) * around, _LEAST_METRES), (north - south) * around
    scale = min(_WIDTH / wide, tallest / max(high, 1))
    half_wide, half_high = _WIDTH / scale / 2, max(high, _SHORTEST / scale) / 2
    x, y = (west + east) / 2, (south + north) / 2
    return _Frame(shapely.box(x - half_wide, y - half_high, x + half_wide, y + half_high), scale)


# Drawn with attributes and not with a style sheet: the sheet of a page does not reach into an SVG.
_LOOKS = {
    "land": 'fill="#f3f1ea" stroke="#8c8c8c" stroke-width="0.5"',
    "moved": 'fill="#f28e2b" fill-opacity="0.75" stroke="#7a3b00" stroke-width="0.7"',
    "street": 'fill="none" stroke="#a5a5a5" stroke-width="0.8"',
    "same": 'fill="none" stroke="#555" stroke-width="0.9"',
    "new": 'fill="none" stroke="#0b5394" stroke-width="1.8"',
    "old": 'fill="none" stroke="#000" stroke-width="1" stroke-dasharray="4 2.5"',
}


def _drawn(look: str, data: str) -> SafeString:
    return format_html('<path {} d="{}"/>', SafeString(_LOOKS[look]), data) if data else _NOTHING


def _badge(frame: _Frame, number: int, piece: shapely.Geometry) -> SafeString:
    spot = shapely.point_on_surface(piece)
    x, y = frame.place(spot.x, spot.y)
    return format_html(
        '<circle cx="{}" cy="{}" r="5.5" fill="#fff" stroke="#7a3b00" stroke-width="0.8"/>'
        '<text x="{}" y="{}" font-size="6.5" font-weight="bold" text-anchor="middle">{}</text>',
        *(x, y, x, round(y + 2.3, 1), number),
    )


def _names_in(
    frame: _Frame,
    districts: dict[str, shapely.Geometry],
    names: dict[str, str],
    streets: dict[str, shapely.Geometry],
) -> Iterator[SafeString]:
    """Names of districts, and those of streets where they leave room, the longest first; each
    along the longest straight stretch of its street.
    """
    taken: list[shapely.Point] = []
    for code, shape in districts.items():
        seen = shapely.intersection(shape, frame.box)
        if seen.area * frame.scale**2 > _LEAST_NAMED:
            spot = shapely.point_on_surface(seen)
            taken.append(shapely.Point(frame.place(spot.x, spot.y)))
            yield _text(taken[-1], names[code], size=7.5, bold=True)
    most = len(taken) + _MOST_STREETS
    stretches = [(name, _longest_stretch(frame, line)) for name, line in streets.items()]
    for name, stretch in sorted(stretches, key=lambda row: -row[1].length):
        (x, y), (to_x, to_y) = stretch.coords
        middle = stretch.centroid
        if stretch.length < _APART or len(taken) == most:
            return
        if all(middle.distance(other) >= _APART for other in taken):
            taken.append(middle)
            yield _text(middle, name, size=5.2, turned=degrees(atan2(to_y - y, to_x - x)))


def _longest_stretch(frame: _Frame, line: shapely.Geometry) -> shapely.LineString:
    """The longest straight part of a street in the drawing, from left to right."""
    seen = shapely.simplify(shapely.intersection(line, frame.box), 8)
    pairs = [
        shapely.LineString(sorted((frame.place(*start), frame.place(*end))))
        for part in shapely.get_parts(seen)
        for start, end in pairwise(shapely.get_coordinates(part).tolist())
    ]
    return max(pairs, key=lambda pair: pair.length, default=shapely.LineString([(0, 0), (0, 0)]))


def _text(
    at: shapely.Point, words: str, *, size: float, turned: float = 0, bold: bool = False
) -> SafeString:
    """Words on a white halo, so that lines below do not hide them."""
    common = format_html(
        'x="{0}" y="{1}" font-size="{2}" text-anchor="middle" transform="rotate({3} {0} {1})"{4}',
        *(round(at.x, 1), round(at.y, 1), size, round(turned, 1)),
        SafeString(' font-weight="bold"') if bold else "",
    )
    return format_html(
        '<text {0} stroke="#fff" stroke-width="2" stroke-linejoin="round">{1}</text>'
        "<text {0}>{1}</text>",
        common,
        words,
    )


def _svg(frame: _Frame, title: str, parts: Iterable[SafeString]) -> SafeString:
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{mm}mm"'
        ' height="{high}mm" font-family="DejaVu Sans, sans-serif"><title>{title}</title>'
        '<rect width="{w}" height="{h}" fill="#fff"/>{parts}{bar}'
        '<rect width="{w}" height="{h}" fill="none" stroke="#000" stroke-width="0.6"/></svg>',
        w=_WIDTH,
        h=round(frame.height, 1),
        mm=_WIDTH / 2,
        high=round(frame.height / 2, 1),
        title=title,
        parts=format_html_join("", "{}", ((part,) for part in parts)),
        bar=_scale_bar(frame),
    )


def _scale_bar(frame: _Frame) -> SafeString:
    """With the north, which is up: that of the grid."""
    metres = max((bar for bar in _BARS if bar * frame.scale <= _WIDTH / 4), default=_BARS[0])
    long, y = round(metres * frame.scale, 1), round(frame.height - 8, 1)
    words = (
        _("%(number)s km") % {"number": number_format(metres // 1000)}
        if metres >= 1000
        else _("%(number)s m") % {"number": metres}
    )
    return format_html(
        '<rect x="4" y="{top}" width="{wide}" height="16" fill="#fff" fill-opacity="0.85"/>'
        '<path d="M8 {tick}V{y}H{end}V{tick}" fill="none" stroke="#000" stroke-width="1"/>'
        '<text x="{middle}" y="{over}" font-size="6" text-anchor="middle">{words}</text>'
        '<path d="M{n} {y}V{tip}M{left} {wing}L{n} {tip}L{right} {wing}" fill="none"'
        ' stroke="#000"/>'
        '<text x="{n}" y="{over}" dx="8" font-size="6" text-anchor="middle">N</text>',
        top=round(y - 12, 1),
        wide=long + 37,
        tick=round(y - 3, 1),
        y=y,
        end=8 + long,
        middle=8 + long / 2,
        over=round(y - 4.5, 1),
        words=words,
        n=20 + long,
        tip=round(y - 10, 1),
        wing=round(y - 6, 1),
        left=17.5 + long,
        right=22.5 + long,
    )


_NOTHING = SafeString("")
