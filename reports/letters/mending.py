"""Letters about a report that did not arrive: sending one again, mending a mistyped address."""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from outbox.addresses import envelope_address
from outbox.again import give_up_failed, queue_again
from outbox.models import Letter
from reports.changing import lock_report, lock_with
from reports.letter_keys import letters_to_readers, letters_to_staff, letters_to_units
from reports.models import Contact, Report, ReportWord
from web.errors import PortalError

from .consents import forget_contact, lock_mailbox, write_withdrawal
from .mailboxes import owe_question


class CannotSendAgain(PortalError):
    code = "cannot_send_again"
    status = 409
    detail = _("Tej wiadomości nie można już wysłać: wyszła albo jej adresu nie ma przy sprawie.")


class NoAddress(PortalError):
    code = "no_address"
    status = 409
    detail = _("Przy tym zgłoszeniu nie ma adresu zgłaszającego.")


class SameAddress(PortalError):
    code = "same_address"
    status = 409
    field = "email"
    detail = _("Ten adres już jest przy zgłoszeniu.")


def letters_about(report: Report) -> QuerySet[Letter]:
    """All letters about ``report``, the newest first, without what they say."""
    kinds = (letters_to_readers, letters_to_staff, letters_to_units)
    about = Q()
    for begin in kinds:
        about |= Q(key__startswith=begin(report.reference))
    return Letter.objects.filter(about).defer("raw").order_by("-created_at", "-id")


def addresses_of(report: Report) -> set[str]:
    """The addresses to which letters about ``report`` may go now, as the outbox writes them."""
    typed = {contact.email for contact in report.contacts.hearing()}
    if report.owner and report.owner.is_active:
        typed.add(report.owner.email)
    if report.assignee:
        typed.add(report.assignee.email)
    typed.add(report.unit.email)
    return {envelope_address(address).lower() for address in typed if address}


def may_go_again(letter: Letter, addresses: set[str]) -> bool:
    """Whether ``letter`` failed, and goes to nobody but ``addresses``."""
    is_failed = letter.state == Letter.State.FAILED and not letter.is_forgotten
    to = {address.lower() for address in letter.recipients}
    return is_failed and bool(to) and to <= addresses


@transaction.atomic
def send_letter_again(
    report: Report, *, letter: int, by: User, seen_version: int | None = None
) -> None:
    """Send a letter about ``report`` again that failed (``letter``: its key). It goes to nobody
    whose address was taken away meanwhile, nor to a unit that has the report no longer. Raises
    ``CannotSendAgain`` and ``StaleReport``.
    """
    locked = lock_report(report, seen_version)
    row = letters_about(locked).filter(pk=letter).select_for_update().first()
    if row is None or not may_go_again(row, addresses_of(locked)):
        raise CannotSendAgain
    queue_again(row)
    record(actor=by, action=ReportWord.LETTER_SENT_AGAIN, target=locked, letter=row.pk)


@transaction.atomic
def mend_address(
    report: Report, *, email: str, reason: str, by: User, seen_version: int | None = None
) -> Contact:
    """Write ``email`` in place of the address that the sender left, and ask its mailbox: nothing
    more goes there until somebody presses. The consent for the old one ends. Raises ``NoAddress``,
    ``SameAddress``, ``UnsendableAddress`` and ``StaleReport``.
    """
    envelope_address(email)
    # A letter about the report that it repeats may be on its way to the old address.
    locked, _original = lock_with(report, report.original, seen_version)
    old = locked.contacts.select_related("report").filter(is_sender=True).first()
    if old is None:
        raise NoAddress
    if locked.contacts.of_mailbox(email).exists():
        raise SameAddress
    write_withdrawal(old, how="mended")
    give_up_failed(old.email, key_prefix=letters_to_readers(locked.reference))
    forget_contact(old)
    mended = Contact(report=locked, email=email, language=old.language)
    mended.state, mended.is_sender = Contact.State.WAITING, True
    mended.save()
    lock_mailbox(mended.mailbox)
    owe_question(mended)
    record(actor=by, action=ReportWord.ADDRESS_MENDED, target=locked, reason=reason)
    return mended
