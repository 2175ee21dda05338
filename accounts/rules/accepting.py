"""Which rules a resident has still to accept, and accepting them."""

from django.db import transaction

from accounts import consents
from accounts.models import ConsentEntry, User
from regulations.models import Kind, Version


def rules_to_accept(user: User) -> Version | None:
    """The newest published rules, in force or still to come, if ``user`` has not accepted them.

    None for staff, who accept no rules.
    """
    if user.rules_accepted is None:
        return None
    newest = Version.objects.published().filter(kind=Kind.RULES).first()
    is_newer = newest and newest.in_force_from > user.rules_accepted.in_force_from
    return newest if is_newer else None


def must_accept_rules(user: User) -> bool:
    """Whether rules are in force that ``user`` has to accept before using the account."""
    accepted = user.rules_accepted
    if accepted is None or rules_to_accept(user) is None:
        return False
    return Version.objects.in_force(Kind.RULES).in_force_from > accepted.in_force_from


@transaction.atomic
def accept_rules(user: User, version: Version, *, how: str) -> None:
    """Write into the ledger that ``user`` accepts ``version``. A second call does nothing."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    if locked.rules_accepted_id == version.pk:
        return
    consents.give(purpose=ConsentEntry.Purpose.RULES, email=locked.email, version=version, how=how)
    User.objects.filter(pk=user.pk).update(rules_accepted=version)
    user.rules_accepted = version
