"""Reads the annex from its file, in which one entry may name several places: each is a row."""

from dataclasses import dataclass
from pathlib import Path

import yaml

from catalogue.models import Category, RoutingRule
from districts.models import Borough, Edition
from units.fixture_files import FixtureError, check_fields, check_known, check_unique, read_rows
from units.models import Unit

_REQUIRED = {"unit": str}
_OPTIONAL = {"category": str, "districts": list, "boroughs": list, "mode": str}
_Scope = RoutingRule.Scope
_Mode = RoutingRule.Mode


@dataclass(frozen=True, slots=True)
class _Known:
    """What rows may refer to, by code."""

    categories: dict[str, Category]
    units: dict[str, Unit]
    districts: set[str]


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
        f" × {rule.district_code or rule.borough or 'whole city'}"
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
    try:
        edition = Edition.objects.in_force()
    except Edition.DoesNotExist as missing:
        raise FixtureError(f"{path}: no edition of districts is in force; load them first.") from (
            missing
        )
    return _Known(
        {category.code: category for category in Category.objects.filter(is_active=True)},
        {unit.code: unit for unit in Unit.objects.filter(is_active=True)},
        set(edition.districts.values_list("code", flat=True)),
    )


def _check_entry(entry: dict, known: _Known, *, where: str) -> None:
    check_fields(entry, where=where, required=_REQUIRED, optional=_OPTIONAL)
    if "districts" in entry and "boroughs" in entry:
        raise FixtureError(f"{where}: name districts or boroughs, not both.")
    check_known(entry["unit"], known.units, where=where, what="unit")
    check_known(entry.get("mode", _Mode.AUTOMATIC), _Mode.values, where=where, what="mode")
    if "category" in entry:
        check_known(entry["category"], known.categories, where=where, what="category")
    for code in entry.get("districts", []):
        check_known(code, known.districts, where=where, what="district")
    for name in entry.get("boroughs", []):
        check_known(name, Borough.values, where=where, what="borough")


def _rules_of_entry(entry: dict, known: _Known, *, is_proposal: bool) -> list[RoutingRule]:
    if "districts" in entry:
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
