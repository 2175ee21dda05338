"""Each kind of finding, with its place and size, on small square regions and on the real ones."""

import pytest
import shapely
from django.contrib.gis.db.models.functions import Length
from django.db.models import Sum

from districts.editions.activating import activate_edition
from districts.editions.approving import WarningUnexplained, approve_edition
from districts.editions.checking import (
    ExplanationMissing,
    NothingToExplain,
    ask_for_check,
    check_edition,
    explain_finding,
)
from districts.editions.drafting import (
    DraftChanged,
    NotADraft,
    Shape,
    begin_draft,
    change_draft,
    shapes_of,
)
from districts.editions.flaws import city_outline
from districts.editions.measuring import square_metres
from districts.flattening import to_metres
from districts.models import (
    OSIEDLA,
    Address,
    DraftChange,
    Edition,
    EditionCheck,
    Finding,
    Layer,
    State,
    StreetLine,
)
from tests.districts.editions.drafts import SIDE, SOUTH, WEST, approved, drafted, gis, square

pytestmark = pytest.mark.django_db
Kind = Finding.Kind
ERROR, WARNING = Finding.Severity.ERROR, Finding.Severity.WARNING
# About 69 m by 111 m.
[SQUARE] = square_metres([square(0)])


@pytest.fixture
def author():
    return gis("gis")


def found_in(draft: Edition) -> list[Finding]:
    check_edition(draft, by=draft.author)
    return list(draft.findings.all())


def place_of(finding: Finding) -> shapely.Geometry:
    return shapely.from_wkb(bytes(finding.place.wkb))


def the_only(draft: Edition) -> Finding:
    [finding] = found_in(draft)
    return finding


def osiedla(author, code="next") -> Edition:
    layer = Layer.objects.get(pk=OSIEDLA)
    return begin_draft(layer, code, by=author, source="x", credit="x")


def redraw(draft: Edition, **shapes: Shape | None) -> None:
    change_draft(draft, shapes, by=draft.author, word=DraftChange.Word.DRAWN)


def is_same(geometry: shapely.Geometry, expected: shapely.Geometry) -> bool:
    return shapely.symmetric_difference(geometry, expected).area < 1e-12


def test_the_real_districts_pass_and_get_outlines_and_borders(author):
    draft = osiedla(author)
    assert found_in(draft) == []
    assert Edition.objects.with_state().get(pk=draft.pk).state == State.CHECKED
    before = Edition.objects.in_force()
    assert draft.borders.count() == before.borders.count()
    # Where a district has nobody beside it, the city ends.
    ends = draft.borders.filter(right=None).aggregate(length=Sum(Length("segment")))
    whole = shapely.coverage_union_all([shape.boundary for shape in shapes_of(draft).values()])
    assert ends["length"].m == pytest.approx(to_metres(whole).length, abs=0.1)
    assert [row.outline for row in draft.districts.all()] == [
        row.outline for row in before.districts.all()
    ]
    assert draft.steps.last().details == {"errors": 0, "warnings": 0}


def test_what_crosses_itself_is_found_where_it_does(author):
    bow = shapely.Polygon(
        [(WEST, SOUTH), (WEST + SIDE, SOUTH + SIDE), (WEST + SIDE, SOUTH), (WEST, SOUTH + SIDE)]
    )
    finding = the_only(drafted("next", {"a": bow}))
    assert (finding.kind, finding.severity, finding.codes) == (Kind.INVALID, ERROR, ["a"])
    assert finding.details == {"reason": "Self-intersection"}
    assert place_of(finding).distance(shapely.Point(WEST + SIDE / 2, SOUTH + SIDE / 2)) < 1e-9
    assert finding.size == pytest.approx(SQUARE / 2, rel=0.01)


def test_an_overlap_is_found_with_both_districts_and_its_area(author):
    draft = drafted("next", {"a": square(0, wide=1.25), "b": square(1)})
    finding = the_only(draft)
    assert (finding.kind, finding.severity, finding.codes) == (Kind.OVERLAP, ERROR, ["a", "b"])
    assert finding.size == pytest.approx(SQUARE / 4, rel=0.001)
    assert is_same(place_of(finding), square(1, wide=0.25))
    draft.refresh_from_db()
    assert (draft.checked_at, draft.borders.count()) == (None, 0)


@pytest.mark.parametrize(
    "inner", [square(0.25, 0.25, wide=0.5, high=0.5), square(0), square(0, wide=0.5)]
)
def test_a_district_within_another_one_overlaps_it(inner):
    finding = the_only(drafted("next", {"a": square(0), "b": inner}))
    assert (finding.kind, finding.codes) == (Kind.OVERLAP, ["a", "b"])
    assert is_same(place_of(finding), inner)


def ring(**changed: shapely.Geometry) -> dict[str, shapely.Geometry]:
    """Four regions around a hole of one side."""
    around = {
        "south": square(0, 0, wide=3),
        "north": square(0, 2, wide=3),
        "west": square(0, 1),
        "east": square(2, 1),
    }
    # Where three regions meet, each has the corner.
    corners = shapely.MultiPoint(shapely.get_coordinates(square(1, 1)))
    return {code: shapely.snap(box, corners, 1e-9) for code, box in around.items()} | changed


