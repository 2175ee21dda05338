"""Ground that the annex leaves to nobody, or gives to two."""

from datetime import timedelta

import pytest
import shapely
from django.utils import timezone

from catalogue.coverage import find_claimed_twice, find_idle_rules, find_unanswered
from catalogue.models import Category, RoutingRule
from districts.flattening import to_metres
from districts.models import Activation, Edition, Layer
from tests.districts.editions.drafts import approved, regions, square
from tests.factories import POTHOLE, category
from units.models import Unit

pytestmark = pytest.mark.django_db
Scope, Mode = RoutingRule.Scope, RoutingRule.Mode
# Square metres of a square of the tests.
SQUARE = to_metres(square(0)).area


@pytest.fixture(autouse=True)
def annex():
    """Potholes alone, which no row fits, and the catch-all."""
    RoutingRule.objects.filter(category__isnull=False).update(is_active=False)
    Category.objects.exclude(code=POTHOLE).update(is_active=False)


def row(unit: str, scope: str = Scope.CITY, **place) -> RoutingRule:
    unit_row = Unit.objects.get(code=unit)
    mode = Mode.OPERATOR if unit_row.is_operator else Mode.AUTOMATIC
    values = {"category": category(POTHOLE), "scope": scope, "unit": unit_row, "mode": mode}
    return RoutingRule.objects.create(**values | place)


def in_force(layer: str, shapes: dict) -> Layer:
    edition = approved(f"{layer}-1", shapes, layer=regions(layer))
    at = timezone.now() - timedelta(days=1)
    Activation.objects.create(layer=edition.layer, edition=edition, at=at)
    return edition.layer


def region(unit: str, layer: Layer, code: str) -> RoutingRule:
    return row(unit, Scope.REGION, layer=layer, district_code=code)


def test_a_category_without_a_row_has_nobody_anywhere():
    [found] = find_unanswered()
    assert (found.category.code, found.is_everywhere, found.is_chosen) == (POTHOLE, True, False)
    assert len(found.grounds) == 36
    # The city has 293 km².
    assert found.m2 == pytest.approx(293e6, rel=0.01)


def test_where_a_row_fits_a_unit_answers():
    row("zdit")
    assert find_unanswered() == []


def test_districts_and_boroughs_without_a_row_are_named():
    row("zdit", Scope.BOROUGH, borough="Górna")
    row("wgk", Scope.DISTRICT, district_code="katedralna")
    [found] = find_unanswered()
    left = set(
        Edition.objects.in_force()
        .districts.exclude(borough="Górna")
        .exclude(code="katedralna")
        .values_list("code", flat=True)
    )
    assert {ground.code for ground in found.grounds} == left
    assert not found.is_everywhere


def test_a_row_that_leads_to_the_operator_is_told_apart():
    row("lckzm", Scope.DISTRICT, district_code="katedralna")
    nobody, chosen = find_unanswered()
    assert (nobody.is_chosen, len(nobody.grounds)) == (False, 35)
    assert (chosen.is_chosen, [ground.code for ground in chosen.grounds]) == (True, ["katedralna"])


def test_outside_the_regions_of_a_layer_the_next_row_answers_or_nobody_does():
    mowing = in_force("mowing", {"north": square(0), "south": square(1)})
    region("zzm", mowing, "north")
    row("wgk", Scope.DISTRICT, district_code="katedralna")
    assert "katedralna" not in {ground.code for ground in find_unanswered()[0].grounds}
    RoutingRule.objects.filter(scope=Scope.DISTRICT).update(is_active=False)
    [found] = find_unanswered()
    katedralna = next(ground for ground in found.grounds if ground.code == "katedralna")
    boundary = Edition.objects.in_force().districts.get(code="katedralna").boundary
    whole = to_metres(shapely.from_wkb(bytes(boundary.wkb))).area
    assert katedralna.m2 == pytest.approx(whole - SQUARE, abs=1)
    # "south" has no row, so it belongs to nobody either.
    assert katedralna.shape.covers(square(1).centroid)
    assert not katedralna.shape.covers(square(0).centroid)


def test_a_region_that_leads_to_the_operator_is_shown_alone():
    mowing = in_force("mowing", {"north": square(0)})
    region("lckzm", mowing, "north")
    row("zdit")
    [found] = find_unanswered()
    [ground] = found.grounds
    assert (ground.code, found.is_chosen) == ("katedralna", True)
    assert ground.m2 == pytest.approx(SQUARE, rel=0.001)


def test_two_layers_that_contradict_each_other_claim_their_common_ground():
    mowing = in_force("mowing", {"north": square(0, wide=2)})
    lamps = in_force("lamps", {"east": square(1, wide=2)})
    region("zzm", mowing, "north")
    region("wgk", lamps, "east")
    [found] = find_claimed_twice()
    assert {rule.place_code for rule in found.rules} == {"mowing/north", "lamps/east"}
    assert found.m2 == pytest.approx(SQUARE, rel=0.001)


def test_two_layers_that_agree_or_only_touch_claim_nothing():
    mowing = in_force("mowing", {"north": square(0, wide=2)})
    lamps = in_force("lamps", {"east": square(1, wide=2), "far": square(2)})
    region("zzm", mowing, "north")
    region("zzm", lamps, "east")
    region("wgk", lamps, "far")
    assert find_claimed_twice() == []


def test_rows_whose_place_is_not_in_force_bind_nowhere():
    mowing = in_force("mowing", {"north": square(0)})
    region("zzm", mowing, "north")
    gone, lost = region("zzm", mowing, "east"), row("wgk", Scope.DISTRICT, district_code="krakow")
    assert find_idle_rules() == [gone, lost]
