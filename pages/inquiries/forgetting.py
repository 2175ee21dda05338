"""Messages are personal data: they are erased after a time, with their account, or on request."""

from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from accounts import consents
from accounts.models import User
from outbox.cancelling import cancel_letters_about
from outbox.forgetting import forget_letters_about
from pages.models import Inquiry, InquiryAnswer
from regulations.models import Kind, Version

from .sending import PURPOSE

# However long it is open.
_LONGEST = timedelta(days=365)


def erase_old_inquiries() -> int:
    """Erase names, addresses and texts whose time has come; returns of how many messages. That a
    message came, about what and when it ended is kept.
    """
    now = timezone.now()
    ended = Q(ended_at__lt=now - timedelta(days=settings.INQUIRY_RETENTION_DAYS))
    return _erase(Inquiry.objects.filter(ended | Q(created_at__lt=now - _LONGEST), erased_at=None))


def erase_inquiries_of(user: User) -> None:
    """Erase what was sent from the account ``user``."""
    mine = Inquiry.objects.filter(sender=user)
    for inquiry in mine.filter(erased_at=None).exclude(email=""):
        withdraw_address(inquiry, how="account_closed")
    _erase(mine.filter(erased_at=None))


@transaction.atomic
def withdraw_address(inquiry: Inquiry, *, how: str) -> None:
    """Delete the address at once, and cancel letters to it; the proof of the consent stays. A
    second call does nothing.
    """
    locked = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    if not locked.email:
        return
    email, reference = locked.email, locked.reference
    given = consents.version_given(purpose=PURPOSE, email=email, reference=reference)
    version = given or Version.objects.in_force(Kind.CLAUSE)
    consents.withdraw(purpose=PURPOSE, email=email, version=version, how=how, reference=reference)
    cancel_letters_about(locked.letter_keys)
    forget_letters_about([locked.letter_keys])
    locked.email = ""
    locked.version += 1
    locked.save(update_fields=["email", "version"])


@transaction.atomic
def _erase(inquiries: models.QuerySet[Inquiry]) -> int:
    rows = list(inquiries.select_for_update())
    keys = [row.pk for row in rows]
    forget_letters_about([row.letter_keys for row in rows])
    InquiryAnswer.objects.filter(inquiry__in=keys).update(text="")
    return Inquiry.objects.filter(pk__in=keys).update(
        name="", email="", text="", sender=None, erased_at=timezone.now()
    )