def test_a_gap_among_neighbours_is_found_with_those_around_it():
    finding = the_only(drafted("next", ring()))
    assert (finding.kind, finding.codes) == (Kind.GAP, ["east", "north", "south", "west"])
    assert is_same(place_of(finding), square(1, 1))
    assert finding.size == pytest.approx(SQUARE, rel=0.001)
    # Regions that need not cover the city may be meant so.
    assert finding.severity == WARNING


@pytest.mark.parametrize("width", [1e-6, 1e-4, 0.01, 0.2])
def test_a_gap_is_found_whatever_its_width(width):
    filled = {"middle": square(1, 1, wide=1 - width)}
    kinds = {finding.kind for finding in found_in(drafted("next", ring(**filled)))}
    assert Kind.GAP in kinds


def test_a_gap_in_a_layer_that_covers_the_city_is_an_error(author):
    draft = osiedla(author)
    shape = shapes_of(draft)["katedralna"]
    hole = square(0, -5)
    pierced = shape.boundary.difference(hole)
    redraw(draft, katedralna=Shape(shape.name, pierced, shape.borough, shape.teryt))
    finding = found_in(draft)[0]
    assert (finding.kind, finding.severity, finding.codes) == (Kind.GAP, ERROR, ["katedralna"])
    assert finding.size == pytest.approx(SQUARE, rel=0.01)


