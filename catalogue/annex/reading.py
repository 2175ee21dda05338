"""The annex as people read it: groups of categories, who is competent, and where. Write-free."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from catalogue.models import Category, RoutingRule
from districts.models import Borough, Edition
from units.models import Unit

Scope = RoutingRule.Scope
_BREADTH = {Scope.DISTRICT: 0, Scope.BOROUGH: 1, Scope.CITY: 2}


@dataclass(slots=True)
class Line:
    """One decision (unit and mode) and all places of one scope in which it holds."""

    scope: str
    unit: Unit
    mode_text: str
    places: list[str] = field(default_factory=list)


@dataclass(slots=True)
class CategoryLines:
    category: Category
    lines: list[Line]


@dataclass(slots=True)
class Annex:
    """``groups``: name → categories with their lines; ``rest``: for what no category covers."""

    groups: dict[str, list[CategoryLines]]
    rest: list[Line]
    is_proposal: bool


def read_annex() -> Annex:
    """The active rows. Three queries."""
    rules = list(
        RoutingRule.objects.filter(is_active=True)
        .exclude(category__is_active=False)
        .select_related("category__group", "unit")
    )
    names = _district_names()
    groups: dict[str, list[CategoryLines]] = {}
    for category, own in _by_category(rules):
        groups.setdefault(category.group.name, []).append(
            CategoryLines(category, _lines(own, names))
        )
    rest = _lines([rule for rule in rules if rule.category is None], names)
    return Annex(groups, rest, is_proposal=any(rule.is_proposal for rule in rules))


def _district_names() -> dict[str, str]:
    edition = Edition.objects.in_force()
    return dict(edition.districts.values_list("code", "name"))


def _by_category(rules: Iterable[RoutingRule]) -> Iterable[tuple[Category, list[RoutingRule]]]:
    """Rules of each category, in the order in which residents see the categories."""
    with_category = [rule for rule in rules if rule.category is not None]
    ordered = sorted(with_category, key=_position)
    for _code, own in groupby(ordered, key=lambda rule: rule.category_id):
        rows = list(own)
        if category := rows[0].category:
            yield category, rows


def _position(rule: RoutingRule) -> tuple:
    category = rule.category
    return (category.group.position, category.position, category.code) if category else ()


def _lines(rules: Iterable[RoutingRule], names: dict[str, str]) -> list[Line]:
    """The most specific first, as they win; places in the order of the Polish alphabet."""
    merged: dict[tuple, Line] = {}
    for rule in sorted(rules, key=_specificity):
        key = (rule.scope, rule.unit_id, rule.mode)
        line = merged.setdefault(key, Line(rule.scope, rule.unit, rule.get_mode_display()))
        if rule.scope != Scope.CITY:
            line.places.append(names.get(rule.district_code) or rule.borough or rule.district_code)
    return list(merged.values())


def _specificity(rule: RoutingRule) -> tuple:
    """Codes stand for names: they sort Polish letters where people look for them."""
    place = rule.district_code or (Borough.values.index(rule.borough) if rule.borough else "")
    return _BREADTH[Scope(rule.scope)], rule.unit.short_name, place
