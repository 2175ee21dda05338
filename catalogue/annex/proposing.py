"""An annex is tried with a draft of boundaries: kept beside it, for its preview only."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from catalogue.models import AnnexProposal, RoutingRule
from districts.editions.drafting import lock_draft
from districts.models import Edition, EditionStep
from web.errors import PortalError

from .entries import decision_key, known_codes
from .table import decode_table, read_table

MOST_BYTES = 1024 * 1024
Step = EditionStep.Word


class TableTooLarge(PortalError):
    code = "table_too_large"
    status = 413
    field = "file"
    detail = _("Tabela może mieć najwyżej 1 MB.")


@dataclass(frozen=True, slots=True)
class AnnexDifference:
    """Rows that only the proposed annex has, and rows that only the one in force has."""

    come: list[RoutingRule]
    go: list[RoutingRule]


@transaction.atomic
def propose_annex(edition: Edition, data: bytes, *, name: str, by) -> AnnexProposal:
    """Keep the table with the draft, in place of the one that it has. Nothing in force changes.
    Raises ``TableTooLarge``, ``AnnexRefused`` and ``NotADraft``.
    """
    if len(data) > MOST_BYTES:
        raise TableTooLarge
    locked = lock_draft(edition)
    table = decode_table(data)
    rules = read_table(table, known_codes(draft=locked))
    kept = {"name": name.replace("\\", "/").rpartition("/")[2][:200], "table": table, "by": by}
    proposal, _is_new = AnnexProposal.objects.update_or_create(edition=locked, defaults=kept)
    details = {"name": proposal.name, "rows": len(rules)}
    EditionStep.objects.create(edition=locked, word=Step.ANNEX_TRIED, by=by, details=details)
    return proposal


@transaction.atomic
def drop_proposal(edition: Edition, *, by) -> None:
    """Erase the proposed annex of a draft, if it has one. Raises ``NotADraft``."""
    locked = lock_draft(edition)
    erased, _counts = AnnexProposal.objects.filter(edition=locked).delete()
    if erased:
        EditionStep.objects.create(edition=locked, word=Step.ANNEX_DROPPED, by=by)


def find_proposal(edition: Edition) -> AnnexProposal | None:
    return AnnexProposal.objects.select_related("by").filter(edition=edition).first()


def proposed_rules(proposal: AnnexProposal) -> list[RoutingRule]:
    """Its unsaved rows. Raises ``AnnexRefused`` where the draft has changed since and lacks a code
    that the table names.
    """
    return read_table(proposal.table, known_codes(draft=proposal.edition))


def compare_with_annex(rules: Sequence[RoutingRule]) -> AnnexDifference:
    """What the proposed rows have otherwise than the active ones."""
    now = rules_in_force()
    known, wanted = set(map(decision_key, now)), set(map(decision_key, rules))
    return AnnexDifference(
        [rule for rule in rules if decision_key(rule) not in known],
        [rule for rule in now if decision_key(rule) not in wanted],
    )


def rules_in_force() -> list[RoutingRule]:
    """The active rows, in the order of their categories."""
    rows = RoutingRule.objects.filter(is_active=True).select_related("category", "unit", "layer")
    return list(rows.order_by("category__code", "scope", "layer", "district_code", "borough"))
