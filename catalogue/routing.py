"""Reads from the annex which unit is competent. Write-free."""

from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q

from districts.models import District
from units.models import Unit

from .models import Category, RoutingRule

_Scope = RoutingRule.Scope
# How large a place is; the row for the smallest place wins.
SCOPE_BREADTH = {_Scope.DISTRICT: 0, _Scope.BOROUGH: 1, _Scope.CITY: 2}


@dataclass(frozen=True, slots=True)
class RoutingDecision:
    """The unit, the mode (automatic | operator) and the row of the annex that decided.

    ``rule`` is None where a person forwarded the report by hand.
    """

    unit: Unit
    mode: str
    rule: RoutingRule | None


def choose_unit(category: Category, district: District) -> RoutingDecision:
    """The decision of the most specific active row of the annex.

    A row of the category wins over one for any category; then a district wins over its borough,
    and the borough over the city. One query. ``ImproperlyConfigured`` if not even the catch-all
    row exists.
    """
    place = (
        Q(scope=_Scope.CITY)
        | Q(scope=_Scope.BOROUGH, borough=district.borough)
        | Q(scope=_Scope.DISTRICT, district_code=district.code)
    )
    matter = Q(category=category) | Q(category=None)
    # At most a handful of rows.
    rules = RoutingRule.objects.filter(place, matter, is_active=True).select_related("unit")
    rule = min(
        rules,
        key=lambda rule: (rule.category_id is None, SCOPE_BREADTH[_Scope(rule.scope)]),
        default=None,
    )
    if rule is None:
        raise ImproperlyConfigured("The annex has no catch-all row; run load_annex.")
    return RoutingDecision(unit=rule.unit, mode=rule.mode, rule=rule)


def decide_by_hand(unit: Unit) -> RoutingDecision:
    """A person, and no row of the annex, sends the report to ``unit``."""
    modes = RoutingRule.Mode
    mode = modes.OPERATOR if unit.is_operator else modes.AUTOMATIC
    return RoutingDecision(unit=unit, mode=mode, rule=None)
