"""'Me too': one more person is counted, once, and gets letters if they want them."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from reports.letters.consents import ConsentRequired, remember_contact
from reports.models import Follow, Report
from web.errors import PortalError


class Ended(PortalError):
    code = "ended"
    status = 409
    detail = _("Ta sprawa jest już zakończona. Jeśli kłopot wrócił, wyślij nowe zgłoszenie.")


@transaction.atomic
def follow(report: Report, *, follower: str, email: str = "", consent: bool = False) -> int:
    """Count ``follower`` (a keyed hash) once; returns how many people follow then.

    With an address and a consent the follower gets a letter about every change of status. Raises
    ``Ended``, ``ConsentRequired`` and ``UnsendableAddress``.
    """
    # The address is looked up only with a consent. Without one the answer is always the same, so
    # nobody learns whether an address is known.
    if email and not consent:
        raise ConsentRequired
    report = Report.objects.select_for_update(of=("self",), no_key=True).get(pk=report.pk)
    if report.is_final:
        raise Ended
    Follow.objects.get_or_create(report=report, follower=follower)
    if email and not report.contacts.filter(email__iexact=email).exists():
        remember_contact(report, email=email, consent=consent, is_sender=False)
    return report.follows.count()
