"""``manage.py load_annex``: loads who is competent from ``fixtures/annex.yaml``."""

from pathlib import Path

from catalogue.annex.entries import decision_key
from catalogue.annex.file import read_annex_file
from catalogue.models import RoutingRule
from units.fixture_loading import Difference, LoadCommand, switch_off


class Command(LoadCommand):
    help = "Load the annex (category × place → unit); rows that left the file are switched off."
    file = "annex.yaml"

    def load(self, path: Path, difference: Difference) -> None:
        # A changed decision gets a row of its own, so that reports keep the row by which they were
        # routed.
        wanted = {decision_key(rule): rule for rule in read_annex_file(path)}
        existing = RoutingRule.objects.select_for_update(of=("self",))
        existing = existing.select_related("category", "unit").order_by("is_active", "id")
        known = {decision_key(rule): rule for rule in existing}
        # Rows are switched off first, because a place may have only one active row.
        for key, rule in known.items():
            if key not in wanted:
                switch_off(rule, difference)
        for key, given in wanted.items():
            rule = known.get(key) or given
            if rule.pk and rule.is_active and rule.is_proposal == given.is_proposal:
                continue
            difference.note_added(rule)
            rule.is_active, rule.is_proposal = True, given.is_proposal
            rule.save()
