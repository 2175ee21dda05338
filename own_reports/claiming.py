"""Claims reports that were sent before registering, with the address that the account confirmed."""

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from reports.letters.consents import write_withdrawal
from reports.models import Contact, Report


def claimable_contacts(user: User) -> QuerySet[Contact]:
    """Contacts of senders with the account's address, on reports that have no owner."""
    if not user.email:
        return Contact.objects.none()
    return Contact.objects.filter(email__iexact=user.email, is_sender=True, report__owner=None)


@transaction.atomic
def claim_reports(user: User) -> int:
    """Make these reports the account's; returns how many. The account's settings decide about
    letters from now on, so the consents that were given for each report end.
    """
    # An account that is being closed claims nothing: whichever act locks the row first ends first.
    if not User.objects.select_for_update(no_key=True).filter(pk=user.pk).exists():
        return 0
    contacts = list(claimable_contacts(user).select_related("report"))
    reports = Report.objects.filter(pk__in=[contact.report_id for contact in contacts])
    locked = reports.select_for_update(of=("self",)).filter(owner=None).order_by("pk")
    free = set(locked.values_list("pk", flat=True))
    reports.filter(owner=None).update(owner=user)
    claimed = [contact for contact in contacts if contact.report_id in free]
    for contact in claimed:
        write_withdrawal(contact, how="claimed")
        contact.delete()
    return len(claimed)
