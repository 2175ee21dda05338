"""Reads the annex from its file, in which one entry may name several places: each is a row."""

from dataclasses import dataclass
from pathlib import Path

import yaml

from catalogue.models import Category, RoutingRule
from districts.models import OSIEDLA, Borough, District, Edition, Layer
from units.fixture_files import FixtureError, check_fields, check_known, check_unique, read_rows
from units.models import Unit

_REQUIRED = {"unit": str}
_OPTIONAL = {
    "category": str,
    "layer": str,
    "regions": list,
    "districts": list,
    "boroughs": list,
    "mode": str,
}
# An entry names at most one of these.
_PLACES = {"regions", "districts", "boroughs"}
_Scope = RoutingRule.Scope
_Mode = RoutingRule.Mode


@dataclass(frozen=True, slots=True)
class _Known:
    """What rows may refer to, by code. ``districts``: those in force, by their layers."""

    categories: dict[str, Category]
    units: dict[str, Unit]
    layers: dict[str, Layer]
    districts: dict[str, set[str]]


def read_annex_file(path: Path) -> list[RoutingRule]:
    """Unsaved rows of the file; ``FixtureError`` for anything that would route wrongly."""
    entries = read_rows(path, "rules")
    is_proposal = yaml.safe_load(path.read_text(encoding="utf-8")).get("is_proposal", False)
    known = _known_codes(path)
    rules: list[RoutingRule] = []
    for number, entry in enumerate(entries, start=1):
        category = entry.get("category", "any category")
        _check_entry(entry, known, where=f"{path}: rule {number} ({category})")
        rules += _rules_of_entry(entry, known, is_proposal=is_proposal is True)
    named = (
        f"{rule.category.code if rule.category else 'any category'}"
        f" × {rule.place_code or 'whole city'}"
        for rule in rules
    )
    check_unique(named, where=str(path), what="row")
    # Without this row, a report could belong to nobody.
    has_catch_all = any(
        rule.category is None
        and rule.scope == _Scope.CITY
        and rule.mode == _Mode.OPERATOR
        and rule.unit.is_operator
        for rule in rules
    )
    if not has_catch_all:
        raise FixtureError(
            f"{path}: a row without category and place, with mode operator and the operator's "
            "unit, must exist."
        )
    return rules


def _known_codes(path: Path) -> _Known:
    layers = {layer.code: layer for layer in Layer.objects.all()}
    editions = {code: Edition.objects.in_force_or_none(code) for code in layers}
    if editions.get(OSIEDLA) is None:
        raise FixtureError(f"{path}: no edition of districts is in force; load them first.")
    return _Known(
        {category.code: category for category in Category.objects.filter(is_active=True)},
        {unit.code: unit for unit in Unit.objects.filter(is_active=True)},
        layers,
        {
            code: set(District.objects.filter(edition=edition).values_list("code", flat=True))
            for code, edition in editions.items()
        },
    )


def _check_entry(entry: dict, known: _Known, *, where: str) -> None:
    check_fields(entry, where=where, required=_REQUIRED, optional=_OPTIONAL)
    if len(_PLACES & entry.keys()) > 1:
        raise FixtureError(f"{where}: name regions, districts or boroughs, only one of them.")
    if ("layer" in entry) != ("regions" in entry):
        raise FixtureError(f"{where}: regions belong to a layer; name both or neither.")
    check_known(entry["unit"], known.units, where=where, what="unit")
    check_known(entry.get("mode", _Mode.AUTOMATIC), _Mode.values, where=where, what="mode")
    if "category" in entry:
        check_known(entry["category"], known.categories, where=where, what="category")
    for code in entry.get("districts", []):
        check_known(code, known.districts[OSIEDLA], where=where, what="district")
    if "layer" in entry:
        others = known.layers.keys() - {OSIEDLA}
        check_known(entry["layer"], others, where=where, what="layer")
    for code in entry.get("regions", []):
        check_known(code, known.districts[entry["layer"]], where=where, what="region")
    for name in entry.get("boroughs", []):
        check_known(name, Borough.values, where=where, what="borough")


def _rules_of_entry(entry: dict, known: _Known, *, is_proposal: bool) -> list[RoutingRule]:
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
    else:
        places = [{"scope": _Scope.CITY}]
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
