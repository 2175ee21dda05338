import pytest
from django.core.exceptions import ImproperlyConfigured

from catalogue.models import RoutingRule
from catalogue.routing import choose_unit
from districts.models import District
from tests.factories import CITY_HALL, category
from units.models import Unit

pytestmark = pytest.mark.django_db
Scope, Mode = RoutingRule.Scope, RoutingRule.Mode


@pytest.fixture
def annex():
    """An annex of the catch-all alone, to which a test adds rows."""
    RoutingRule.objects.filter(category__isnull=False).update(is_active=False)
    return RoutingRule.objects.get(category=None, is_active=True)


def row(unit, scope=Scope.CITY, about="pothole", **place):
    about = category() if about == "pothole" else about
    return RoutingRule.objects.create(
        category=about, scope=scope, unit=Unit.objects.get(code=unit), mode=Mode.AUTOMATIC, **place
    )


def katedralna():
    return District.objects.get(code="katedralna")


def test_a_matter_that_no_row_names_goes_to_the_operator(annex):
    decision = choose_unit(category(), katedralna(), CITY_HALL)
    assert decision.unit.is_operator
    assert decision.mode == Mode.OPERATOR
    assert decision.rule == annex


def test_the_row_of_a_category_beats_the_catch_all(annex):
    rule = row("zdit")
    assert choose_unit(category(), katedralna(), CITY_HALL).rule == rule


def test_a_borough_beats_the_city(annex):
    row("zdit")
    rule = row("wgk", Scope.BOROUGH, borough="Śródmieście")
    assert choose_unit(category(), katedralna(), CITY_HALL).rule == rule


def test_a_district_beats_its_borough(annex):
    row("zdit")
    row("wgk", Scope.BOROUGH, borough="Śródmieście")
    rule = row("zzm", Scope.DISTRICT, district_code="katedralna")
    assert choose_unit(category(), katedralna(), CITY_HALL).rule == rule


def test_a_row_of_another_place_does_not_apply(annex):
    rule = row("zdit")
    row("zzm", Scope.DISTRICT, district_code="ruda")
    row("wgk", Scope.BOROUGH, borough="Górna")
    assert choose_unit(category(), katedralna(), CITY_HALL).rule == rule


def test_a_category_anywhere_beats_any_category_here(annex):
    rule = row("zdit")
    row("zzm", Scope.DISTRICT, about=None, district_code="katedralna")
    assert choose_unit(category(), katedralna(), CITY_HALL).rule == rule


def test_an_annex_without_catch_all_is_a_fault_of_the_set_up(annex):
    annex.delete()
    with pytest.raises(ImproperlyConfigured):
        choose_unit(category(), katedralna(), CITY_HALL)


def test_a_decision_takes_one_short_query(django_assert_num_queries):
    pothole, district = category(), katedralna()
    choose_unit(pothole, district, CITY_HALL)
    with django_assert_num_queries(1):
        choose_unit(pothole, district, CITY_HALL)


def test_some_categories_really_depend_on_the_place():
    sensitive = RoutingRule.objects.filter(is_active=True).exclude(scope=Scope.CITY)
    assert sensitive.values("category").distinct().count() >= 3
