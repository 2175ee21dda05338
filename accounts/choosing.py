"""Consents that come and go while the account stays."""

from django.db import transaction

from regulations.models import Kind, Version

from . import consents
from .models import ConsentEntry, User


def choose_notices(user: User, notices: str) -> None:
    """How ``user`` hears of their reports: one of ``Notices``."""
    User.objects.filter(pk=user.pk).update(notices=notices)


@transaction.atomic
def choose_newsletter(user: User, *, wants: bool, how: str) -> None:
    """Give or withdraw the consent to the newsletter; the same choice again writes nothing."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    if locked.newsletter == wants:
        return
    purpose, clause = ConsentEntry.Purpose.NEWSLETTER, Version.objects.in_force(Kind.CLAUSE)
    if wants:
        consents.give(purpose=purpose, email=locked.email, version=clause, how=how)
    else:
        agreed = consents.version_given(purpose=purpose, email=locked.email) or clause
        consents.withdraw(purpose=purpose, email=locked.email, version=agreed, how=how)
    User.objects.filter(pk=user.pk).update(newsletter=wants)


@transaction.atomic
def carry_over(user: User, *, old: str, new: str) -> None:
    """The address changed: what was agreed to under ``old`` is held under ``new``."""
    for entry in consents.held(old):
        purpose, version, how = entry.purpose, entry.version, "address_changed"
        consents.withdraw(purpose=purpose, email=old, version=version, how=how)
        consents.give(purpose=purpose, email=new, version=version, how=how)
