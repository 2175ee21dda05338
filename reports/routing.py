"""Which unit is competent: the annex, read. Write-free."""

from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Case, IntegerField, Q, When

from districts.models import District
from units.models import Unit

from .models import Category, RoutingRule

Scope = RoutingRule.Scope


@dataclass(frozen=True, slots=True)
class RoutingDecision:
    """The unit, the mode (automatic | operator) and the row of the annex that decided.

    ``rule`` is None where a person forwarded by hand.
    """

    unit: Unit
    mode: str
    rule: RoutingRule | None


def choose_unit(category: Category, district: District) -> RoutingDecision:
    """The decision of the most specific active row: category before any, district before borough
    before city. One query. ``ImproperlyConfigured`` if even the catch-all is missing.
    """
    rule = applicable(category, district).order_by("any_category", "breadth").first()
    if rule is None:
        raise ImproperlyConfigured("The annex has no catch-all row; run load_annex.")
    return RoutingDecision(unit=rule.unit, mode=rule.mode, rule=rule)


def applicable(category: Category, district: District):
    """Active rows that cover this category in this district, with their breadth."""
    place = (
        Q(scope=Scope.CITY)
        | Q(scope=Scope.BOROUGH, borough=district.borough)
        | Q(scope=Scope.DISTRICT, district_code=district.code)
    )
    return (
        RoutingRule.objects.filter(place, is_active=True)
        .filter(Q(category=category) | Q(category=None))
        .select_related("unit")
        .annotate(any_category=ordered({Q(category=None): 1}), breadth=ordered(BREADTH))
    )


def ordered(ranks: dict[Q, int]) -> Case:
    whens = [When(condition, then=rank) for condition, rank in ranks.items()]
    return Case(*whens, default=0, output_field=IntegerField())


BREADTH = {Q(scope=Scope.BOROUGH): 1, Q(scope=Scope.CITY): 2}
