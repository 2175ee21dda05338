"""Each mend does what it shows and is undone, and none moves the outer border of the city."""

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from districts.editions.checking import check_edition
from districts.editions.drafting import DraftChanged, Shape, shapes_of, undo_change
from districts.editions.mending import (
    CannotMend,
    CheckFirst,
    Mend,
    MovesOuterBorder,
    mend_draft,
    propose_mend,
    propose_snapping,
)
from districts.editions.snapping import snap_together
from districts.models import DraftChange, Edition, Finding
from tests.depth import examples
from tests.districts.editions.drafts import SIDE, SOUTH, WEST, drafted, gis, square
from tests.districts.editions.redrawing import shared_vertices, users_of_vertices, with_vertex_moved
from tests.districts.editions.test_any_redrawing import CITY, REAL, errors_in, shifted
from tests.districts.editions.test_checking import SQUARE, is_same, osiedla, redraw, ring

Kind = Finding.Kind
MOVABLE = shared_vertices(REAL)
# Beside another corner nearer than about three metres, nobody can say which of them was meant.
_CORNERS = shapely.STRtree(shapely.points([*users_of_vertices(REAL)]))
LONELY = [
    vertex
    for vertex in MOVABLE
    if len(_CORNERS.query(shapely.Point(vertex), "dwithin", distance=4e-5)) == 1
]


def checked(draft: Edition) -> list[Finding]:
    check_edition(draft, by=draft.author)
    return list(draft.findings.all())


def boundaries(draft: Edition) -> dict[str, shapely.Geometry]:
    return {code: shape.boundary for code, shape in shapes_of(draft).items()}


def mended(draft: Edition, mend: Mend, **how) -> dict[str, shapely.Geometry]:
    """The districts after the mend of the only error or warning; what was shown is what was done,
    and undoing it brings back what was.
    """
    [finding] = checked(draft)
    before = boundaries(draft)
    shown = propose_mend(finding, mend, **how)
    assert boundaries(draft) == before
    mend_draft(draft, shown, by=draft.author)
    after = boundaries(draft)
    for code, shape in shown.shapes.items():
        assert (code not in after) if shape is None else is_same(after[code], shape.boundary)
    change = draft.changes.last()
    assert (change.word, change.details["mend"]) == (DraftChange.Word.MENDED, mend.value)
    undo_change(draft, by=draft.author)
    assert boundaries(draft) == before
    mend_draft(draft, propose_mend(checked(draft)[0], mend, **how), by=draft.author)
    assert checked(draft) == []
    return boundaries(draft)


@pytest.mark.django_db
def test_a_gap_goes_to_the_neighbour_with_the_longest_border():
    regions = ring(west=square(0, 1, wide=1.6))
    regions["south"] = shapely.union(regions["south"], square(1.6, 1, wide=0.4, high=0.3))
    regions["west"] = shapely.snap(
        regions["west"], shapely.Point(WEST + 1.6 * SIDE, SOUTH + 1.3 * SIDE), 1e-9
    )
    regions["east"] = shapely.snap(
        regions["east"], shapely.Point(WEST + 2 * SIDE, SOUTH + 1.3 * SIDE), 1e-9
    )
    for code in ("south", "north"):
        corners = [shapely.Point(WEST + 1.6 * SIDE, SOUTH + row * SIDE) for row in (1, 2)]
        regions[code] = shapely.snap(regions[code], shapely.MultiPoint(corners), 1e-9)
    draft = drafted("next", regions)
    [finding] = checked(draft)
    shown = propose_mend(finding, Mend.GIVE)
    assert (finding.kind, {piece.code for piece in shown.pieces}) == (Kind.GAP, {"west"})
    assert [piece.is_gained for piece in shown.pieces] == [True]
    assert shown.square_metres == pytest.approx(finding.size, rel=1e-6)
    after = mended(draft, Mend.GIVE)
    assert is_same(
        after["west"], square(0, 1, wide=1.6).union(square(1.6, 1.3, wide=0.4, high=0.7))
    )


@pytest.mark.django_db
def test_an_overlap_is_left_to_one_of_the_two():
    draft = drafted("next", {"a": square(0, wide=1.25), "b": square(1)})
    [finding] = checked(draft)
    [piece] = propose_mend(finding, Mend.GIVE).pieces
    assert (piece.is_gained, piece.code in "ab") == (False, True)
    assert piece.square_metres == pytest.approx(SQUARE / 4, rel=0.001)
    assert is_same(shapely.union_all(list(mended(draft, Mend.GIVE).values())), square(0, wide=2))


@pytest.mark.django_db
def test_vertices_within_the_tolerance_become_one():
    middle = shapely.Point(WEST + SIDE, SOUTH + SIDE / 2)
    draft = drafted("next", {"a": shapely.snap(square(0), middle, 1e-12), "b": square(1)})
    after = mended(draft, Mend.SNAP)
    assert list(middle.coords[0]) in shapely.get_coordinates(after["b"]).tolist()


