"""Letters to the reporter: rendered and owed in the transaction of what they tell about."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from .models import Contact, StatusChange
from .sender.keys import link_of


def key_prefix(reference: str) -> str:
    """What the outbox keys of all letters to the reporter of one report begin with."""
    return f"report:{reference}:"


def owe_received(contact: Contact) -> None:
    """The letter that the report has arrived, with its reference."""
    with override(contact.language):
        subject = _("Przyjęliśmy zgłoszenie %(reference)s")
        subject %= {"reference": contact.report.reference}
        letter(contact, "received", subject, "received", {}).send()


def owe_statuses(changes: Sequence[StatusChange]) -> None:
    """One letter for each change whose reporter left an address. One query for all contacts."""
    reports = {change.report_id: change for change in changes}
    contacts = Contact.objects.filter(report__in=reports).select_related("report__category")
    # One letter a contact: the sender and each follower who left an address.
    letters = []
    for contact in contacts:
        with override(contact.language):
            letters.append(status_letter(contact, reports[contact.report_id]))
    if letters:
        get_connection().send_messages(letters)


def status_letter(contact: Contact, change: StatusChange) -> EmailMultiAlternatives:
    subject = _("Zgłoszenie %(reference)s: %(status)s") % {
        "reference": contact.report.reference,
        "status": change.get_status_display(),
    }
    key = f"status-{change.pk}-{contact.pk}"
    return letter(contact, "status", subject, key, {"change": change})


def letter(
    contact: Contact, template: str, subject: str, key: str, context: dict
) -> EmailMultiAlternatives:
    """A text and HTML letter about one report; ``key`` tells it from the report's other letters."""
    report = contact.report
    city = {"portal_name": settings.CITY_PORTAL_NAME}
    context |= {"report": report, "links": links(contact), "city": city}
    message = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"reports/letters/{template}.txt", context),
        to=[contact.email],
        headers={"X-Outbox-Key": key_prefix(report.reference) + key},
    )
    html = render_to_string(f"reports/letters/{template}.html", context)
    message.attach_alternative(html, "text/html")
    return message


def links(contact: Contact) -> dict[str, str]:
    """Absolute addresses that the letters offer."""
    reference = contact.report.reference
    withdraw = reverse("reports:withdraw-consent", args=[reference, contact.secret])
    return {
        "status": settings.SITE_URL + reverse("reports:status", args=[reference]),
        "withdraw": settings.SITE_URL + withdraw,
        # Followers get no key to what somebody else sent.
        "sender": link_of(contact.report) if contact.is_sender else "",
    }
