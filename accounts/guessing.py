"""Wrong passwords: they are counted by account and network, and the owner is told of them.

The owner is not shut out by strangers: a device that has logged in before counts for itself.
"""

from allauth.account.models import EmailAddress
from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import RateLimitUsage
from django.http import HttpRequest
from django.utils import timezone

from web.addresses import absolute_url
from web.limits import client_of

from .authenticating import find_person
from .devices import is_known_device
from .letters import render_text
from .models import User

_APP = "allauth.account"


def count_attempt(request: HttpRequest, credentials: dict[str, object]) -> RateLimitUsage | None:
    """Count an attempt to log in, before the password is checked: attempts at one moment count too.

    Returns what the caller rolls back if the password is right; None if there were too many
    (``settings.GUESSING_LIMITS``).
    """
    person = find_person(credentials)
    account = _account_of(person, credentials)
    if person is not None and is_known_device(request, person):
        limits = {"login_failed_here": f"{account} known device"}
    else:
        limits = {
            "login_failed": account,
            "login_failed_here": f"{account} {client_of(request)}",
            "login_failed_anywhere": account,
        }
    counted = RateLimitUsage(usage=[])
    for action, key in limits.items():
        usage = ratelimit.consume(request, app=_APP, action=action, key=key)
        if usage is None:
            counted.rollback()
            return None
        counted.usage += usage.usage
    return counted


def tell_owner(request: HttpRequest, credentials: dict[str, object]) -> None:
    """Write to the owner of the account when a stranger has given several wrong passwords within an
    hour; at most one letter a day.
    """
    person = find_person(credentials)
    if person is None or not person.is_active or is_known_device(request, person):
        return
    account = _account_of(person, credentials)
    if ratelimit.consume(request, app=_APP, action="login_failed_quietly", key=account):
        return
    if not EmailAddress.objects.filter(user=person, email__iexact=person.email, verified=True):
        return
    now = timezone.localtime()
    context = {
        "now": now,
        "reset": absolute_url("account_reset_password"),
        "login": absolute_url("account_login"),
    }
    letter = render_text("guessing", context, language=person.language)
    letter.message_to(person.email, key=f"guessing {person.pk} {now:%Y-%m-%d}").send()


def forget_attempts(request: HttpRequest, person: User) -> None:
    """Let in again whoever has set a new password by a link in a letter."""
    account = _account_of(person, {})
    here = f"{account} {client_of(request)}"
    for action, key in {"login_failed_anywhere": account, "login_failed_here": here}.items():
        ratelimit.clear(request, app=_APP, action=action, key=key)


def _account_of(person: User | None, credentials: dict[str, object]) -> str:
    """One key for the name and the address of a person; the text itself if it names nobody."""
    if person is not None:
        return f"person {person.pk}"
    return f"nobody {credentials.get('username') or credentials.get('email')}".casefold()
