"""The annex as a file: one line may name several places; each becomes a row."""

from collections.abc import Iterator
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
class Known:
    """What rows may refer to, by code."""

    categories: dict[str, Category]
    units: dict[str, Unit]
    districts: set[str]
    is_proposal: bool


def read_annex(path: Path) -> list[RoutingRule]:
    """Unsaved rows of the file; ``FixtureError`` for anything that would route wrongly."""
    rows = read_rows(path, "rules")
    known = _known_codes(path)
    rules: list[RoutingRule] = []
    for number, row in enumerate(rows, start=1):
        where = f"{path}: rule {number} ({row.get('category', 'any category')})"
        rules += _expand(row, known, where=where)
    check_unique((_place_of(rule) for rule in rules), where=str(path), what="row")
    _check_catch_all(rules, where=str(path))
    return rules


def _known_codes(path: Path) -> Known:
    try:
        edition = Edition.objects.in_force()
    except Edition.DoesNotExist as missing:
        raise FixtureError(f"{path}: no edition of districts is in force; load them first.") from (
            missing
        )
    is_proposal = yaml.safe_load(path.read_text(encoding="utf-8")).get("is_proposal", False)
    return Known(
        {category.code: category for category in Category.objects.filter(is_active=True)},
        {unit.code: unit for unit in Unit.objects.filter(is_active=True)},
        set(edition.districts.values_list("code", flat=True)),
        is_proposal is True,
    )


def _expand(row: dict, known: Known, *, where: str) -> Iterator[RoutingRule]:
    """The rows that one line of the file stands for."""
    _check_row(row, known, where=where)
    category = known.categories[row["category"]] if "category" in row else None
    for place in _places(row):
        yield RoutingRule(
            category=category,
            unit=known.units[row["unit"]],
            mode=row.get("mode", _Mode.AUTOMATIC),
            is_proposal=known.is_proposal,
            **place,
        )


def _places(row: dict) -> list[dict]:
    if "districts" in row:
        return [{"scope": _Scope.DISTRICT, "district_code": code} for code in row["districts"]]
    if "boroughs" in row:
        return [{"scope": _Scope.BOROUGH, "borough": name} for name in row["boroughs"]]
    return [{"scope": _Scope.CITY}]


def _check_row(row: dict, known: Known, *, where: str) -> None:
    check_fields(row, where=where, required=_REQUIRED, optional=_OPTIONAL)
    if "districts" in row and "boroughs" in row:
        raise FixtureError(f"{where}: name districts or boroughs, not both.")
    check_known(row["unit"], known.units, where=where, what="unit")
    check_known(row.get("mode", _Mode.AUTOMATIC), _Mode.values, where=where, what="mode")
    if "category" in row:
        check_known(row["category"], known.categories, where=where, what="category")
    for code in row.get("districts", []):
        check_known(code, known.districts, where=where, what="district")
    for name in row.get("boroughs", []):
        check_known(name, Borough.values, where=where, what="borough")


def _place_of(rule: RoutingRule) -> str:
    category = rule.category.code if rule.category else "any category"
    return f"{category} × {rule.district_code or rule.borough or 'whole city'}"


def _check_catch_all(rules: list[RoutingRule], *, where: str) -> None:
    """Without it a report could belong to nobody."""
    if not any(_is_catch_all(rule) for rule in rules):
        raise FixtureError(
            f"{where}: a row without category and place, with mode operator and the operator's "
            "unit, must exist."
        )


def _is_catch_all(rule: RoutingRule) -> bool:
    everything = rule.category is None and rule.scope == _Scope.CITY
    return everything and rule.mode == _Mode.OPERATOR and rule.unit.is_operator
