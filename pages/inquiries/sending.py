"""The act by which a message to the administrator comes in."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import consents
from accounts.identity import email_key
from accounts.models import ConsentEntry, User
from outbox.addresses import envelope_address
from pages.models import Inquiry
from reports.letters.consents import (
    ConsentRequired,
    clause_shown,
    lock_mailbox,
    may_believe_typed,
)
from web.errors import PortalError

from .letters import owe_copy, owe_notice

PURPOSE = ConsentEntry.Purpose.INQUIRY


class MailboxIsFull(PortalError):
    """Too many letters would go to one mailbox on the word of whoever typed its address."""

    code = "mailbox_is_full"
    field = "email"
    detail = _(
        "Na ten adres wysłaliśmy dziś już kilka wiadomości. Spróbuj jutro albo wyślij bez adresu."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewInquiry:
    """A message as a page hands it in. ``email`` may be empty; else ``consent`` is needed, to the
    version ``clause`` of the clause.
    """

    submission_id: UUID
    topic: str
    text: str
    name: str = ""
    email: str = ""
    consent: bool = False
    clause: str = ""
    sender: User | None = None


@transaction.atomic
def send_inquiry(new: NewInquiry) -> Inquiry:
    """Keep the message, the consent and the letters that are owed: a copy to its sender and, once a
    day, a notice to the administrator. A repeat returns the first one. Raises ``ConsentRequired``,
    ``UnknownClause``, ``UnsendableAddress`` and ``MailboxIsFull``.
    """
    _check_address(new)
    inquiry, is_new = Inquiry.objects.get_or_create(
        submission_id=new.submission_id,
        defaults={
            "topic": new.topic,
            "text": new.text,
            "name": new.name,
            "email": new.email,
            "language": get_language() or settings.LANGUAGE_CODE,
            "sender": new.sender,
        },
    )
    if not is_new:
        return inquiry
    if new.email:
        _keep_consent(inquiry, new)
        owe_copy(inquiry)
    owe_notice()
    return inquiry


def _check_address(new: NewInquiry) -> None:
    if new.email:
        if not new.consent:
            raise ConsentRequired
        # Here, where the person can mend it, and not when a letter to it is owed.
        envelope_address(new.email)


def _keep_consent(inquiry: Inquiry, new: NewInquiry) -> None:
    version = clause_shown(new.clause)
    is_own = new.sender is not None and email_key(new.email) == new.sender.email_key
    if not is_own:
        lock_mailbox(ConsentEntry.hash_of(new.email))
        if not may_believe_typed(new.email):
            raise MailboxIsFull
    consents.give(
        purpose=PURPOSE,
        email=new.email,
        version=version,
        how=ConsentEntry.How.LOGGED_IN if is_own else ConsentEntry.How.TYPED,
        reference=inquiry.reference,
    )
