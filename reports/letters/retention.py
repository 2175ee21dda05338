"""Deletes personal data that is no longer needed."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from reports.models import Contact, Follow, Memo, Remark, Report, SenderQuestion, Status, Verdict
from reports.models.report import FINAL

# How long an address waits for a press in its mailbox.
_PATIENCE = timedelta(days=14)


def erase_contacts() -> int:
    """Delete the addresses, follows, remarks, memos, questions and words of verdicts of reports
    that ended ``CONTACT_RETENTION_DAYS`` ago, and the addresses that nobody confirmed in time;
    returns how many addresses.

    A report may be reopened within these days, and its sender then still wants to hear back. One
    that repeats another keeps all of this for as long as that one: its readers hear of that one,
    and it may be taken apart from it.
    """
    now = timezone.now()
    limit = now - timedelta(days=settings.CONTACT_RETENTION_DAYS)
    old = Report.objects.filter(status__in=FINAL, updated_at__lt=limit)
    lives = ~Q(status__in=FINAL) | Q(updated_at__gte=limit)
    original = Report.objects.filter(lives, pk=OuterRef("duplicate_of"))
    old = old.exclude(Exists(original), status=Status.DUPLICATE)
    ended = {"report__in": old}
    Follow.objects.filter(**ended).delete()
    Remark.objects.filter(**ended).delete()
    Memo.objects.filter(**ended).delete()
    SenderQuestion.objects.filter(**ended).delete()
    Verdict.objects.filter(**ended).exclude(text="").update(text="")
    old.exclude(fingerprint="").update(fingerprint="")
    unpressed = Q(state=Contact.State.WAITING, created_at__lt=now - _PATIENCE)
    deleted, _by_model = Contact.objects.filter(Q(**ended) | unpressed).delete()
    return deleted
