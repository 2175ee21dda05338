"""'Me too': one more person is counted, once, and gets letters if they want them."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.identity import email_key
from accounts.models import User
from reports.changing import lock_reports
from reports.letters.consents import ConsentRequired
from reports.letters.mailboxes import leave_address
from reports.models import Contact, Follow, Report
from web.errors import PortalError


class Ended(PortalError):
    code = "ended"
    status = 409
    detail = _("Ta sprawa jest już zakończona. Jeśli kłopot wrócił, wyślij nowe zgłoszenie.")


@transaction.atomic
def follow(
    report: Report,
    *,
    follower: str,
    email: str = "",
    consent: bool = False,
    resident: User | None = None,
) -> int:
    """Count ``follower`` (a keyed hash) once; returns how many people follow then.

    With an address and a consent the follower gets a letter about every change of status, once they
    pressed in their mailbox; ``resident``, who is logged in, at once at their own address. Raises
    ``Ended``, ``ConsentRequired`` and ``UnsendableAddress``.
    """
    # The address is looked up only with a consent. Without one the answer is always the same, so
    # nobody learns whether an address is known.
    if email and not consent:
        raise ConsentRequired
    (report,) = lock_reports([report.pk], no_key=True)
    if report.is_final:
        raise Ended
    Follow.objects.get_or_create(report=report, follower=follower)
    if email and not Contact.objects.of_mailbox(email).filter(report=report).exists():
        is_own = resident is not None and email_key(resident.email) == email_key(email)
        leave_address(report, email=email, consent=consent, is_sender=False, is_own=is_own)
    return report.follows.count()
