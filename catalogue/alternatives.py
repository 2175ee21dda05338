"""Why a report does not go elsewhere: the rows of the annex that could have won, and why they lost.
Write-free.
"""

from dataclasses import dataclass, field

from django.contrib.gis.geos import Point

from districts.locating import find_region
from districts.models import Borough, District
from units.models import Unit

from .models import Category, RoutingRule
from .routing import routing_table

_MOST = 4


@dataclass(slots=True)
class Alternative:
    """Rows of one unit, of one kind of place. ``fits``: they are about this place too, and lost
    because another row is more exact; otherwise they are about the places that are named.
    ``is_for_all``: rows for any category.
    """

    unit: Unit
    scope: str
    fits: bool
    is_for_all: bool
    codes: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)


def find_alternatives(category: Category, district: District, point: Point) -> list[Alternative]:
    """What the annex in force could have said of ``category`` at ``point`` (EPSG:4326) in
    ``district`` but for the row that wins: at most four, those that fit first, and none that gives
    the unit of the winner. One statement for the names of places, and one for each other layer.
    """
    rules = routing_table().rules_for(category.pk)
    fitting = [rule for rule in rules if _fits(rule, district, point)]
    winner, found = fitting[0], {}
    for rule in rules:
        if rule.unit_id == winner.unit_id:
            continue
        key = (rule.unit_id, rule.scope, rule in fitting, rule.category_id is None)
        if key not in found:
            found[key] = Alternative(rule.unit, rule.scope, rule in fitting, key[-1])
        found[key].codes.append(rule.district_code or rule.borough)
    chosen = sorted(found.values(), key=lambda one: (not one.fits, one.is_for_all))[:_MOST]
    _name_places(chosen, district)
    return chosen


def _fits(rule: RoutingRule, district: District, point: Point) -> bool:
    if rule.layer_id is None:
        return rule.fits(district.code, district.borough)
    region = find_region(point, rule.layer_id)
    return region is not None and region.code == rule.district_code


def _name_places(alternatives: list[Alternative], district: District) -> None:
    codes = {code for one in alternatives for code in one.codes if code}
    named = District.objects.filter(code__in=codes, edition_id=district.edition_id)
    names = dict(named.values_list("code", "name")) | dict(Borough.choices)
    for one in alternatives:
        one.places = [names.get(code, code) for code in one.codes if code]