@pytest.mark.django_db
def test_a_tolerance_that_is_too_small_does_not_help():
    draft = drafted("next", {"a": square(0, wide=1.01), "b": square(1)})
    [finding] = checked(draft)
    with pytest.raises(CannotMend):
        propose_mend(finding, Mend.SNAP, tolerance=0.1)
    after = mended(draft, Mend.SNAP, tolerance=1)
    assert is_same(shapely.union_all(list(after.values())), square(0, wide=2))


@pytest.mark.django_db
def test_all_borders_are_snapped_at_once():
    shapes = {"a": square(0, wide=1.01), "b": square(1), "c": square(3, wide=1.01), "d": square(4)}
    draft = drafted("next", shapes)
    assert len(checked(draft)) == 2
    mend_draft(draft, propose_snapping(draft, tolerance=1), by=draft.author)
    assert checked(draft) == []


@pytest.mark.django_db
def test_a_sliver_goes_to_its_neighbour():
    draft = drafted("next", {"a": square(0), "b": square(1, wide=0.05)})
    shown = propose_mend(checked(draft)[0], Mend.GIVE)
    assert shown.shapes["b"] is None
    assert is_same(mended(draft, Mend.GIVE)["a"], square(0, wide=1.05))


@pytest.mark.django_db
def test_what_crosses_itself_is_made_valid():
    bow = shapely.Polygon(
        [(WEST, SOUTH), (WEST + SIDE, SOUTH + SIDE), (WEST + SIDE, SOUTH), (WEST, SOUTH + SIDE)]
    )
    assert mended(drafted("next", {"a": bow}), Mend.VALID)["a"].is_valid


@pytest.mark.django_db
def test_what_reaches_out_of_the_city_is_clipped():
    corner = shapely.get_coordinates(CITY)[0]
    reaching = shapely.box(*(corner - 0.002), *(corner + 0.002))
    draft = drafted("next", {"a": reaching})
    finding = next(one for one in checked(draft) if one.kind == Kind.OUTSIDE)
    mend_draft(draft, propose_mend(finding, Mend.CLIP), by=draft.author)
    assert checked(draft) == []
    assert is_same(boundaries(draft)["a"], reaching.intersection(CITY))


@pytest.mark.django_db
def test_a_gap_in_the_real_districts_is_mended():
    draft = osiedla(gis("gis"))
    shape = shapes_of(draft)["katedralna"]
    vertex = next(v for v in MOVABLE if users_of_vertices(REAL)[v].count("katedralna"))
    dented = with_vertex_moved(REAL["katedralna"], vertex, shifted(vertex, (3e-6, 2e-6)))
    redraw(draft, katedralna=Shape(shape.name, dented, shape.borough, shape.teryt))
    finding = checked(draft)[0]
    mend_draft(draft, propose_mend(finding, Mend.SNAP, tolerance=1), by=draft.author)
    assert checked(draft) == []
    assert is_same(shapely.union_all(list(boundaries(draft).values())), CITY)


@pytest.mark.django_db
def test_no_mend_moves_the_outer_border_of_the_city():
    """Snapping would pull the lower corner of one outwards, to the corner of the other."""
    west, south = 19.99, 51.9

    def box(left, bottom, wide):
        return shapely.box(west + left, south + bottom, west + left + wide, south + 0.001)

    draft = drafted("next", {"a": box(0.001, 0, 0.001), "b": box(0, -0.000005, 0.00101)})
    overlap = next(one for one in checked(draft) if one.kind == Kind.OVERLAP)
    with pytest.raises(MovesOuterBorder):
        propose_mend(overlap, Mend.SNAP, tolerance=2)


@pytest.mark.django_db
def test_what_was_checked_before_the_last_change_is_not_mended():
    draft = drafted("next", {"a": square(0, wide=1.25), "b": square(1)})
    [finding] = checked(draft)
    shown = propose_mend(finding, Mend.GIVE)
    redraw(draft, c=Shape("C", square(5)))
    with pytest.raises(CheckFirst):
        propose_mend(finding, Mend.GIVE)
    with pytest.raises(DraftChanged):
        mend_draft(draft, shown, by=draft.author)


@pytest.mark.django_db
def test_a_finding_is_mended_only_in_a_way_that_fits_it():
    [finding] = checked(drafted("next", {"a": square(0, wide=1.25), "b": square(1)}))
    with pytest.raises(CannotMend):
        propose_mend(finding, Mend.CLIP)


METRE = st.floats(-0.000004, 0.000004).filter(lambda shift: abs(shift) > 1e-7)


@given(st.sampled_from(LONELY), st.integers(0, 9), METRE, METRE)
@settings(max_examples=examples(25), deadline=None)
def test_whatever_vertex_is_off_by_less_than_the_tolerance_is_snapped(vertex, pick, east, north):
    users = users_of_vertices(REAL)[vertex]
    code = users[pick % len(users)]
    moved = with_vertex_moved(REAL[code], vertex, shifted(vertex, (east, north)))
    districts = REAL | {code: moved}
    snapped = snap_together(districts, [code], tolerance=1, outline=CITY)
    assert errors_in(districts | snapped) == []
