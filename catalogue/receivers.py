"""Answers a question of districts: which codes does the annex name?"""

from django.dispatch import receiver

from districts.models import OSIEDLA
from districts.signals import codes_in_use

from .models import RoutingRule


@receiver(codes_in_use)
def name_codes_of_annex(layer: str, **_kwargs: object) -> set[str]:
    rules = RoutingRule.objects.filter(is_active=True, scope=RoutingRule.Scope.DISTRICT)
    return set(rules.values_list("district_code", flat=True)) if layer == OSIEDLA else set()
