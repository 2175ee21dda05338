"""The demo's draft of boundaries has one change, one gap and one overlap to be tried."""

import pytest
import shapely
from django.core.management import call_command

from demo.boundaries import CODE
from districts.editions.drafting import shapes_of
from districts.flattening import to_metres
from districts.models import Edition, State

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
    whole = shapely.union_all(list(after.values()))
    holes = [shapely.Polygon(ring).area for ring in shapely.get_parts(whole)[0].interiors]
    assert [area for area in holes if area > 1] == pytest.approx([2_300], rel=0.5)
    overlap = sum(polygon.area for polygon in after.values()) - whole.area
    assert overlap == pytest.approx(2_300, rel=0.5)
