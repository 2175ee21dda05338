"""Accounts whose address nobody has confirmed: they bind nobody and go again."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from . import consents
from .identity import email_key
from .models import AddressChange, ConsentEntry, Registration, User

_Purpose = ConsentEntry.Purpose


def is_taken(email: str) -> bool:
    """Whether somebody has confirmed ``email``, or the administrator vouched for it."""
    holders = User.objects.filter(email_key=email_key(email))
    return holders.filter(registration=None).exists()


def make_room(email: str) -> None:
    """Delete the account that claims ``email`` without having confirmed it, if there is one."""
    held = User.objects.select_for_update().filter(email_key=email_key(email))
    keys = list(held.values_list("pk", flat=True))
    User.objects.filter(pk__in=keys, registration__isnull=False).delete()


@transaction.atomic
def confirmed(user: User) -> None:
    """What was ticked on the form counts from now on. Nothing for an address changed later."""
    for row in Registration.objects.select_for_update().filter(user=user):
        _give_all(user, row)
        user.rules_accepted, user.newsletter = row.rules, row.newsletter
        user.save(update_fields=["rules_accepted", "newsletter"])
        row.delete()


def _give_all(user: User, row: Registration) -> None:
    given = [(_Purpose.ACCOUNT, row.clause), (_Purpose.RULES, row.rules)]
    if row.newsletter:
        given.append((_Purpose.NEWSLETTER, row.clause))
    for purpose, version in given:
        consents.give(purpose=purpose, email=user.email, version=version, how="registration")


def erase_late_changes() -> int:
    """Delete addresses, perhaps of strangers, that nobody confirmed in time; returns how many."""
    limit = timezone.now() - timedelta(days=settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS)
    late = AddressChange.objects.filter(at__lt=limit)
    users = list(late.values_list("user", flat=True))
    gone, _by_model = EmailAddress.objects.filter(user__in=users, verified=False).delete()
    late.delete()
    return gone


def erase_unconfirmed() -> int:
    """Delete accounts that nobody confirmed in time; returns how many."""
    limit = timezone.now() - timedelta(days=settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS)
    late = User.objects.filter(registration__at__lt=limit)
    count = late.count()
    late.delete()
    return count
