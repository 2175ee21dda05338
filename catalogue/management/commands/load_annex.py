"""``manage.py load_annex``: who is competent, from ``fixtures/annex.yaml``."""

from pathlib import Path

from catalogue.annex.file import read_annex
from catalogue.models import RoutingRule
from units.fixture_loading import Difference, LoadCommand, switch_off


class Command(LoadCommand):
    help = "Load the annex (category × place → unit); rows that left the file are switched off."
    file = "annex.yaml"

    def load(self, path: Path, difference: Difference) -> None:
        wanted = {_identity(rule): rule for rule in read_annex(path)}
        existing = RoutingRule.objects.select_for_update(of=("self",))
        existing = existing.select_related("category", "unit").order_by("is_active", "id")
        known = {_identity(rule): rule for rule in existing}
        # Off before on: a place may have one active row only.
        for key, rule in known.items():
            if key not in wanted:
                switch_off(rule, difference)
        for key, rule in wanted.items():
            _switch_on(known.get(key) or rule, rule.is_proposal, difference)


def _identity(rule: RoutingRule) -> tuple:
    """All that a row decides. A changed decision is another row, so that reports keep the one
    by which they were routed.
    """
    place = (rule.scope, rule.district_code, rule.borough)
    return (rule.category_id, *place, rule.unit_id, rule.mode)


def _switch_on(rule: RoutingRule, is_proposal: bool, difference: Difference) -> None:
    if rule.pk and rule.is_active and rule.is_proposal == is_proposal:
        return
    difference.note_added(rule)
    rule.is_active, rule.is_proposal = True, is_proposal
    rule.save()
