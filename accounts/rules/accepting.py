"""Accepting the rules."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from accounts import consents
from accounts.models import ConsentEntry, User
from regulations.models import Kind, Version


def waiting(user: User) -> Version | None:
    """The newest published rules, in force or coming, if ``user`` is to accept them; else None."""
    if user.rules_accepted is None:
        return None
    newest = Version.objects.published().filter(kind=Kind.RULES).first()
    is_newer = newest and newest.in_force_from > user.rules_accepted.in_force_from
    return newest if is_newer else None


def must_accept_first(user: User) -> bool:
    """Rules that bind already are accepted before the account can be used."""
    version = waiting(user)
    if version is None:
        return False
    in_force = Version.objects.in_force(Kind.RULES)
    accepted = user.rules_accepted
    return accepted is not None and in_force.in_force_from > accepted.in_force_from


@transaction.atomic
def accept(user: User, version: Version, *, how: str) -> None:
    """Write into the ledger that ``user`` accepts ``version``; again does nothing."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    if locked.rules_accepted_id == version.pk:
        return
    consents.give(purpose=ConsentEntry.Purpose.RULES, email=locked.email, version=version, how=how)
    User.objects.filter(pk=user.pk).update(rules_accepted=version)
    user.rules_accepted = version


def accept_by(version: Version, days: int) -> date:
    """The date (Europe/Warsaw) by which to accept ``version``: when it comes into force, and at
    least ``days`` from now.
    """
    soonest = timezone.localdate() + timedelta(days=days)
    return max(soonest, timezone.localdate(version.in_force_from))
