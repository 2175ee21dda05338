"""Staff ask the sender. One reminder follows; after a time the work goes on without an answer."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from reports.changing import lock_report
from reports.clock import begin_question, end_question
from reports.letters.questions import can_be_asked, owe_question_letters
from reports.models import Report, ReportWord, SenderQuestion
from web.errors import PortalError


class SenderUnreachable(PortalError):
    code = "sender_unreachable"
    status = 409
    detail = _("Nie ma jak zapytać: zgłaszający nie zostawił adresu e-mail i nie ma konta.")


class CannotAsk(PortalError):
    code = "cannot_ask"
    status = 409
    detail = _("Sprawa jest zakończona albo już czekamy na odpowiedź zgłaszającego.")


def may_ask(report: Report) -> bool:
    """Whether it is open, and no other question waits for an answer."""
    return not report.is_final and report.asked_on is None


def may_be_asked_now(report: Report) -> bool:
    """Whether staff may ask, and a letter would reach the sender."""
    return may_ask(report) and can_be_asked(report)


@transaction.atomic
def ask_sender(
    report: Report, *, text: str, by: User, seen_version: int | None = None
) -> SenderQuestion:
    """Owe the sender a letter with the question ``text``; until they answer, the clock of the
    report stands. Raises ``CannotAsk``, ``SenderUnreachable`` and ``StaleReport``.
    """
    locked = lock_report(report, seen_version)
    if not may_ask(locked):
        raise CannotAsk
    if not can_be_asked(locked):
        raise SenderUnreachable
    question = begin_question(locked, text=text, by=by)
    record(actor=by, action=ReportWord.SENDER_ASKED, target=locked)
    owe_question_letters(question)
    return question


def chase_questions() -> int:
    """Remind senders of open questions once, and go on where they do not answer; returns how many
    questions this concerned. A second call does nothing.
    """
    now = timezone.now()
    old = SenderQuestion.objects.open().filter(at__lte=now - settings.ASK_REMINDER)
    return sum(_chase(question) for question in old.select_related("report"))


@transaction.atomic
def _chase(found: SenderQuestion) -> bool:
    locked = lock_report(found.report)
    # It may have been answered while we waited for the report.
    question = SenderQuestion.objects.open().filter(pk=found.pk).first()
    if question is None:
        return False
    if timezone.now() - question.at >= settings.ASK_PATIENCE:
        end_question(locked)
        record(actor=None, action=ReportWord.WENT_ON, target=locked)
        return True
    if question.reminded_at is not None:
        return False
    question.reminded_at = timezone.now()
    question.save(update_fields=["reminded_at"])
    owe_question_letters(question, is_reminder=True)
    return True
