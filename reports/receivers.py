"""Hears from districts that an edition has come into force: open reports are routed at once."""

from django.dispatch import receiver

from districts.signals import came_into_force
from owed.nudging import nudge


@receiver(came_into_force)
def start_rerouting(**_kwargs: object) -> None:
    nudge("reports.reroute_due")
