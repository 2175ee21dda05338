import pytest
import shapely

from districts.editions.approving import approve_edition
from districts.editions.drafting import (
    CodeTaken,
    DraftChanged,
    NotADraft,
    NothingToUndo,
    Shape,
    begin_draft,
    change_draft,
    describe_draft,
    redo_change,
    shapes_of,
    undo_change,
)
from districts.models import OSIEDLA, DraftChange, Edition, Layer, State
from tests.districts.editions.drafts import approved, drafted, square
from tests.people import person

pytestmark = pytest.mark.django_db
DRAWN = DraftChange.Word.DRAWN


@pytest.fixture
def gis():
    return person("gis", role="gis")


def boundaries(edition: Edition) -> dict[str, shapely.Geometry]:
    return {code: shapely.normalize(shape.boundary) for code, shape in shapes_of(edition).items()}


def test_a_draft_begins_with_the_districts_in_force(gis):
    base = Edition.objects.in_force()
    draft = begin_draft(Layer.objects.get(pk=OSIEDLA), "next", by=gis, source="x", credit="x")
    assert (draft.based_on, boundaries(draft)) == (base, boundaries(base))
    assert Edition.objects.with_state().get(pk=draft.pk).state == State.DRAFT
    assert draft.steps.get().by == gis
    with pytest.raises(CodeTaken):
        begin_draft(draft.layer, "next", by=gis, source="x", credit="x")


def test_changes_are_undone_and_done_again_without_end(gis):
    draft = drafted("next", {"a": square(0), "b": square(1)}, by=gis)
    states = [boundaries(draft)]
    for change in (
        {"a": Shape("A", square(0, high=2))},
        {"b": None},
        {"c": Shape("C", square(3), population=12), "a": None},
    ):
        change_draft(draft, change, by=gis, word=DRAWN)
        states.append(boundaries(draft))
    assert [set(state) for state in states] == [{"a", "b"}, {"a", "b"}, {"a"}, {"c"}]
    for expected in reversed(states[:-1]):
        undo_change(draft, by=gis)
        assert boundaries(draft) == expected
    for expected in states[1:]:
        redo_change(draft, by=gis)
        assert boundaries(draft) == expected
    assert draft.districts.get(code="c").population == 12
    with pytest.raises(NothingToUndo):
        redo_change(draft, by=gis)


def test_what_was_undone_is_gone_when_something_else_is_done(gis):
    draft = drafted("next", {"a": square(0)}, by=gis)
    change_draft(draft, {"a": None}, by=gis, word=DRAWN)
    undo_change(draft, by=gis)
    change_draft(draft, {"b": Shape("B", square(1))}, by=gis, word=DRAWN)
    with pytest.raises(NothingToUndo):
        redo_change(draft, by=gis)
    assert set(shapes_of(draft)) == {"a", "b"}


def test_who_changes_what_somebody_else_changed_is_told_by_whom(gis):
    draft = drafted("next", {"a": square(0)}, by=gis)
    other = person("gis3", role="gis")
    change_draft(draft, {"b": Shape("B", square(1))}, by=other, word=DRAWN, revision=1)
    with pytest.raises(DraftChanged, match="gis3"):
        change_draft(draft, {"a": None}, by=gis, word=DRAWN, revision=1)
    assert set(shapes_of(draft)) == {"a", "b"}


def test_a_change_asks_for_new_checks(gis):
    edition = drafted("next", {"a": square(0)}, by=gis)
    edition.checked_at = edition.created_at
    edition.save()
    assert Edition.objects.with_state().get(pk=edition.pk).state == State.CHECKED
    change_draft(edition, {"a": None}, by=gis, word=DRAWN)
    assert Edition.objects.with_state().get(pk=edition.pk).state == State.DRAFT


def test_what_crosses_itself_can_be_kept_in_a_draft(gis):
    bow = shapely.Polygon([(19.45, 51.77), (19.46, 51.78), (19.46, 51.77), (19.45, 51.78)])
    assert boundaries(drafted("next", {"a": bow}, by=gis)).keys() == {"a"}


def test_an_approved_edition_is_no_draft(gis):
    edition = approved("next", {"a": square(0)}, by=gis)
    for act in (
        lambda: change_draft(edition, {"a": None}, by=gis, word=DRAWN),
        lambda: undo_change(edition, by=gis),
        lambda: describe_draft(edition, by=gis, reason="x"),
        lambda: approve_edition(edition, by=gis),
    ):
        with pytest.raises(NotADraft):
            act()
    assert set(shapes_of(edition)) == {"a"}


def test_a_draft_is_described(gis):
    draft = drafted("next", {"a": square(0)}, by=gis)
    describe_draft(draft, by=gis, reason="Nowa ulica", resolution="XII/345/26")
    draft.refresh_from_db()
    assert (draft.reason, draft.resolution) == ("Nowa ulica", "XII/345/26")
    assert draft.steps.last().details == {"fields": ["reason", "resolution"]}
