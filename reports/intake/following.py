"""'Me too': one more person is counted, once, and gets letters if they want them."""

from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.identity import email_key
from accounts.models import User
from reports.changing import lock_reports
from reports.letters.consents import ConsentRequired
from reports.letters.mailboxes import leave_address
from reports.models import Follow, Report
from web.errors import PortalError


class Ended(PortalError):
    code = "ended"
    status = 409
    detail = _("Ta sprawa jest już zakończona. Jeśli kłopot wrócił, wyślij nowe zgłoszenie.")


class Letters(StrEnum):
    """Where letters about the report go from now on: nowhere; to an address once its owner pressed
    in the mailbox; to the address of the account that is logged in.
    """

    NONE = "none"
    ASKED = "asked"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Following:
    """``followers``: how many people follow the report, with this one."""

    followers: int
    letters: Letters


@transaction.atomic
def follow(
    report: Report,
    *,
    follower: str,
    email: str = "",
    consent: bool = False,
    resident: User | None = None,
) -> Following:
    """Count ``follower`` (a keyed hash) once.

    With an address and a consent the follower gets a letter about every change of status, once they
    pressed in their mailbox. ``resident``, who is logged in, gets them by the press alone, at the
    address of the account: the button says so. Raises ``Ended``, ``ConsentRequired`` and
    ``UnsendableAddress``.
    """
    if resident is not None and not email:
        email, consent = resident.email, True
    # The address is looked up only with a consent. Without one the answer is always the same, so
    # nobody learns whether an address is known.
    if email and not consent:
        raise ConsentRequired
    (report,) = lock_reports([report.pk], no_key=True)
    if report.is_final:
        raise Ended
    Follow.objects.get_or_create(report=report, follower=follower)
    is_own = resident is not None and email_key(resident.email) == email_key(email)
    # The owner of the report gets its letters anyway.
    hears = resident is not None and is_own and report.owner_id == resident.pk
    if email and not hears and not report.contacts.of_mailbox(email).exists():
        leave_address(report, email=email, consent=consent, is_sender=False, is_own=is_own)
    # Said alike whether or not the address is known, so that nobody learns it.
    letters = Letters.ACCOUNT if is_own else Letters.ASKED if email else Letters.NONE
    return Following(Follow.objects.people_of(report.pk).get(), letters)
