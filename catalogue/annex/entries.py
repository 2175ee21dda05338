"""What an entry of an annex may say, however it is written down: its fields are named as in
``fixtures/annex.yaml``. One entry may name several places; each is a row.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from catalogue.models import Category, RoutingRule
from districts.models import OSIEDLA, Borough, District, Edition, Layer
from units.models import Unit

# An entry names at most one of these.
PLACES = ("regions", "districts", "boroughs")
_Scope = RoutingRule.Scope
_Mode = RoutingRule.Mode


@dataclass(frozen=True, slots=True)
class Known:
    """What entries may refer to, by code. ``districts``: by their layers."""

    categories: Mapping[str, Category]
    units: Mapping[str, Unit]
    layers: Mapping[str, Layer]
    districts: Mapping[str, Collection[str]]


class Wrong(StrEnum):
    """``UNKNOWN``: a code that nobody knows; ``PLACES``: more than one kind of place; ``LAYER``: a
    layer without regions, or regions without a layer.
    """

    UNKNOWN = "unknown"
    PLACES = "places"
    LAYER = "layer"


@dataclass(frozen=True, slots=True)
class Problem:
    """``what``: unit, mode, category, layer, district, region or borough, with the ``value`` that
    is unknown and those that are ``known``.
    """

    wrong: Wrong
    what: str = ""
    value: str = ""
    known: Collection[str] = ()


def known_codes(*, draft: Edition | None = None) -> Known:
    """Of everything in force; in its own layer, of ``draft`` in place of the edition in force."""
    layers = {layer.code: layer for layer in Layer.objects.all()}
    editions = {code: Edition.objects.in_force_or_none(code) for code in layers}
    if draft is not None:
        editions[draft.layer.pk] = draft
    return Known(
        {category.code: category for category in Category.objects.filter(is_active=True)},
        {unit.code: unit for unit in Unit.objects.filter(is_active=True, takes_reports=True)},
        layers,
        {
            code: set(District.objects.filter(edition=edition).values_list("code", flat=True))
            for code, edition in editions.items()
        },
    )


def find_problems(entry: Mapping[str, Any], known: Known) -> Iterator[Problem]:
    """What would route wrongly; the fields have the right types."""
    if sum(name in entry for name in PLACES) > 1:
        yield Problem(Wrong.PLACES)
        return
    if ("layer" in entry) != ("regions" in entry):
        yield Problem(Wrong.LAYER)
        return
    layer, layers = entry.get("layer", OSIEDLA), known.layers.keys() - {OSIEDLA}
    named: list[tuple[str, str, Collection[str]]] = [
        ("unit", entry["unit"], known.units),
        ("mode", entry.get("mode", _Mode.AUTOMATIC), _Mode.values),
    ]
    if "category" in entry:
        named.append(("category", entry["category"], known.categories))
    named += [("district", code, known.districts[OSIEDLA]) for code in entry.get("districts", ())]
    named += [("borough", name, Borough.values) for name in entry.get("boroughs", ())]
    if "layer" in entry:
        named.append(("layer", layer, layers))
        regions = entry["regions"] if layer in layers else ()
        named += [("region", code, known.districts[layer]) for code in regions]
    for what, value, codes in named:
        if value not in codes:
            yield Problem(Wrong.UNKNOWN, what, value, codes)


def rules_of(entry: Mapping[str, Any], known: Known, *, is_proposal: bool) -> list[RoutingRule]:
    """The unsaved rows of an entry without problems."""
    places: list[dict[str, Any]] = [{"scope": _Scope.CITY}]
    if "regions" in entry:
        layer = known.layers[entry["layer"]]
        places = [
            {"scope": _Scope.REGION, "layer": layer, "district_code": code}
            for code in entry["regions"]
        ]
    elif "districts" in entry:
        places = [{"scope": _Scope.DISTRICT, "district_code": code} for code in entry["districts"]]
    elif "boroughs" in entry:
        places = [{"scope": _Scope.BOROUGH, "borough": name} for name in entry["boroughs"]]
    return [
        RoutingRule(
            category=known.categories[entry["category"]] if "category" in entry else None,
            unit=known.units[entry["unit"]],
            mode=entry.get("mode", _Mode.AUTOMATIC),
            is_proposal=is_proposal,
            **place,
        )
        for place in places
    ]


def has_catch_all(rules: Iterable[RoutingRule]) -> bool:
    """Whether what no other row covers goes to the operator, so that somebody has every report."""
    return any(
        rule.category is None
        and rule.scope == _Scope.CITY
        and rule.mode == _Mode.OPERATOR
        and rule.unit.is_operator
        for rule in rules
    )


def place_key(rule: RoutingRule) -> tuple:
    """What a row is about: category and place. Two active rows never share it."""
    return (rule.category_id, rule.scope, rule.layer_id, rule.district_code, rule.borough)


def decision_key(rule: RoutingRule) -> tuple:
    """All that a row decides."""
    return (*place_key(rule), rule.unit_id, rule.mode)
