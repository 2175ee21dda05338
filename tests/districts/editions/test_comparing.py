import pytest
import shapely
from django.contrib.gis.geos import Point
from django.db import IntegrityError, connection, transaction

from districts.editions.approving import approve_edition
from districts.editions.comparing import compare_editions
from districts.editions.drafting import Shape, begin_draft, change_draft, shapes_of
from districts.flattening import to_metres
from districts.models import OSIEDLA, Address, Descent, DraftChange, Edition, Layer
from tests.districts.editions.drafts import SIDE, approved, drafted, gis, square

pytestmark = pytest.mark.django_db
Word = Descent.Word
# Square metres of a square of ``SIDE`` degrees.
SQUARE = to_metres(square(0)).area


def changed(base: Edition, shapes: dict, code: str = "next") -> Edition:
    """A draft based on ``base`` in which these shapes are changed (None: taken away)."""
    draft = begin_draft(base.layer, code, by=gis("gis"), source="x", credit="x", is_empty=True)
    whole = shapes_of(base) | {
        key: shape and Shape(name=key.title(), boundary=shape) for key, shape in shapes.items()
    }
    kept = {key: shape for key, shape in whole.items() if shape is not None}
    change_draft(draft, kept, by=gis("gis"), word=DraftChange.Word.DRAWN)
    Edition.objects.filter(pk=draft.pk).update(based_on=base)
    draft.refresh_from_db()
    return draft


def moves(comparison) -> dict[tuple[str, str], float]:
    """Squares that went from code to code."""
    return {
        (piece.source, piece.target): round(piece.m2 / SQUARE, 3) for piece in comparison.pieces
    }


def words(comparison) -> dict[tuple[str, str], tuple[str, float, float]]:
    return {
        (row.source_code, row.code): (row.word, round(row.share, 2), round(row.part, 2))
        for row in comparison.descents
    }


@pytest.fixture
def base():
    """Two regions side by side, each two squares high."""
    return approved("base", {"a": square(0, high=2), "b": square(1, high=2)})


def test_nothing_differs_from_an_edition_that_is_the_same(base):
    same = changed(base, {})
    comparison = compare_editions(base, same)
    assert (comparison.pieces, comparison.descents) == ([], [])


def test_rings_that_begin_elsewhere_are_no_change(base):
    corners = list(square(0, high=2).exterior.coords)[:-1]
    turned = shapely.Polygon(corners[2:] + corners[:2])
    assert compare_editions(base, changed(base, {"a": turned})).descents == []


def test_a_moved_border_gives_a_piece_from_one_to_the_other(base):
    draft = changed(base, {"a": square(0, wide=1.5, high=2), "b": square(1.5, wide=0.5, high=2)})
    comparison = compare_editions(base, draft)
    assert moves(comparison) == {("b", "a"): 1}
    [piece] = comparison.pieces
    strip = square(1, wide=0.5, high=2)
    assert shapely.symmetric_difference(piece.geometry, strip).area < 1e-12
    assert words(comparison) == {
        ("a", "a"): (Word.KEPT, 1, 0.67),
        ("b", "a"): (Word.MOVED, 0.5, 0.33),
        ("b", "b"): (Word.KEPT, 0.5, 1),
    }


def test_both_directions_are_told_apart(base):
    lower, upper = square(0, wide=1.25), square(0, 1, wide=0.75)
    left = shapely.union(lower, upper)
    right = shapely.difference(square(0, wide=2, high=2), left)
    comparison = compare_editions(base, changed(base, {"a": left, "b": right}))
    assert moves(comparison) == {("a", "b"): 0.25, ("b", "a"): 0.25}


def test_a_split_says_what_was_taken_off(base):
    draft = changed(base, {"a": square(0), "c": square(0, 1)})
    comparison = compare_editions(base, draft)
    assert (comparison.new, comparison.gone) == (["c"], [])
    assert words(comparison) == {
        ("a", "a"): (Word.KEPT, 0.5, 1),
        ("a", "c"): (Word.SPLIT, 0.5, 1),
    }


def test_a_merge_says_what_went_in(base):
    draft = changed(base, {"a": square(0, wide=2, high=2), "b": None})
    comparison = compare_editions(base, draft)
    assert (comparison.new, comparison.gone) == ([], ["b"])
    assert words(comparison) == {
        ("a", "a"): (Word.KEPT, 1, 0.5),
        ("b", "a"): (Word.MERGED, 1, 0.5),
    }


def test_a_new_code_or_a_new_name_for_the_same_place_is_a_renaming(base):
    draft = changed(base, {"a": None, "z": square(0, high=2), "b": square(1, high=2)})
    assert words(compare_editions(base, draft)) == {("a", "z"): (Word.RENAMED, 1, 1)}
    named = shapes_of(base)["a"]
    new_name = changed(base, {}, "other")
    shape = Shape(name="Nowa", boundary=named.boundary)
    change_draft(new_name, {"a": shape}, by=gis("gis"), word=DraftChange.Word.DRAWN)
    comparison = compare_editions(base, new_name)
    assert words(comparison) == {("a", "a"): (Word.RENAMED, 1, 1)}
    assert comparison.names["a"] == "Nowa"


