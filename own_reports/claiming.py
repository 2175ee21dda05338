"""Claims reports that were sent before registering, with the address that the account confirmed."""

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from reports.changing import lock_reports
from reports.letters.consents import write_withdrawal
from reports.models import Contact, Report


def claimable_contacts(user: User) -> QuerySet[Contact]:
    """Contacts of senders with the account's address, on reports that have no owner."""
    if not user.email:
        return Contact.objects.none()
    return Contact.objects.of_mailbox(user.email).filter(is_sender=True, report__owner=None)


@transaction.atomic
def claim_reports(user: User) -> int:
    """Make these reports the account's; returns how many. The account's settings decide about
    letters from now on, so the consents that were given for each report end.
    """
    # An account that is being closed claims nothing: whichever act locks the row first ends first.
    if not User.objects.select_for_update(no_key=True).filter(pk=user.pk).exists():
        return 0
    locked = lock_reports(claimable_contacts(user).values_list("report", flat=True))
    # Read again: one that was claimed or withdrawn before we had the lock is none of ours.
    contacts = list(claimable_contacts(user).filter(report__in=locked).select_related("report"))
    claimed = Report.objects.filter(pk__in=[contact.report_id for contact in contacts])
    claimed.update(owner=user)
    for contact in contacts:
        write_withdrawal(contact, how="claimed")
        contact.delete()
    return len(contacts)
