"""Decides when a challenge is due: when the portal is busy, when one address sends much, or when
the operator raised the guard.

Reports are counted in Redis under keyed hashes. Without Redis nothing is counted, and nobody is
suspected.
"""

from django.conf import settings
from django.http import HttpRequest

from reports.intake.devices import COOKIE, follower_hash
from web.limits import TooMany, client_of, seconds_to_wait

from .switch import raised_until


def check_device(request: HttpRequest) -> None:
    """Raise ``TooMany`` if the device, known by its cookie, has sent more than ``DEVICE_LIMIT``."""
    device = request.COOKIES.get(COOKIE, "")
    if not (settings.RATE_LIMITS_ENABLED and device):
        return
    if wait := seconds_to_wait(settings.DEVICE_LIMIT, "device", follower_hash(device)):
        raise TooMany(wait)


def is_challenge_due(request: HttpRequest) -> bool:
    """Whether this report needs a proof. The call counts the report, so call it once for each."""
    if not settings.RATE_LIMITS_ENABLED:
        return raised_until() is not None
    busy = seconds_to_wait(settings.BUSY_PORTAL, "busy", "portal")
    eager = seconds_to_wait(settings.EAGER_ADDRESS, "eager", client_of(request))
    return bool(busy or eager) or raised_until() is not None
