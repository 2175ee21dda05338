"""Reads from the annex which unit is competent. Write-free."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.gis.geos import Point
from django.core.exceptions import ImproperlyConfigured

from districts.locating import find_region
from districts.models import District
from units.models import Unit
from web.kept import Kept

from .models import Category, RoutingRule

_Scope = RoutingRule.Scope
# How large a place is; the row for the smallest place wins.
SCOPE_BREADTH = {_Scope.REGION: 0, _Scope.DISTRICT: 1, _Scope.BOROUGH: 2, _Scope.CITY: 3}


@dataclass(frozen=True, slots=True)
class RoutingDecision:
    """The unit, the mode (automatic | operator) and the row of the annex that decided.

    ``rule`` is None where a person forwarded the report by hand. ``region``: the region of another
    layer by which that row binds, if it does.
    """

    unit: Unit
    mode: str
    rule: RoutingRule | None
    region: District | None = None


class RoutingTable:
    """An annex in memory: its active rows, or rows that somebody proposes."""

    def __init__(self, rules: Iterable[RoutingRule]) -> None:
        # By category (None: any), the rows for the smallest places first.
        self._rows: dict[int | None, list[RoutingRule]] = {}
        for rule in sorted(rules, key=lambda rule: SCOPE_BREADTH[_Scope(rule.scope)]):
            self._rows.setdefault(rule.category_id, []).append(rule)

    @property
    def rules(self) -> list[RoutingRule]:
        return [rule for rules in self._rows.values() for rule in rules]

    @property
    def layers(self) -> set[str]:
        """Codes of the layers, besides the osiedla, by which some row binds."""
        return {rule.layer_id for rule in self.rules if rule.layer_id is not None}

    def rules_for(self, category: int) -> tuple[RoutingRule, ...]:
        """The rows that can bind for the category with that key; of those that fit a place, the
        first binds.
        """
        return (*self._rows.get(category, ()), *self._rows.get(None, ()))

    def find_rule(
        self, category: int, district: str, borough: str, region_in: Callable[[str], str | None]
    ) -> RoutingRule:
        """The row that binds for the category with that key in the district with that code.

        ``region_in`` gives the code of the place's region in a layer (by its code), None where that
        layer does not reach; it is called only when a row of that layer can matter. A row of the
        category wins over one for any category; then a region wins over a district, a district over
        its borough, and the borough over the city. ``ImproperlyConfigured`` if not even the
        catch-all row exists.
        """
        for rule in self.rules_for(category):
            if rule.layer_id is not None:
                if region_in(rule.layer_id) == rule.district_code:
                    return rule
            elif rule.fits(district, borough):
                return rule
        raise ImproperlyConfigured("The annex has no catch-all row; run load_annex.")


def choose_unit(
    category: Category, district: District, point: Point, *, at: datetime | None = None
) -> RoutingDecision:
    """The decision of the most specific active row of the annex (see ``RoutingTable.find_rule``).

    ``point`` (EPSG:4326) tells the region, by the edition in force now or at ``at``, where a row of
    another layer can matter: one more statement for each such layer. ``ImproperlyConfigured`` if no
    row binds.
    """
    regions: dict[str, District | None] = {}

    def region_in(layer: str) -> str | None:
        if layer not in regions:
            regions[layer] = find_region(point, layer, at=at)
        region = regions[layer]
        return region.code if region else None

    rule = routing_table().find_rule(category.pk, district.code, district.borough, region_in)
    return decide_by_rule(rule, regions)


def decide_by_rule(rule: RoutingRule, regions: Mapping[str, District | None]) -> RoutingDecision:
    """What a row decides; ``regions``: those of the place, by the codes of their layers."""
    region = regions[rule.layer_id] if rule.layer_id is not None else None
    return RoutingDecision(unit=rule.unit, mode=rule.mode, rule=rule, region=region)


def _load_routing_table() -> RoutingTable:
    return RoutingTable(
        RoutingRule.objects.filter(is_active=True).select_related("category", "unit")
    )


# The annex in force.
routing_table = Kept(_load_routing_table)


def decide_by_hand(unit: Unit) -> RoutingDecision:
    """A person, and no row of the annex, sends the report to ``unit``."""
    modes = RoutingRule.Mode
    mode = modes.OPERATOR if unit.is_operator else modes.AUTOMATIC
    return RoutingDecision(unit=unit, mode=mode, rule=None)
