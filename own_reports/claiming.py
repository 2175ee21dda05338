"""Reports sent before registering, with the address that the account confirmed."""

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from reports.letters.consents import write_withdrawal
from reports.models import Contact, Report


def claimable(user: User) -> QuerySet[Contact]:
    """Addresses of senders that are the account's own, on reports that are nobody's."""
    if not user.email:
        return Contact.objects.none()
    return Contact.objects.filter(email__iexact=user.email, is_sender=True, report__owner=None)


@transaction.atomic
def claim(user: User) -> int:
    """Make those reports the account's; returns how many. Letters go by the account from now on,
    so the separate consents end.
    """
    # Nobody claims while closing: the one that comes first ends first.
    if not User.objects.select_for_update(no_key=True).filter(pk=user.pk).exists():
        return 0
    contacts = list(claimable(user).select_related("report"))
    reports = Report.objects.filter(pk__in=[contact.report_id for contact in contacts])
    held = reports.select_for_update(of=("self",)).filter(owner=None).order_by("pk")
    free = set(held.values_list("pk"))
    claimed = [contact for contact in contacts if (contact.report_id,) in free]
    reports.filter(owner=None).update(owner=user)
    for contact in claimed:
        _end_consent(contact)
    return len(claimed)


def _end_consent(contact: Contact) -> None:
    write_withdrawal(contact, how="claimed")
    contact.delete()
