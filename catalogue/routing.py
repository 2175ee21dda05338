"""Reads from the annex which unit is competent. Write-free."""

from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured

from districts.models import District
from units.models import Unit
from web.kept import Kept

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
    and the borough over the city. ``ImproperlyConfigured`` if not even the catch-all row exists.
    """
    places = {
        (_Scope.CITY, "", ""),
        (_Scope.BOROUGH, district.borough, ""),
        (_Scope.DISTRICT, "", district.code),
    }
    rules = _active_rules()
    for rule in (*rules.get(category.pk, ()), *rules.get(None, ())):
        if (rule.scope, rule.borough, rule.district_code) in places:
            return RoutingDecision(unit=rule.unit, mode=rule.mode, rule=rule)
    raise ImproperlyConfigured("The annex has no catch-all row; run load_annex.")


def _load_active_rules() -> dict[int | None, list[RoutingRule]]:
    """By category (None: any), the rows for the smallest places first."""
    rows = RoutingRule.objects.filter(is_active=True).select_related("unit")
    by_category: dict[int | None, list[RoutingRule]] = {}
    for rule in sorted(rows, key=lambda rule: SCOPE_BREADTH[_Scope(rule.scope)]):
        by_category.setdefault(rule.category_id, []).append(rule)
    return by_category


_active_rules = Kept(_load_active_rules)


def decide_by_hand(unit: Unit) -> RoutingDecision:
    """A person, and no row of the annex, sends the report to ``unit``."""
    modes = RoutingRule.Mode
    mode = modes.OPERATOR if unit.is_operator else modes.AUTOMATIC
    return RoutingDecision(unit=unit, mode=mode, rule=None)
