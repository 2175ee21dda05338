"""Which unit is competent: the annex, read. Write-free."""

from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q

from districts.models import District
from units.models import Unit

from .models import Category, RoutingRule

_Scope = RoutingRule.Scope


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
    rule = min(_applicable(category, district), key=_generality, default=None)
    if rule is None:
        raise ImproperlyConfigured("The annex has no catch-all row; run load_annex.")
    return RoutingDecision(unit=rule.unit, mode=rule.mode, rule=rule)


def decide_by_hand(unit: Unit) -> RoutingDecision:
    """A person, and no row of the annex, sends the report to ``unit``."""
    modes = RoutingRule.Mode
    mode = modes.OPERATOR if unit.is_operator else modes.AUTOMATIC
    return RoutingDecision(unit=unit, mode=mode, rule=None)


def _applicable(category: Category, district: District):
    """Active rows that cover this category in this district: a handful at most."""
    place = (
        Q(scope=_Scope.CITY)
        | Q(scope=_Scope.BOROUGH, borough=district.borough)
        | Q(scope=_Scope.DISTRICT, district_code=district.code)
    )
    matter = Q(category=category) | Q(category=None)
    return RoutingRule.objects.filter(place, matter, is_active=True).select_related("unit")


def _generality(rule: RoutingRule) -> tuple[bool, int]:
    """Small for a row that says much: a row of the category, then the narrowest place."""
    return rule.category_id is None, _BREADTH[_Scope(rule.scope)]


_BREADTH = {_Scope.DISTRICT: 0, _Scope.BOROUGH: 1, _Scope.CITY: 2}
