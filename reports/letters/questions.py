"""Letters that ask the sender of a report something."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from reports.models import Contact, Report, SenderQuestion
from reports.models.contact import ContactQuerySet

from .notices import Reader, contact_as_reader, owner_as_reader, render_letter, send_letters


def can_be_asked(report: Report) -> bool:
    """Whether a letter reaches the sender: at an address that they left, or at their account."""
    contacts = _contacts().filter(report=OuterRef("pk"))
    reached = Q(owner__is_active=True) | Q(Exists(contacts))
    return Report.objects.filter(reached, pk=report.pk).exists()


def owe_question_letters(question: SenderQuestion, *, is_reminder: bool = False) -> int:
    """Owe the letter with the question to the sender; returns how many letters."""
    owned = Report.objects.select_related("owner", "category", "unit").get(pk=question.report_id)
    readers = [owner_as_reader(owned)] if owned.owner and owned.owner.is_active else []
    contacts = _contacts().filter(report=owned).select_related("report__category")
    readers += map(contact_as_reader, contacts)
    send_letters([_letter(reader, question, owned, is_reminder) for reader in readers])
    return len(readers)


def _contacts() -> ContactQuerySet:
    return Contact.objects.filter(is_sender=True).hearing()


def _letter(
    reader: Reader, question: SenderQuestion, report: Report, is_reminder: bool
) -> EmailMultiAlternatives:
    with override(reader.language):
        subject = _("Pytanie do zgłoszenia %(reference)s")
        key = f"asked-{question.pk}-{reader.key}"
        if is_reminder:
            subject = _("Przypomnienie: pytanie do zgłoszenia %(reference)s")
            key = f"asked-again-{question.pk}-{reader.key}"
        until = timezone.localdate(question.at) + settings.ASK_PATIENCE
        context = {"question": question, "unit": report.unit, "until": until}
        context |= {"is_reminder": is_reminder}
        return render_letter(
            reader, "asked", subject % {"reference": report.reference}, key, context
        )
