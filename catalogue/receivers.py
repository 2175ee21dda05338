"""Answers a question of districts: which codes does the annex name? And hears when an edition is no
draft any more.
"""

from django.dispatch import receiver

from districts.models import OSIEDLA, Edition
from districts.signals import codes_in_use, no_longer_draft

from .models import AnnexProposal, RoutingRule

Scope = RoutingRule.Scope


@receiver(codes_in_use)
def name_codes_of_annex(layer: str, **_kwargs: object) -> set[str]:
    rules = RoutingRule.objects.filter(is_active=True).exclude(district_code="")
    own = {"scope": Scope.DISTRICT} if layer == OSIEDLA else {"scope": Scope.REGION, "layer": layer}
    return set(rules.filter(**own).values_list("district_code", flat=True))


@receiver(no_longer_draft)
def erase_proposal(edition: Edition, **_kwargs: object) -> None:
    """An annex is tried with drafts only."""
    AnnexProposal.objects.filter(edition=edition).delete()
