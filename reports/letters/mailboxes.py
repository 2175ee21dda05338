"""An address is left with a report; its mailbox may be asked whether it is really its owner's.

A stranger's word is believed a few times a day (docs/adr/0024). Beyond that one letter asks, and
nothing more goes there until somebody presses in the mailbox.
"""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from outbox.cancelling import cancel_letters_about
from regulations.models import Version
from reports.changing import lock_with_originals
from reports.letter_keys import letters_that_ask
from reports.mailbox_link import confirm_link, not_me_link
from reports.models import Contact, Report

from .consents import (
    clause_shown,
    forget_contact,
    lock_mailbox,
    remember_contact,
    write_consent,
    write_denial,
    write_withdrawal,
)
from .notices import contact_as_reader, owe_missed_letters, owe_receipt_letter

_State = Contact.State


def leave_address(
    report: Report,
    *,
    email: str,
    consent: bool,
    is_sender: bool = True,
    is_own: bool = False,
    clause: str = "",
) -> None:
    """Store an address with ``report`` and owe its first letter: the receipt for the sender, or the
    question whether the address is theirs. Raises what ``remember_contact`` raises.
    """
    contact = remember_contact(
        report, email=email, consent=consent, is_sender=is_sender, is_own=is_own, clause=clause
    )
    if contact.state == _State.WAITING:
        owe_question(contact)
    elif is_sender:
        owe_receipt_letter(contact_as_reader(contact))


def owe_question(contact: Contact) -> None:
    """Owe the letter that asks. None while an earlier one is not answered, and at most one a day.
    It quotes nobody, because a stranger may have caused it.
    """
    waiting = Contact.objects.filter(mailbox=contact.mailbox, state=_State.WAITING)
    if waiting.exclude(pk=contact.pk).exists():
        return
    with override(contact.language):
        context = {
            # The button that other letters have leads to the status of a report.
            "links": {
                "status": confirm_link(contact.mailbox),
                "not_me": not_me_link(contact.mailbox),
            },
            "city": {"portal_name": settings.CITY_PORTAL_NAME},
        }
        key = f"{letters_that_ask(contact.mailbox)}{timezone.localdate():%Y-%m-%d}"
        message = EmailMultiAlternatives(
            subject=_("Czy to Ty? Potwierdź swój adres e-mail"),
            body=render_to_string("reports/letters/question.txt", context),
            to=[contact.email],
            headers={"X-Outbox-Key": key},
        )
        html = render_to_string("reports/letters/question.html", context)
        message.attach_alternative(html, "text/html")
        message.send()


def confirm_mailbox(mailbox: str, *, clause: str = "") -> int:
    """The owner of ``mailbox`` (its hash) says that the addresses typed for it are theirs: they
    become consents, and the letters that were held back are owed. Returns how many. ``clause``: as
    for ``clause_shown``. Raises ``UnknownClause``.
    """
    number, version = 0, clause_shown(clause)
    # What comes while the reports are being locked is confirmed in the next round.
    while confirmed := _confirm_contacts(mailbox, version):
        number += confirmed
    return number


@transaction.atomic
def _confirm_contacts(mailbox: str, version: Version) -> int:
    contacts = [
        contact
        for contact in _lock_contacts(mailbox)
        if contact.state in (_State.WAITING, _State.TYPED)
    ]
    were_silent = [contact for contact in contacts if contact.state == _State.WAITING]
    Contact.objects.filter(pk__in=[one.pk for one in contacts]).update(state=_State.CONFIRMED)
    for contact in contacts:
        contact.state = _State.CONFIRMED
        write_consent(contact, version)
    for contact in were_silent:
        if contact.is_sender:
            owe_receipt_letter(contact_as_reader(contact))
    owe_missed_letters(contacts)
    return len(contacts)


@transaction.atomic
def deny_mailbox(mailbox: str) -> int:
    """The owner of ``mailbox`` (its hash) says that somebody else typed the address: it is deleted
    from all reports, and no letter to it leaves. Returns from how many reports.
    """
    contacts = _lock_contacts(mailbox)
    for contact in contacts:
        if contact.state in (_State.WAITING, _State.TYPED):
            write_denial(contact)
        else:
            write_withdrawal(contact, how="not_me")
        forget_contact(contact)
    cancel_letters_about(letters_that_ask(mailbox))
    return len(contacts)


def _lock_contacts(mailbox: str) -> list[Contact]:
    """The contacts of a mailbox, once their reports and the mailbox are locked, so that nobody
    writes a letter to them meanwhile.
    """
    contacts = Contact.objects.filter(mailbox=mailbox).select_related("report")
    reports = lock_with_originals(contacts.values_list("report", flat=True))
    lock_mailbox(mailbox)
    return list(contacts.filter(report__in=reports).order_by("pk"))
