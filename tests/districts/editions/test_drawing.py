from uuid import UUID, uuid4

import pytest
import shapely

from districts.editions.approving import may_approve
from districts.editions.drafting import (
    DraftChanged,
    NotADraft,
    Shape,
    change_draft,
    redo_change,
    shapes_of,
    undo_change,
)
from districts.editions.drawing import CannotDraw, Drawing, Drawn, Names, draw
from districts.models import DraftChange, Edition
from tests.districts.editions.drafts import approved, drafted, gis, square

pytestmark = pytest.mark.django_db
# Squares beside each other; after it their border lies elsewhere.
TWO = {"a": square(0), "b": square(1)}
MOVED = {"a": square(0, wide=1.25), "b": square(1.25, wide=0.75)}
BOW = shapely.Polygon([(19.45, 51.77), (19.46, 51.78), (19.46, 51.77), (19.45, 51.78)])


def drawing(act: Drawn, areas: dict, **names: str) -> Drawing:
    named = {code: Names(name, "") for code, name in names.items()}
    whole = {code: area and shapely.MultiPolygon([area]) for code, area in areas.items()}
    return Drawing(act, whole, named)


def drawn(draft: Edition, act: Drawn, areas: dict, *, revision=None, key=None, by=None, **names):
    draft.refresh_from_db()
    return draw(
        draft,
        drawing(act, areas, **names),
        by=by or gis("gis"),
        revision=draft.revision if revision is None else revision,
        key=key or uuid4(),
    )


def boundaries(draft: Edition) -> dict[str, shapely.Geometry]:
    return {code: shapely.normalize(shape.boundary) for code, shape in shapes_of(draft).items()}


def test_a_moved_border_is_one_change_of_both_sides_that_can_be_undone():
    draft = drafted("next", TWO)
    before = boundaries(draft)
    drawn(draft, Drawn.MOVED, MOVED)
    after = boundaries(draft)
    assert after["b"].equals(MOVED["b"])
    change = draft.changes.last()
    assert (change.word, change.by) == (DraftChange.Word.DRAWN, gis("gis"))
    assert change.details == {"drawn": "moved", "codes": ["a", "b"], "names": ["A", "B"]}
    undo_change(draft, by=gis("gis"))
    assert boundaries(draft) == before
    redo_change(draft, by=gis("gis"))
    assert boundaries(draft) == after


def test_a_split_makes_one_district_and_nobody_knows_how_many_live_in_its_parts():
    draft = drafted("next", TWO)
    draft.districts.update(population=100)
    halves = {"a": square(0, wide=0.5), "a2": square(0.5, wide=0.5), "b": square(1)}
    drawn(draft, Drawn.SPLIT, halves, a2="Nowe")
    shapes = shapes_of(draft)
    assert {code: shape.population for code, shape in shapes.items()} == {
        "a": None,
        "a2": None,
        "b": 100,
    }
    assert shapes["a2"].name == "Nowe"


@pytest.mark.parametrize(("known", "together"), [([100, 20], 120), ([100, None], None)])
def test_a_merge_takes_one_district_away_and_adds_up_who_lives_there(known, together):
    draft = drafted("next", TWO)
    for code, population in zip("ab", known, strict=True):
        draft.districts.filter(code=code).update(population=population)
    drawn(draft, Drawn.MERGED, {"a": square(0, wide=2), "b": None})
    assert {code: shape.population for code, shape in shapes_of(draft).items()} == {"a": together}


def test_a_new_name_leaves_the_boundary():
    draft = drafted("next", TWO)
    before = boundaries(draft)
    drawn(draft, Drawn.RENAMED, {}, a="Inna nazwa")
    assert shapes_of(draft)["a"].name == "Inna nazwa"
    assert boundaries(draft) == before


