"""The demo's draft of boundaries has one change, one gap and one overlap to be tried."""

import pytest
import shapely
from django.core.management import call_command

from demo.boundaries import CODE
from districts.editions.drafting import shapes_of
from districts.editions.flaws import find_flaws
from districts.flattening import to_metres
from districts.models import Edition, Finding, State

pytestmark = pytest.mark.django_db


def polygons(edition: Edition) -> dict[str, shapely.Geometry]:
    return {code: to_metres(shape.boundary) for code, shape in shapes_of(edition).items()}


def test_a_newcomer_finds_a_draft_with_one_change_one_gap_and_one_overlap():
    call_command("load_demo_people", verbosity=0)
    call_command("load_demo_boundaries", verbosity=0)
    call_command("load_demo_boundaries", verbosity=0)
    draft = Edition.objects.with_state().get(code=CODE)
    assert (draft.state, draft.author.username, draft.changes.count()) == (State.DRAFT, "gis", 3)
    before, after = polygons(draft.based_on), polygons(draft)
    assert all(polygon.is_valid for polygon in after.values())
    moved = {code for code in before if after[code].symmetric_difference(before[code]).area > 1}
    assert moved == {"stare-polesie", "katedralna", "chojny", "radogoszcz"}
    assert after["katedralna"].area - before["katedralna"].area > 50_000
    errors = [one for one in find_flaws(draft) if one.severity == Finding.Severity.ERROR]
    assert sorted(one.kind for one in errors) == ["gap", "overlap"]
    assert all(one.size > 500 for one in errors)
