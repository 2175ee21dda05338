"""Letters to the people who sent a report or follow it. Each is rendered and owed in the
transaction of the change that it is about.
"""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import ConsentEntry, Notices, User
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
    the templates. ``daily``: the owner who chose one letter a day in place of this one.
    """

    report: Report
    email: str
    language: str
    key: str
    links: dict[str, str]
    daily: User | None = None

    @property
    def mailbox(self) -> str:
        """What all spellings of the address share, as ``Contact.mailbox``."""
        return ConsentEntry.hash_of(self.email)


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
    daily = owner if owner.notices == Notices.DAILY else None
    return Reader(report, owner.email, owner.language, "owner", links, daily)


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
    """Owe a letter about each change to each reader of its report, and of those that repeat it. An
    owner who chose the daily letter gets a line in it instead.
    """
    by_report = {change.report_id: change for change in changes}
    letters, lines = [], []
    for reader, report_id in _readers_of([change.report for change in changes]):
        change = by_report[report_id]
        if reader.daily:
            lines.append(DigestLine(user=reader.daily, report=reader.report, change=change))
        else:
            letters.append(_status_letter(reader, change))
    if lines:
        DigestLine.objects.bulk_create(lines)
    send_letters(letters)


def _readers_of(reports: Sequence[Report]) -> list[tuple[Reader, int]]:
    """Who hears of each report, with its key: its own readers, and those of the reports that repeat
    it. Whoever reads several of them is named once, by its own report if possible. Three queries
    find all.
    """
    # Nobody hears of a hidden report because theirs repeats it.
    public = [report.pk for report in reports if not report.is_hidden]
    repeats = Report.objects.filter(duplicate_of__in=public, status=Status.DUPLICATE).order_by("pk")
    about: dict[int, int] = dict(repeats.values_list("pk", "duplicate_of__pk"))
    about |= {report.pk: report.pk for report in reports}
    owned = Report.objects.filter(pk__in=about, owner__is_active=True)
    readers = [owner_as_reader(report) for report in owned.select_related("owner", "category")]
    contacts = Contact.objects.filter(_MAY_HEAR, report__in=about).hearing()
    readers += map(contact_as_reader, contacts.select_related("report__category"))
    readers.sort(key=lambda reader: about[reader.report.pk] != reader.report.pk)
    named: dict[tuple[int, str], Reader] = {}
    for reader in readers:
        named.setdefault((about[reader.report.pk], reader.mailbox), reader)
    return [(reader, report_id) for (report_id, _mailbox), reader in named.items()]


def owe_missed_letters(contacts: Sequence[Contact]) -> None:
    """Owe each contact a letter about the latest change of its report, if it came after the address
    was left; one that was owed before is not owed twice. Of a report that repeats another, also
    about what happened to that one since.
    """
    may_hear = Contact.objects.filter(_MAY_HEAR, pk__in=[one.pk for one in contacts])
    letters = []
    for contact in may_hear.select_related("report__category", "report__duplicate_of"):
        change = _latest_news(contact.report, since=contact.created_at)
        if change:
            letters.append(_status_letter(contact_as_reader(contact), change))
        original = contact.report.shown_original
        # Whoever reads that one too is told by it.
        if original and not _reads(original, contact):
            merged_at = contact.report.changes.latest("at").at
            change = _latest_news(original, since=max(merged_at, contact.created_at))
            if change:
                letters.append(_status_letter(contact_as_reader(contact), change))
    send_letters(letters)


def _latest_news(report: Report, *, since: datetime) -> StatusChange | None:
    latest = report.changes.select_related("unit").order_by("-at", "-id")[:2]
    change, before = [*latest, None, None][:2]
    return change if change and change.at > since and is_news(change, before) else None


def _reads(report: Report, contact: Contact) -> bool:
    if report.contacts.filter(mailbox=contact.mailbox).exists():
        return True
    return report.owner is not None and ConsentEntry.hash_of(report.owner.email) == contact.mailbox


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


def count_readers(*reports: Report) -> int:
    """How many people hear of each change of these reports, each counted once."""
    return len({reader.mailbox for reader, _report_id in _readers_of(reports)})


def count_letters(reports: Sequence[Report]) -> int:
    """How many letters there are if each of these reports changes once."""
    return len(_readers_of(reports))


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
        subject %= {"reference": change.report.reference, "status": change.get_status_display()}
        key = f"status-{change.pk}-{reader.key}"
        context: dict[str, object] = {"change": change}
        if change.report != reader.report:
            context |= {"report": change.report, "repeating": reader.report}
            reader.links["status"] = absolute_url("reports:status", change.report.reference)
            # Only its own sender judges an answer.
            reader.links["second_thoughts"] = ""
        elif original := reader.report.shown_original:
            reader.links["original"] = absolute_url("reports:status", original.reference)
        return render_letter(reader, "status", subject, key, context)


def render_letter(
    reader: Reader, template: str, subject: str, key: str, context: dict
) -> EmailMultiAlternatives:
    """A letter about one report, in text and HTML. ``key`` distinguishes it from the report's other
    letters. ``context`` may name another report that it is about.
    """
    report = reader.report
    city = {"portal_name": settings.CITY_PORTAL_NAME}
    context = {"report": report, "links": reader.links, "city": city} | context
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