def test_what_enters_or_leaves_the_layer_is_a_piece_too(base):
    draft = changed(base, {"a": square(0), "b": square(1, wide=1.5, high=2)})
    comparison = compare_editions(base, draft)
    assert moves(comparison) == {("a", ""): 1, ("", "b"): 1}
    assert comparison.rows(Word.OUTSIDE)


def test_an_invalid_shape_of_a_draft_is_compared_too(base):
    west, south, east, north = square(0, high=2).bounds
    bow = shapely.Polygon([(west, south), (east, north), (east, south), (west, north)])
    assert ("a", "") in moves(compare_editions(base, changed(base, {"a": bow})))


def test_residents_go_by_area_where_few_addresses_are_known():
    layer = Layer.objects.get_or_create(code="mowing", defaults={"name": "mowing"})[0]
    draft = drafted("base", {"a": square(0, high=2)}, layer=layer)
    shape = Shape(name="A", boundary=square(0, high=2), population=1000)
    change_draft(draft, {"a": shape}, by=gis("gis"), word=DraftChange.Word.DRAWN)
    next_one = changed(draft, {"a": square(0), "b": square(0, 1)})
    [piece] = compare_editions(draft, next_one).pieces
    assert piece.residents == 500


def test_residents_go_by_addresses_where_enough_are_known(base):
    draft = drafted("peopled", {"a": square(0, high=2)})
    shape = Shape(name="A", boundary=square(0, high=2), population=1000)
    change_draft(draft, {"a": shape}, by=gis("gis"), word=DraftChange.Word.DRAWN)
    Address.objects.all().delete()
    corner = square(0).centroid
    rows = [
        Address(
            street=f"Ulica {number % 3}",
            number=str(number),
            street_key="u",
            number_key=str(number),
            district_code="a",
            location=Point(corner.x, corner.y + (SIDE if number < 10 else 0), srid=4326),
        )
        for number in range(40)
    ]
    Address.objects.bulk_create(rows)
    next_one = changed(draft, {"a": square(0), "b": square(0, 1)})
    comparison = compare_editions(draft, next_one)
    [piece] = comparison.pieces
    assert (piece.residents, piece.addresses, piece.streets) == (250, 10, 3)
    kept = next(row for row in comparison.descents if row.code == "a")
    assert (kept.residents, kept.residents_share) == (750, 0.75)
    # Those of which only a street and a number are known: then it would be chance.
    for letter in "AB":
        for row in rows:
            row.pk, row.location, row.number = None, None, row.number.rstrip("A") + letter
            row.number_key = row.number.lower()
        Address.objects.bulk_create(rows)
    [piece] = compare_editions(draft, next_one).pieces
    assert piece.residents == 500


def test_approving_records_which_came_from_which_and_the_database_keeps_it(base):
    second = approved("second", {"a": square(0), "c": square(0, 1)})
    assert not second.descents.exists()
    draft = changed(base, {"a": square(0), "c": square(0, 1)})
    # As ``approved`` does: the checks are not what is tested here.
    Edition.objects.filter(pk=draft.pk).update(checked_at="2026-01-01T00:00Z")
    approve_edition(draft, by=gis("gis2"))
    recorded = draft.descents.values_list("before__code", "source_code", "code", "word")
    assert list(recorded) == [("base", "a", "a", "kept"), ("base", "a", "c", "split")]
    for statement in ("DELETE FROM districts_descent", "UPDATE districts_descent SET m2 = 0"):
        with (
            pytest.raises(IntegrityError, match="does not change"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_the_real_districts_are_compared_by_few_statements(django_assert_max_num_queries):
    base = Edition.objects.in_force()
    layer = Layer.objects.get(pk=OSIEDLA)
    draft = begin_draft(layer, "next", by=gis("gis"), source="x", credit="x")
    shapes = shapes_of(draft)
    one, other = shapes["katedralna"], shapes["srodmiescie-wschod"]
    line = shapely.intersection(one.boundary, other.boundary)
    strip = shapely.intersection(shapely.buffer(line, 0.001), other.boundary)
    shapes["katedralna"] = Shape(
        name=one.name, borough=one.borough, boundary=shapely.union(one.boundary, strip)
    )
    shapes["srodmiescie-wschod"] = Shape(
        name=other.name, borough=other.borough, boundary=shapely.difference(other.boundary, strip)
    )
    change_draft(draft, shapes, by=gis("gis"), word=DraftChange.Word.DRAWN)
    with django_assert_max_num_queries(5):
        comparison = compare_editions(base, draft)
    [piece] = comparison.pieces
    assert (piece.source, piece.target) == ("srodmiescie-wschod", "katedralna")
    assert piece.m2 == pytest.approx(to_metres(strip).area, rel=1e-6)
    assert 0 < piece.residents < base.districts.get(code="srodmiescie-wschod").population
