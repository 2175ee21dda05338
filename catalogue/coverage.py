"""Where the annex leaves a category to no unit, and where two of its rows claim the same ground.

Write-free. Geometries are EPSG:4326, sizes are square metres of EPSG:2180.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import shapely

from districts.editions.differing import Named
from districts.editions.fitting import ROUNDING
from districts.editions.flaws import districts_of
from districts.editions.measuring import flatten, polygons_of
from districts.models import OSIEDLA, Edition

from .models import Category, RoutingRule
from .routing import RoutingTable, routing_table

Scope = RoutingRule.Scope
# What is smaller, in square metres, comes from rounding.
_LEAST_M2 = 1.0
Grounds = Mapping[str, Named]


@dataclass(frozen=True, slots=True)
class Ground:
    """A part of the osiedle with this ``code``. ``is_whole``: all of it."""

    code: str
    name: str
    shape: shapely.Geometry
    m2: float
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Ground where ``category`` leads to the operator. ``is_chosen``: by a row about this category,
    so that somebody wants it so; else no row of the annex fits there.
    """

    category: Category
    is_chosen: bool
    grounds: list[Ground]
    is_everywhere: bool

    @property
    def m2(self) -> float:
        return sum(ground.m2 for ground in self.grounds)


@dataclass(frozen=True, slots=True)
class ClaimedTwice:
    """Ground in regions of two layers whose rows say different things of one category (None: of
    any): which of the two binds there is chance.
    """

    category: Category | None
    rules: tuple[RoutingRule, RoutingRule]
    shape: shapely.Geometry
    m2: float


def find_unanswered() -> list[Unanswered]:
    """For each category that leads to a report, the ground where no unit answers, by the annex and
    the editions in force. What no row fits comes first.
    """
    table = routing_table()
    districts, regions = _in_force(OSIEDLA), {code: _in_force(code) for code in table.layers}
    found = []
    rows = Category.objects.reportable().order_by("group__position", "position", "code")
    for category in rows:
        left: dict[bool, list[Ground]] = {}
        for code, place in districts.items():
            for rule, rest in _left_to_operator(table, category, code, place, regions):
                is_whole = rest is place.ground
                parts = [rest] if is_whole else _real_parts(rest)
                if not parts:
                    continue
                shape = rest if is_whole else shapely.MultiPolygon(parts)
                ground = Ground(code, place.name, shape, _square_metres(parts), is_whole)
                left.setdefault(rule.category_id is not None, []).append(ground)
        for is_chosen, grounds in left.items():
            everywhere = len(grounds) == len(districts) and all(one.is_whole for one in grounds)
            found.append(Unanswered(category, is_chosen, grounds, everywhere))
    return sorted(found, key=lambda one: one.is_chosen)


def _left_to_operator(
    table: RoutingTable,
    category: Category,
    district: str,
    place: Named,
    regions: Mapping[str, Grounds],
) -> Iterator[tuple[RoutingRule, shapely.Geometry]]:
    """The rows by which the operator gets ground of one district, each with that ground."""
    rest = place.ground
    for rule in table.rules_for(category.pk):
        if rule.layer_id is None:
            if rule.fits(district, place.borough):
                if rule.unit.is_operator:
                    yield rule, rest
                return
            continue
        region = regions[rule.layer_id].get(rule.district_code)
        if region is None or not rest.intersects(region.ground):
            continue
        if rule.unit.is_operator:
            yield rule, rest & region.ground
        rest = rest - region.ground
        if rest.is_empty:
            return


def find_claimed_twice() -> list[ClaimedTwice]:
    """Ground where rows of two layers of regions contradict each other, the largest first."""
    by_category: dict[int | None, list[RoutingRule]] = {}
    for rule in routing_table().rules:
        if rule.layer_id is not None:
            by_category.setdefault(rule.category_id, []).append(rule)
    layers = {rule.layer_id for rules in by_category.values() for rule in rules if rule.layer_id}
    regions = {code: _in_force(code) for code in sorted(layers)}
    found = []
    for rules in by_category.values():
        for one, other in combinations(rules, 2):
            if one.layer_id == other.layer_id or one.decides_as(other):
                continue
            parts = _real_parts(_ground_of(one, regions) & _ground_of(other, regions))
            if parts:
                shape, m2 = shapely.MultiPolygon(parts), _square_metres(parts)
                found.append(ClaimedTwice(one.category, (one, other), shape, m2))
    return sorted(found, key=lambda row: -row.m2)


def find_idle_rules() -> list[RoutingRule]:
    """Active rows that bind nowhere, because their place is in no edition in force."""
    table = routing_table()
    places = {code: _codes_in_force(code) for code in {OSIEDLA, *table.layers}}
    return [
        rule
        for rule in table.rules
        if rule.district_code and rule.district_code not in places[rule.layer_id or OSIEDLA]
    ]


def _in_force(layer: str) -> Grounds:
    edition = Edition.objects.in_force_or_none(layer)
    return districts_of(edition) if edition else {}


def _codes_in_force(layer: str) -> set[str]:
    edition = Edition.objects.in_force_or_none(layer)
    return set(edition.districts.values_list("code", flat=True)) if edition else set()


def _ground_of(rule: RoutingRule, regions: Mapping[str, Grounds]) -> shapely.Geometry:
    region = regions[rule.layer_id or ""].get(rule.district_code)
    return region.ground if region else shapely.Polygon()


def _real_parts(shape: shapely.Geometry) -> list[shapely.Polygon]:
    """The polygons of a geometry that rounded coordinates do not explain."""
    parts = polygons_of(shape)
    return [
        part
        for part, flat in zip(parts, flatten(parts), strict=True)
        if flat.area >= _LEAST_M2 and 2 * flat.area / flat.length >= ROUNDING
    ]


def _square_metres(parts: Sequence[shapely.Geometry]) -> float:
    return float(sum(flat.area for flat in flatten(parts)))
