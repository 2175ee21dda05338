"""Confirming an address, and what happens to accounts and addresses that nobody confirms."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from . import consents
from .identity import email_key
from .models import AddressChange, ConsentEntry, Registration, User

_Purpose = ConsentEntry.Purpose


def is_email_taken(email: str) -> bool:
    """Whether ``email`` is the confirmed address of an account. Addresses that the administrator
    entered count as confirmed.
    """
    holders = User.objects.filter(email_key=email_key(email))
    return holders.filter(registration=None).exists()


def delete_unconfirmed_holder(email: str) -> None:
    """Delete the account that holds ``email`` without having confirmed it, if there is one."""
    holders = User.objects.select_for_update().filter(email_key=email_key(email))
    keys = list(holders.values_list("pk", flat=True))
    User.objects.filter(pk__in=keys, registration__isnull=False).delete()


@transaction.atomic
def confirm_registration(user: User) -> None:
    """Write the consents that ``user`` ticked on the form into the ledger.

    Does nothing where an older account confirms a changed address.
    """
    for row in Registration.objects.select_for_update().filter(user=user):
        given = [(_Purpose.ACCOUNT, row.clause), (_Purpose.RULES, row.rules)]
        if row.newsletter:
            given.append((_Purpose.NEWSLETTER, row.clause))
        for purpose, version in given:
            consents.give(purpose=purpose, email=user.email, version=version, how="registration")
        user.rules_accepted, user.newsletter = row.rules, row.newsletter
        user.save(update_fields=["rules_accepted", "newsletter"])
        row.delete()


def mark_email_confirmed(user: User) -> None:
    """Take the address of ``user`` as confirmed without a letter, because the administrator
    entered it. It replaces every other address of theirs.
    """
    EmailAddress.objects.filter(user=user).exclude(email=user.email.lower()).delete()
    if user.email:
        EmailAddress.objects.update_or_create(
            user=user, email=user.email.lower(), defaults={"verified": True, "primary": True}
        )


def erase_late_changes() -> int:
    """Delete addresses that nobody confirmed in time, because they may be strangers'; returns how
    many.
    """
    late = AddressChange.objects.filter(at__lt=_oldest_valid())
    users = list(late.values_list("user", flat=True))
    deleted, _by_model = EmailAddress.objects.filter(user__in=users, verified=False).delete()
    late.delete()
    return deleted


def erase_unconfirmed() -> int:
    """Delete accounts that nobody confirmed in time; returns how many."""
    late = User.objects.filter(registration__at__lt=_oldest_valid())
    count = late.count()
    late.delete()
    return count


def _oldest_valid() -> datetime:
    """What was asked for before this moment (UTC) can no longer be confirmed."""
    return timezone.now() - timedelta(days=settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS)
