"""The e-mail addresses left with a report, and the consents that belong to them."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import consents
from accounts.models import ConsentEntry
from outbox.addresses import envelope_address
from outbox.cancelling import cancel_letters_to
from regulations.models import Kind, Version
from reports.letter_keys import letters_to_readers
from reports.models import Contact, Report
from web.errors import PortalError

_PURPOSE = ConsentEntry.Purpose.REPORT_LETTERS


class ConsentRequired(PortalError):
    code = "consent_required"
    field = "consent"
    detail = _("Adres możemy zapisać tylko za zgodą: zaznacz ją albo usuń adres.")


def remember_contact(
    report: Report, *, email: str, consent: bool, is_sender: bool = True
) -> Contact:
    """Store the address for letters about ``report`` and write the consent into the ledger. Raises
    ``ConsentRequired`` and ``UnsendableAddress``.
    """
    if not consent:
        raise ConsentRequired
    # Here, where the person can mend it, and not when a letter to it is owed.
    envelope_address(email)
    clause = Version.objects.in_force(Kind.CLAUSE)
    consents.give(
        purpose=_PURPOSE, email=email, version=clause, how="form", reference=report.reference
    )
    return Contact.objects.create(
        report=report,
        email=email,
        is_sender=is_sender,
        language=get_language() or settings.LANGUAGE_CODE,
    )


def write_withdrawal(contact: Contact, *, how: str) -> None:
    """Write into the ledger that the consent to letters about one report ends, with the version of
    the clause to which it was given.
    """
    reference, clause = contact.report.reference, Version.objects.in_force(Kind.CLAUSE)
    given = consents.version_given(purpose=_PURPOSE, email=contact.email, reference=reference)
    consents.withdraw(
        purpose=_PURPOSE,
        email=contact.email,
        version=given or clause,
        how=how,
        reference=reference,
    )


@transaction.atomic
def withdraw_consent(contact: Contact, *, how: str) -> None:
    """Delete the address at once and cancel the letters to it that still wait. The proof stays in
    the ledger.
    """
    reference = contact.report.reference
    # The lock waits for a transaction that is owing a letter to this address; that letter is then
    # cancelled below.
    Report.objects.select_for_update(of=("self",), no_key=True).get(pk=contact.report_id)
    write_withdrawal(contact, how=how)
    cancel_letters_to(contact.email, key_prefix=letters_to_readers(reference))
    if contact.is_sender:
        # It was made of the address too.
        Report.objects.filter(pk=contact.report_id).update(fingerprint="")
    contact.delete()
