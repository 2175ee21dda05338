"""A draft of new boundaries that waits for GIS staff: a real change, a gap and an overlap."""

from math import dist

import shapely

from accounts.models import User
from districts.editions.drafting import Shape, begin_draft, change_draft, describe_draft, shapes_of
from districts.flattening import to_metres, to_wgs84
from districts.models import OSIEDLA, DraftChange, Edition, Layer

CODE = "demo-2027-01"
# A piece of Stare Polesie goes to Katedralna, metres around the middle of their border.
_MOVED_METRES = 300
# A slip of the pen: a corner drawn so many metres aside.
_SLIP_METRES = 40


def draft_boundaries() -> Edition | None:
    """The demo's draft, begun by "gis"; None if it is there already."""
    if Edition.objects.filter(code=CODE).exists():
        return None
    gis = User.objects.get(username="gis")
    draft = begin_draft(
        Layer.objects.get(pk=OSIEDLA),
        CODE,
        by=gis,
        source="Szkic na potrzeby pokazu: zmyślone zmiany",
        credit="Granice osiedli: Urząd Miasta Łodzi",
    )
    describe_draft(
        draft,
        by=gis,
        reason=(
            "Pokaz: kawałek Starego Polesia przechodzi do Katedralnej. Przy rysowaniu zostały dwie"
            " pomyłki: luka między Chojnami a Rudą i zakładka między Radogoszczem a Łagiewnikami."
        ),
    )
    shapes = shapes_of(draft)
    for changed in (
        _moved(shapes, "stare-polesie", "katedralna"),
        _slipped(shapes, "chojny", "ruda", towards="chojny"),
        _slipped(shapes, "radogoszcz", "lagiewniki", towards="lagiewniki"),
    ):
        change_draft(draft, changed, by=gis, word=DraftChange.Word.DRAWN)
    return draft


def _moved(shapes: dict[str, Shape], giver: str, taker: str) -> dict[str, Shape]:
    circle = _around_border(shapes, giver, taker, _MOVED_METRES)
    piece = shapely.intersection(shapes[giver].boundary, circle)
    return {
        giver: _with(shapes[giver], shapely.difference(shapes[giver].boundary, circle)),
        taker: _with(shapes[taker], shapely.union(shapes[taker].boundary, piece)),
    }


def _slipped(shapes: dict[str, Shape], code: str, neighbour: str, towards: str) -> dict[str, Shape]:
    """``code`` with one corner of its border to ``neighbour`` drawn ``_SLIP_METRES`` towards the
    middle of a district, while the neighbour's corner stays: a gap or an overlap of one triangle.
    """
    boundary = shapes[code].boundary
    theirs = set(map(tuple, shapely.get_coordinates(shapes[neighbour].boundary)))
    others = [shape.boundary for key, shape in shapes.items() if key not in (code, neighbour)]
    used = set(map(tuple, shapely.get_coordinates(others)))
    ring = [tuple(corner) for corner in shapely.get_coordinates(boundary)]
    # The corner with the longest sides, so that nothing else comes in the way.
    _length, corner = max(
        (min(dist(before, here), dist(here, after)), here)
        for before, here, after in zip(ring, ring[1:], ring[2:], strict=False)
        if here in theirs - used
    )
    start, target = to_metres(shapely.Point(corner)), to_metres(shapes[towards].boundary).centroid
    line = shapely.LineString([start, target])
    moved = to_wgs84(shapely.line_interpolate_point(line, _SLIP_METRES))
    slipped = [round(number, 6) for number in moved.coords[0]]
    drawn = shapely.transform(
        boundary, lambda c: [slipped if tuple(each) == corner else each for each in c]
    )
    return {code: _with(shapes[code], drawn)}


def _around_border(
    shapes: dict[str, Shape], code: str, neighbour: str, metres: float
) -> shapely.Geometry:
    """A circle (EPSG:4326) around the middle of the border between two districts."""
    common = shapely.intersection(shapes[code].boundary, shapes[neighbour].boundary)
    line = max(shapely.get_parts(shapely.line_merge(common)), key=shapely.length)
    middle = shapely.line_interpolate_point(line, 0.5, normalized=True)
    circle = shapely.buffer(to_metres(middle), metres, quad_segs=4)
    return shapely.transform(to_wgs84(circle), lambda c: c.round(6))


def _with(shape: Shape, boundary: shapely.Geometry) -> Shape:
    rounded = shapely.transform(boundary, lambda c: c.round(6))
    return Shape(
        name=shape.name,
        boundary=rounded,
        borough=shape.borough,
        teryt=shape.teryt,
        population=shape.population,
    )
