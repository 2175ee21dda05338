"""Letters to those who sent a report or follow it: rendered and owed in the transaction of what
they tell about.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import Notices, User
from reports.models import Contact, DigestLine, Report, StatusChange
from reports.secret_link import link_of


@dataclass(frozen=True, slots=True)
class Reader:
    """Who gets a letter about a report: somebody who left an address, or the account's owner."""

    report: Report
    email: str
    language: str
    key: str
    links: dict[str, str]


def key_prefix(reference: str) -> str:
    """What the outbox keys of all letters to the readers of one report begin with."""
    return f"report:{reference}:"


def contact_as_reader(contact: Contact) -> Reader:
    reference = contact.report.reference
    links = {
        "status": absolute_url("reports:status", reference),
        "withdraw": absolute_url("reports:withdraw-consent", reference, contact.secret),
        # Followers get no key to what somebody else sent.
        "sender": link_of(contact.report) if contact.is_sender else "",
    }
    return Reader(contact.report, contact.email, contact.language, str(contact.pk), links)


def owner_as_reader(report: Report) -> Reader:
    owner = cast("User", report.owner)
    links = {
        "status": absolute_url("own_reports:report", report.reference),
        "settings": absolute_url("account_consents"),
        "sender": link_of(report),
    }
    return Reader(report, owner.email, owner.language, "owner", links)


def absolute_url(name: str, *args: str) -> str:
    return settings.SITE_URL + reverse(name, args=args)


def owe_receipt_letter(reader: Reader) -> None:
    """The letter that the report has arrived, with its reference."""
    with override(reader.language):
        subject = _("Przyjęliśmy zgłoszenie %(reference)s")
        subject %= {"reference": reader.report.reference}
        _render_letter(reader, "received", subject, "received", {}).send()


def owe_status_letters(changes: Sequence[StatusChange]) -> None:
    """A letter for each change to each of its readers, or a line of the daily letter, as the owner
    chose. Two queries for all readers.
    """
    by_report = {change.report_id: change for change in changes}
    letters = [_status_letter(reader, by_report) for reader in _readers(by_report)]
    if letters:
        # One address that no letter reaches must not hold up a change, or the others' letters.
        get_connection(fail_silently=True).send_messages(letters)


def _readers(by_report: dict[int, StatusChange]) -> Iterator[Reader]:
    """Owners first; who chose the daily letter gets a line in it instead."""
    owned = Report.objects.filter(pk__in=by_report, owner__is_active=True)
    reports = list(owned.select_related("owner", "category"))
    _add_digest_lines((report for report in reports if _is_daily(report)), by_report)
    yield from (owner_as_reader(report) for report in reports if not _is_daily(report))
    # Of what is hidden only its sender hears.
    told = Q(is_sender=True) | Q(report__is_hidden=False)
    contacts = Contact.objects.filter(told, report__in=by_report)
    contacts = contacts.select_related("report__category")
    yield from (contact_as_reader(contact) for contact in contacts)


def _is_daily(report: Report) -> bool:
    return cast("User", report.owner).notices == Notices.DAILY


def _add_digest_lines(reports: Iterable[Report], by_report: dict[int, StatusChange]) -> None:
    lines = [
        DigestLine(user=report.owner, report=report, change=by_report[report.pk])
        for report in reports
    ]
    if lines:
        DigestLine.objects.bulk_create(lines)


def _status_letter(reader: Reader, by_report: dict[int, StatusChange]) -> EmailMultiAlternatives:
    change = by_report[reader.report.pk]
    with override(reader.language):
        subject = _("Zgłoszenie %(reference)s: %(status)s") % {
            "reference": reader.report.reference,
            "status": change.get_status_display(),
        }
        key = f"status-{change.pk}-{reader.key}"
        return _render_letter(reader, "status", subject, key, {"change": change})


def _render_letter(
    reader: Reader, template: str, subject: str, key: str, context: dict
) -> EmailMultiAlternatives:
    """A text and HTML letter about one report; ``key`` tells it from the report's other letters."""
    report = reader.report
    city = {"portal_name": settings.CITY_PORTAL_NAME}
    context |= {"report": report, "links": reader.links, "city": city}
    message = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"reports/letters/{template}.txt", context),
        to=[reader.email],
        headers={"X-Outbox-Key": key_prefix(report.reference) + key},
    )
    html = render_to_string(f"reports/letters/{template}.html", context)
    message.attach_alternative(html, "text/html")
    return message
