"""The e-mail addresses left with a report, and the consents that belong to them."""

from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import consents
from accounts.models import ConsentEntry
from outbox.addresses import envelope_address
from outbox.cancelling import cancel_letters_to
from regulations.models import Kind, Version
from reports.changing import lock_with_originals
from reports.letter_keys import letters_to_readers
from reports.models import Contact, Report
from web.errors import PortalError

_PURPOSE = ConsentEntry.Purpose.REPORT_LETTERS
# So many lines of the ledger say enough of one day.
_MOST_LINES = 100


class ConsentRequired(PortalError):
    code = "consent_required"
    field = "consent"
    detail = _("Adres możemy zapisać tylko za zgodą: zaznacz ją albo usuń adres.")


class UnknownClause(PortalError):
    code = "unknown_clause"
    field = "consent"
    detail = _("Nie znamy tej wersji klauzuli. Przeczytaj obecną i zaznacz zgodę jeszcze raz.")


def clause_shown(number: str) -> Version:
    """The version of the clause that stood by a consent: that ``number``, or the one in force if
    the client does not say. Raises ``UnknownClause``.
    """
    if not number:
        return Version.objects.in_force(Kind.CLAUSE)
    version = Version.objects.shown(Kind.CLAUSE, number)
    if version is None:
        raise UnknownClause
    return version


def remember_contact(
    report: Report,
    *,
    email: str,
    consent: bool,
    is_sender: bool,
    is_own: bool,
    clause: str,
) -> Contact:
    """Store the address for letters about ``report``, and write the consent into the ledger unless
    its mailbox has to be asked first. ``is_own``: it is that of the account which is logged in;
    ``clause``: as for ``clause_shown``. Raises ``ConsentRequired``, ``UnknownClause`` and
    ``UnsendableAddress``.
    """
    if not consent:
        raise ConsentRequired
    version = clause_shown(clause)
    # Here, where the person can mend it, and not when a letter to it is owed.
    envelope_address(email)
    lock_mailbox(ConsentEntry.hash_of(email))
    state = Contact.State.WAITING
    if is_own:
        state = Contact.State.LOGGED_IN
    elif is_sender and may_believe_typed(email):
        state = Contact.State.TYPED
    contact = Contact.objects.create(
        report=report,
        email=email,
        state=state,
        is_sender=is_sender,
        language=get_language() or settings.LANGUAGE_CODE,
    )
    if state != Contact.State.WAITING:
        write_consent(contact, version)
    return contact


def lock_mailbox(mailbox: str) -> None:
    """Until the end of the transaction, nobody else counts or answers for this mailbox (its hash).
    Whoever also locks reports locks them first.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(mailbox[:15], 16)])


def may_believe_typed(email: str) -> bool:
    """Whether letters may go to an address that somebody typed, without asking its mailbox.

    A few a day, and as many again after each press in the mailbox; none once its owner said that it
    was not them, until they press. The ledger keeps count.
    """
    since = timezone.now() - timedelta(days=1)
    is_answer = Q(act=ConsentEntry.Act.NOT_GIVEN) | Q(how=ConsentEntry.How.CONFIRMED)
    lines = consents.history(email).filter(
        is_answer | Q(at__gt=since), purpose__in=consents.LETTERS
    )
    believed = 0
    for act, how in lines.values_list("act", "how")[:_MOST_LINES]:
        if act == ConsentEntry.Act.NOT_GIVEN:
            return False
        if how == ConsentEntry.How.CONFIRMED:
            break
        believed += how == ConsentEntry.How.TYPED
    return believed < settings.TYPED_ADDRESSES_A_DAY


def write_consent(contact: Contact, version: Version) -> None:
    """Write into the ledger that the consent to letters about one report is given, to this version
    of the clause and on the word that the contact's state names.
    """
    consents.give(
        purpose=_PURPOSE,
        email=contact.email,
        version=version,
        how=contact.state,
        reference=contact.report.reference,
    )


def write_denial(contact: Contact) -> None:
    """Write into the ledger that the owner of the mailbox never gave this consent."""
    consents.deny(
        purpose=_PURPOSE,
        email=contact.email,
        version=_version_given(contact),
        how="not_me",
        reference=contact.report.reference,
    )


def write_withdrawal(contact: Contact, *, how: str) -> None:
    """Write into the ledger that the consent to letters about one report ends, with the version of
    the clause to which it was given. Nothing is written of a consent that nobody gave yet.
    """
    if contact.state == Contact.State.WAITING:
        return
    consents.withdraw(
        purpose=_PURPOSE,
        email=contact.email,
        version=_version_given(contact),
        how=how,
        reference=contact.report.reference,
    )


def _version_given(contact: Contact) -> Version:
    reference = contact.report.reference
    given = consents.version_given(purpose=_PURPOSE, email=contact.email, reference=reference)
    return given or Version.objects.in_force(Kind.CLAUSE)


@transaction.atomic
def withdraw_consent(contact: Contact, *, how: str) -> None:
    """Delete the address at once and cancel the letters to it that still wait. The proof stays in
    the ledger. A second call does nothing.
    """
    # The lock waits for a transaction that is owing a letter to this address; that letter is then
    # cancelled below.
    lock_with_originals([contact.report_id])
    if current := Contact.objects.select_related("report").filter(pk=contact.pk).first():
        write_withdrawal(current, how=how)
        forget_contact(current)


def forget_contact(contact: Contact) -> None:
    """Delete the address of a contact whose report is locked, and everything that knows it."""
    cancel_letters_to(contact.email, key_prefix=letters_to_readers(contact.report.reference))
    if contact.is_sender:
        # It was made of the address too.
        Report.objects.filter(pk=contact.report_id).update(fingerprint="")
    contact.delete()