def test_what_lacks_at_the_edge_of_the_city_is_found(author):
    draft = osiedla(author)
    shape = shapes_of(draft)["andrzejow"]
    edge = shapely.get_coordinates(shape.boundary.intersection(city_outline().boundary))
    corner = shapely.Point(edge[len(edge) // 2])
    bite = corner.buffer(0.001)
    smaller = shape.boundary.difference(bite)
    redraw(draft, andrzejow=Shape(shape.name, smaller, shape.borough, shape.teryt))
    finding = found_in(draft)[0]
    assert (finding.kind, finding.severity, finding.codes) == (Kind.UNCOVERED, ERROR, ["andrzejow"])
    assert is_same(place_of(finding), shape.boundary.intersection(bite))


def test_what_lies_outside_the_city_is_warned_of(author):
    outside = shapely.box(19.99, 51.77, 20, 51.78)
    found = {one.kind: one for one in found_in(drafted("next", {"a": square(0), "b": outside}))}
    assert found.keys() == {Kind.OUTSIDE}
    assert (found[Kind.OUTSIDE].severity, found[Kind.OUTSIDE].codes) == (WARNING, ["b"])
    [area] = square_metres([outside])
    assert found[Kind.OUTSIDE].size == pytest.approx(area)


def test_vertices_that_a_neighbour_lacks_are_found():
    whole = shapely.Polygon([*square(1).exterior.coords[:-1]])
    middle = shapely.Point(WEST + SIDE, SOUTH + SIDE / 2)
    beside = shapely.snap(square(0), middle, 1e-12)
    finding = the_only(drafted("next", {"a": beside, "b": whole}))
    assert (finding.kind, finding.severity, finding.codes) == (Kind.MISMATCH, ERROR, ["a", "b"])
    assert finding.size == pytest.approx(111, abs=1)
    assert place_of(finding).distance(middle) < 1e-9


def test_a_sliver_is_found_by_its_width():
    finding = the_only(drafted("next", {"a": square(0), "b": square(2, wide=0.05)}))
    assert (finding.kind, finding.severity, finding.codes) == (Kind.SLIVER, WARNING, ["b"])
    assert finding.size == pytest.approx(3.3, abs=0.1)
    assert is_same(place_of(finding), square(2, wide=0.05))


def test_districts_lost_added_renamed_and_grown_are_found(author):
    first = approved("first", {"a": square(0), "b": square(1), "c": square(3), "d": square(5)})
    activate_edition(first, by=gis("gis2"))
    draft = begin_draft(first.layer, "next", by=author, source="x", credit="x")
    redraw(
        draft,
        a=Shape("A", square(0, high=1.5)),
        b=None,
        c=Shape("Nowe", square(3)),
        d=Shape("D", square(5), borough="Widzew"),
        e=Shape("E", square(7)),
    )
    found = {one.kind: one for one in found_in(draft)}
    assert {kind: one.codes for kind, one in found.items()} == {
        Kind.LOST: ["b"],
        Kind.ADDED: ["e"],
        Kind.RENAMED: ["c"],
        Kind.MOVED: ["d"],
        Kind.JUMP: ["a"],
    }
    assert {one.severity for one in found.values()} == {WARNING}
    assert found[Kind.RENAMED].details == {"before": "C", "after": "Nowe"}
    assert found[Kind.JUMP].details == {"percent": 50}
    assert found[Kind.JUMP].size == pytest.approx(SQUARE / 2, rel=0.001)
    assert is_same(place_of(found[Kind.JUMP]), square(0, 1, high=0.5))
    assert is_same(place_of(found[Kind.LOST]), square(1))


def test_a_code_that_the_annex_names_is_missed(author):
    draft = osiedla(author)
    old = shapes_of(draft)["lagiewniki"]
    redraw(draft, lagiewniki=None, las=Shape("Las", old.boundary, old.borough))
    found = {one.kind: one for one in found_in(draft)}
    assert found[Kind.USED_CODE].codes == ["lagiewniki"]
    assert is_same(place_of(found[Kind.USED_CODE]), old.boundary)


def test_streets_and_addresses_without_a_district_are_found(author):
    first = approved("first", {"a": square(0), "b": square(1)})
    activate_edition(first, by=gis("gis2"))
    draft = begin_draft(first.layer, "next", by=author, source="x", credit="x")
    redraw(draft, b=None)
    keys = {"street_key": "nowa", "number_key": "1", "district_code": "b"}
    middle = square(1).centroid
    Address.objects.create(
        street="Nowa", number="1", location=f"SRID=4326;POINT ({middle.x} {middle.y})", **keys
    )
    Address.objects.create(
        street="Nowa", number="9", location=f"SRID=4326;POINT ({WEST} {SOUTH - SIDE})", **keys
    )
    y = middle.y
    line = f"SRID=4326;MULTILINESTRING (({WEST} {y}, {WEST + 2 * SIDE} {y}))"
    StreetLine.objects.create(name="Nowa", key="nowa", line=line)
    found = {one.kind: one for one in found_in(draft)}
    assert found.keys() == {Kind.LOST, Kind.ADDRESSES, Kind.STREETS}
    assert (found[Kind.ADDRESSES].size, found[Kind.ADDRESSES].details["named"]) == (1, ["Nowa 1"])
    assert place_of(found[Kind.ADDRESSES]).distance(middle) < 1e-9
    assert found[Kind.STREETS].details == {"named": ["Nowa"]}
    assert found[Kind.STREETS].size == pytest.approx(69, abs=1)


def test_listed_addresses_of_a_district_that_goes_are_found(author):
    draft = osiedla(author)
    old = shapes_of(draft)["lagiewniki"]
    redraw(draft, lagiewniki=None, las=Shape("Las", old.boundary, old.borough))
    listed = Address.objects.filter(district_code="lagiewniki", location__isnull=True).count()
    found = [one for one in found_in(draft) if one.kind == Kind.ADDRESSES]
    assert [(one.codes, one.size) for one in found] == [(["lagiewniki"], listed)] * bool(listed)


def test_an_edition_without_districts_is_an_error():
    finding = the_only(drafted("next", {}))
    assert (finding.kind, finding.severity) == (Kind.EMPTY, ERROR)


def test_a_warning_wants_a_sentence_that_is_kept_while_it_is_the_same(author):
    draft = drafted("next", {"a": square(0), "b": square(2, wide=0.05)})
    finding = the_only(draft)
    with pytest.raises(WarningUnexplained):
        approve_edition(draft, by=gis("gis2"))
    with pytest.raises(ExplanationMissing):
        explain_finding(finding, " ", by=author)
    explain_finding(finding, "Pas przy rzece.", by=author)
    assert draft.steps.last().details == {"kind": "sliver", "codes": ["b"]}
    redraw(draft, a=Shape("A", square(0, high=1.1)))
    again = the_only(draft)
    assert (again.explanation, again.explained_by) == ("Pas przy rzece.", author)
    redraw(draft, b=Shape("B", square(2, wide=0.06)))
    assert the_only(draft).explanation == ""
    with pytest.raises(NothingToExplain):
        explain_finding(again, "Pas przy rzece.", by=author)
    explain_finding(the_only(draft), "Pas przy rzece.", by=author)
    assert approve_edition(draft, by=gis("gis2")).approved_at


def test_an_error_is_not_explained_away(author):
    draft = drafted("next", {"a": square(0), "b": square(0)})
    with pytest.raises(NothingToExplain):
        explain_finding(the_only(draft), "Tak ma być.", by=author)


def test_a_draft_that_changes_under_the_check_keeps_what_was_found(author, monkeypatch):
    draft = drafted("next", {"a": square(0), "b": square(0)})
    before = the_only(draft)
    stale = Edition.objects.get(pk=draft.pk)

    def change_meanwhile(*_args, **_kwargs):
        redraw(draft, b=None)
        return []

    monkeypatch.setattr("districts.editions.checking.find_flaws", change_meanwhile)
    with pytest.raises(DraftChanged):
        check_edition(stale, by=author)
    assert draft.findings.get().pk == before.pk


def test_asking_twice_owes_one_check(author):
    draft = drafted("next", {"a": square(0)})
    first = ask_for_check(draft, by=author)
    assert ask_for_check(draft, by=author) == first
    assert EditionCheck.objects.get().done_at is None
    check_edition(draft, by=author)
    approve_edition(draft, by=gis("gis2"))
    with pytest.raises(NotADraft):
        ask_for_check(draft, by=author)
