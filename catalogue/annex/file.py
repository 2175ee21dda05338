"""Reads the annex from its file, in which one entry may name several places: each is a row."""

from pathlib import Path

import yaml

from catalogue.models import RoutingRule
from districts.models import OSIEDLA
from units.fixture_files import FixtureError, check_fields, check_known, check_unique, read_rows

from .entries import Known, Wrong, find_problems, has_catch_all, known_codes, rules_of

_REQUIRED = {"unit": str}
_OPTIONAL = {
    "category": str,
    "layer": str,
    "regions": list,
    "districts": list,
    "boroughs": list,
    "mode": str,
}
_WORDS = {
    Wrong.PLACES: "name regions, districts or boroughs, only one of them.",
    Wrong.LAYER: "regions belong to a layer; name both or neither.",
}


def read_annex_file(path: Path) -> list[RoutingRule]:
    """Unsaved rows of the file; ``FixtureError`` for anything that would route wrongly."""
    entries = read_rows(path, "rules")
    is_proposal = yaml.safe_load(path.read_text(encoding="utf-8")).get("is_proposal", False)
    known = known_codes()
    if not known.districts.get(OSIEDLA):
        raise FixtureError(f"{path}: no edition of districts is in force; load them first.")
    rules: list[RoutingRule] = []
    for number, entry in enumerate(entries, start=1):
        category = entry.get("category", "any category")
        _check_entry(entry, known, where=f"{path}: rule {number} ({category})")
        rules += rules_of(entry, known, is_proposal=is_proposal is True)
    named = (
        f"{rule.category.code if rule.category else 'any category'}"
        f" × {rule.place_code or 'whole city'}"
        for rule in rules
    )
    check_unique(named, where=str(path), what="row")
    if not has_catch_all(rules):
        raise FixtureError(
            f"{path}: a row without category and place, with mode operator and the operator's "
            "unit, must exist."
        )
    return rules


def _check_entry(entry: dict, known: Known, *, where: str) -> None:
    check_fields(entry, where=where, required=_REQUIRED, optional=_OPTIONAL)
    for problem in find_problems(entry, known):
        if problem.wrong == Wrong.UNKNOWN:
            check_known(problem.value, problem.known, where=where, what=problem.what)
        raise FixtureError(f"{where}: {_WORDS[problem.wrong]}")
