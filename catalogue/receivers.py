"""Answers a question of districts: which codes does the annex name?"""

from django.dispatch import receiver

from districts.models import OSIEDLA
from districts.signals import codes_in_use

from .models import RoutingRule

Scope = RoutingRule.Scope


@receiver(codes_in_use)
def name_codes_of_annex(layer: str, **_kwargs: object) -> set[str]:
    rules = RoutingRule.objects.filter(is_active=True).exclude(district_code="")
    own = {"scope": Scope.DISTRICT} if layer == OSIEDLA else {"scope": Scope.REGION, "layer": layer}
    return set(rules.filter(**own).values_list("district_code", flat=True))
