"""The annex as people read it: by category, which unit is competent and where. Write-free."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from catalogue.models import Category, RoutingRule
from catalogue.routing import SCOPE_BREADTH
from districts.models import OSIEDLA, Borough, District, Edition, Layer
from units.models import Unit

_Scope = RoutingRule.Scope


@dataclass(slots=True)
class DecisionLine:
    """One decision (unit and mode) and all places of one scope in which it holds; ``layer``: that
    of the places, if they are regions.
    """

    scope: str
    layer: Layer | None
    unit: Unit
    mode_text: str
    places: list[str] = field(default_factory=list)


@dataclass(slots=True)
class CategoryLines:
    category: Category
    lines: list[DecisionLine]


@dataclass(slots=True)
class Annex:
    """``groups``: name → categories with their lines; ``rest``: for what no category covers."""

    groups: dict[str, list[CategoryLines]]
    rest: list[DecisionLine]
    is_proposal: bool
    names_regions: bool


def annex_in_force() -> Annex:
    """The annex of the active rows, categories in the order in which residents see them.

    Three queries, and two for each layer whose regions it names.
    """
    rules = list(
        RoutingRule.objects.filter(is_active=True)
        .exclude(category__is_active=False)
        .select_related("category__group", "unit", "layer")
    )
    names = _names_of_places({OSIEDLA, *(rule.layer_id or OSIEDLA for rule in rules)})
    by_category: dict[Category, list[RoutingRule]] = defaultdict(list)
    for rule in rules:
        if rule.category is not None:
            by_category[rule.category].append(rule)
    groups: dict[str, list[CategoryLines]] = {}
    for category in sorted(by_category, key=lambda c: (c.group.position, c.position, c.code)):
        lines = _merge_rules(by_category[category], names)
        groups.setdefault(category.group.name, []).append(CategoryLines(category, lines))
    rest = _merge_rules([rule for rule in rules if rule.category is None], names)
    return Annex(
        groups,
        rest,
        is_proposal=any(rule.is_proposal for rule in rules),
        names_regions=any(rule.layer_id is not None for rule in rules),
    )


def _names_of_places(layers: Iterable[str]) -> dict[tuple[str, str], str]:
    """By code of the layer and of the place, as the editions in force call it."""
    editions = {layer: Edition.objects.in_force_or_none(layer) for layer in layers}
    return {
        (layer, code): name
        for layer, edition in editions.items()
        for code, name in District.objects.filter(edition=edition).values_list("code", "name")
    }


def _merge_rules(
    rules: Iterable[RoutingRule], names: dict[tuple[str, str], str]
) -> list[DecisionLine]:
    """The most specific first, as it wins; places in the order of the Polish alphabet."""
    merged: dict[tuple, DecisionLine] = {}
    for rule in sorted(rules, key=_order):
        key = (rule.scope, rule.layer_id, rule.unit_id, rule.mode)
        line = merged.setdefault(
            key, DecisionLine(rule.scope, rule.layer, rule.unit, rule.get_mode_display())
        )
        if rule.scope != _Scope.CITY:
            name = names.get((rule.layer_id or OSIEDLA, rule.district_code))
            line.places.append(name or rule.borough or rule.district_code)
    return list(merged.values())


def _order(rule: RoutingRule) -> tuple:
    """Places in alphabetical order: districts by code, boroughs as they are declared.

    Names would be sorted wrongly, because Polish letters come after "z".
    """
    place = rule.district_code or (Borough.values.index(rule.borough) if rule.borough else "")
    return SCOPE_BREADTH[_Scope(rule.scope)], rule.layer_id or "", rule.unit.short_name, place