@pytest.mark.parametrize(
    ("act", "areas", "names"),
    [
        (Drawn.MOVED, {"c": square(4)}, {}),
        (Drawn.MOVED, {"a": square(0), "c": square(4)}, {}),
        (Drawn.MOVED, {"a": None}, {}),
        (Drawn.MOVED, {"a": square(0)}, {"a": "X"}),
        (Drawn.MOVED, {}, {}),
        (Drawn.SPLIT, {"a": square(0)}, {}),
        (Drawn.SPLIT, {"c": square(4)}, {"c": "C"}),
        (Drawn.SPLIT, {"a": square(0), "c": square(4)}, {}),
        (Drawn.SPLIT, {"a": square(0), "c": square(4), "d": square(5)}, {"c": "C", "d": "D"}),
        (Drawn.SPLIT, {"a": square(0), "b": None, "c": square(4)}, {"c": "C"}),
        (Drawn.MERGED, {"a": square(0)}, {}),
        (Drawn.MERGED, {"a": None, "b": None}, {}),
        (Drawn.MERGED, {"a": square(0), "c": None}, {}),
        (Drawn.MERGED, {"a": square(0), "b": None}, {"a": "X"}),
        (Drawn.RENAMED, {}, {"c": "C"}),
        (Drawn.RENAMED, {}, {"a": "A", "b": "B"}),
        (Drawn.RENAMED, {"a": square(0)}, {"a": "X"}),
    ],
)
def test_an_act_changes_only_what_is_its_own(act, areas, names):
    draft = drafted("next", TWO)
    before = boundaries(draft)
    with pytest.raises(CannotDraw):
        drawn(draft, act, areas, **names)
    assert (boundaries(draft), draft.changes.count()) == (before, 1)


def test_a_border_that_crosses_itself_is_refused_with_its_place():
    draft = drafted("next", TWO)
    with pytest.raises(CannotDraw, match=r"A przecina lub dotyka samej siebie: 51\.775"):
        drawn(draft, Drawn.MOVED, {"a": BOW})


def test_what_was_broken_before_may_be_mended_in_several_acts():
    draft = drafted("next", {"a": BOW})
    still = shapely.transform(
        BOW, lambda corners: corners + 1e-6 * (corners == BOW.exterior.coords[1])
    )
    drawn(draft, Drawn.MOVED, {"a": still})
    drawn(draft, Drawn.MOVED, {"a": square(0)})
    assert boundaries(draft)["a"].is_valid


def test_whoever_draws_upon_an_older_draft_is_told_who_changed_it_and_when():
    draft = drafted("next", TWO)
    drawn(draft, Drawn.RENAMED, {}, a="X", by=gis("gis3"))
    with pytest.raises(DraftChanged, match="gis3") as refusal:
        drawn(draft, Drawn.MOVED, MOVED, revision=1)
    draft.refresh_from_db()
    assert refusal.value.extra == {
        "revision": 2,
        "by": "gis3",
        "at": draft.changed_at.isoformat(),
    }
    assert boundaries(draft)["b"].equals(square(1))


def test_who_took_a_change_back_is_named_and_not_who_had_made_it():
    draft = drafted("next", TWO)
    undo_change(draft, by=gis("gis3"))
    with pytest.raises(DraftChanged, match="gis3"):
        change_draft(draft, {}, by=gis("gis"), word=DraftChange.Word.DRAWN, revision=1)


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_an_act_that_is_sent_again_is_done_once(steps):
    draft, key = drafted("next", TWO), UUID(int=7)
    acts = [
        lambda: drawn(draft, Drawn.MOVED, MOVED, revision=1, key=key),
        lambda: undo_change(draft, by=gis("gis"), revision=2, key=UUID(int=8)),
        lambda: redo_change(draft, by=gis("gis"), revision=3, key=UUID(int=9)),
    ]
    for act in acts[: steps + 1]:
        done = act().revision
    assert acts[steps]().revision == done
    assert Edition.objects.get(pk=draft.pk).revision == done == steps + 2


def test_a_key_of_an_act_before_the_last_one_is_a_conflict():
    draft, key = drafted("next", TWO), UUID(int=7)
    drawn(draft, Drawn.MOVED, MOVED, revision=1, key=key)
    drawn(draft, Drawn.RENAMED, {}, a="X")
    with pytest.raises(DraftChanged):
        drawn(draft, Drawn.MOVED, MOVED, revision=1, key=key)


def test_an_approved_edition_is_not_drawn():
    edition = approved("next", TWO)
    with pytest.raises(NotADraft):
        drawn(edition, Drawn.MOVED, MOVED)


def test_whoever_draws_in_the_draft_of_somebody_else_does_not_approve_it():
    draft = drafted("next", TWO, by=gis("gis"))
    assert may_approve(draft, gis("gis2"))
    drawn(draft, Drawn.MOVED, MOVED, by=gis("gis2"))
    assert not may_approve(draft, gis("gis2"))


def test_what_the_device_does_not_know_of_a_district_stays():
    draft = drafted("next", {"a": square(0)})
    change_draft(
        draft,
        {"a": Shape("A", square(0), borough="Widzew", teryt="106106")},
        by=gis("gis"),
        word=DraftChange.Word.UPLOADED,
    )
    drawn(draft, Drawn.MOVED, {"a": square(0, high=2)})
    shape = shapes_of(draft)["a"]
    assert (shape.borough, shape.teryt) == ("Widzew", "106106")
