"""Letters to the people who sent a report or follow it. Each is rendered and owed in the
transaction of the change that it is about.
"""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import Notices, User
from reports.letter_keys import letters_to_readers
from reports.mailbox_link import not_me_link
from reports.models import Contact, DigestLine, Report, Status, StatusChange
from reports.secret_link import link_of
from web.addresses import absolute_url

# Followers hear nothing of a hidden report; its sender does.
_MAY_HEAR = Q(is_sender=True) | Q(report__is_hidden=False)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who gets a letter about a report: a person who left an address, or the owner of the report.

    ``key`` distinguishes the readers of one report. ``links``: absolute addresses, by their name in
    the templates.
    """

    report: Report
    email: str
    language: str
    key: str
    links: dict[str, str]


def contact_as_reader(contact: Contact) -> Reader:
    reference = contact.report.reference
    links = {
        "status": absolute_url("reports:status", reference),
        "withdraw": absolute_url("reports:withdraw-consent", reference, contact.secret),
        # A follower must not change what somebody else sent, so only the sender gets the link.
        "second_thoughts": link_of(contact.report) if contact.is_sender else "",
        "not_me": not_me_link(contact.mailbox),
    }
    return Reader(contact.report, contact.email, contact.language, str(contact.pk), links)


def owner_as_reader(report: Report) -> Reader:
    owner = cast("User", report.owner)
    links = {
        "status": absolute_url("own_reports:report", report.reference),
        "settings": absolute_url("account_consents"),
        "second_thoughts": link_of(report),
    }
    return Reader(report, owner.email, owner.language, "owner", links)


def owe_receipt_letter(reader: Reader) -> None:
    """Owe the letter that confirms that the report has arrived, with its reference."""
    with override(reader.language):
        subject = _("Przyjęliśmy zgłoszenie %(reference)s")
        subject %= {"reference": reader.report.reference}
        render_letter(reader, "received", subject, f"received-{reader.key}", {}).send()


def is_news(step: StatusChange, before: StatusChange | None) -> bool:
    """Whether a letter has to tell of ``step``. The letter that a report has arrived names its unit
    too, so it need not be told that the report has reached that unit.
    """
    if before is None or before.status != Status.RECEIVED:
        return True
    return before.unit_id != step.unit_id


def owe_status_letters(changes: Sequence[StatusChange]) -> None:
    """Owe a letter about each change to each reader of its report. An owner who chose the daily
    letter gets a line in it instead. Two queries find all readers.
    """
    by_report = {change.report_id: change for change in changes}
    readers, lines = [], []
    owned = Report.objects.filter(pk__in=by_report, owner__is_active=True)
    for report in owned.select_related("owner", "category"):
        owner = cast("User", report.owner)
        if owner.notices == Notices.DAILY:
            lines.append(DigestLine(user=owner, report=report, change=by_report[report.pk]))
        else:
            readers.append(owner_as_reader(report))
    if lines:
        DigestLine.objects.bulk_create(lines)
    contacts = Contact.objects.filter(_MAY_HEAR, report__in=by_report).hearing()
    readers += map(contact_as_reader, contacts.select_related("report__category"))
    letters = [_status_letter(reader, by_report[reader.report.pk]) for reader in readers]
    send_letters(letters)


def owe_missed_letters(contacts: Sequence[Contact]) -> None:
    """Owe each contact a letter about the latest change of its report, if it came after the address
    was left; one that was owed before is not owed twice.
    """
    may_hear = Contact.objects.filter(_MAY_HEAR, pk__in=[one.pk for one in contacts])
    letters = []
    for contact in may_hear.select_related("report__category"):
        latest = contact.report.changes.select_related("unit").order_by("-at", "-id")[:2]
        change, before = [*latest, None, None][:2]
        if change and change.at > contact.created_at and is_news(change, before):
            letters.append(_status_letter(contact_as_reader(contact), change))
    send_letters(letters)


def preview_status_letter(
    report: Report, to: str, *, note: str, duplicate_of: Report | None
) -> EmailMultiAlternatives:
    """The very letter that the sender would get if staff moved ``report`` to ``to``; nothing is
    stored. In place of the sender's secret links stand words.
    """
    shown = copy(report)
    shown.status, shown.duplicate_of = to, duplicate_of
    step = StatusChange(report=shown, status=to, unit=report.unit, note=note.strip())
    hidden = _("(odnośnik tylko dla zgłaszającego)")
    links = {
        "status": absolute_url("reports:status", report.reference),
        "withdraw": hidden,
        "second_thoughts": hidden,
    }
    sender = report.contacts.filter(is_sender=True).first()
    language = sender.language if sender else settings.LANGUAGE_CODE
    return _status_letter(Reader(shown, "", language, "preview", links), step)


def count_readers(report: Report) -> int:
    """How many people get a letter about each change of ``report``."""
    contacts = Contact.objects.filter(_MAY_HEAR, report=report).hearing().count()
    return contacts + bool(report.owner and report.owner.is_active)


def send_letters(letters: Sequence[EmailMultiAlternatives]) -> None:
    """Owe ``letters``, each by its key only once."""
    if letters:
        # An address that no letter reaches must not prevent the change or the other letters.
        get_connection(fail_silently=True).send_messages(letters)


def _status_letter(reader: Reader, change: StatusChange) -> EmailMultiAlternatives:
    with override(reader.language):
        subject = _("Zgłoszenie %(reference)s: %(status)s")
        # Nobody is told that a report has arrived but by its receipt: it has come back.
        if change.status == Status.RECEIVED:
            subject = _("Zgłoszenie %(reference)s jest znowu otwarte")
        subject %= {"reference": reader.report.reference, "status": change.get_status_display()}
        key = f"status-{change.pk}-{reader.key}"
        if original := reader.report.shown_original:
            reader.links["original"] = absolute_url("reports:status", original.reference)
        return render_letter(reader, "status", subject, key, {"change": change})


def render_letter(
    reader: Reader, template: str, subject: str, key: str, context: dict
) -> EmailMultiAlternatives:
    """A letter about one report, in text and HTML. ``key`` distinguishes it from the report's other
    letters.
    """
    report = reader.report
    city = {"portal_name": settings.CITY_PORTAL_NAME}
    context |= {"report": report, "links": reader.links, "city": city}
    message = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"reports/letters/{template}.txt", context),
        to=[reader.email],
        headers={"X-Outbox-Key": letters_to_readers(report.reference) + key},
    )
    if end := reader.links.get("withdraw"):
        # RFC 8058: the program of the reader ends it by one press, without a page.
        message.extra_headers |= {
            "List-Unsubscribe": f"<{end}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    html = render_to_string(f"reports/letters/{template}.html", context)
    message.attach_alternative(html, "text/html")
    return message
