"""Letters are personal data: after a while only the fact that one was sent is kept."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from .models import BLANK, Letter


def erase_old() -> int:
    """Blank letters that ended ``OUTBOX_RETENTION_DAYS`` ago; returns how many."""
    limit = timezone.now() - timedelta(days=settings.OUTBOX_RETENTION_DAYS)
    old = Letter.objects.filter(ended_at__lt=limit).exclude(recipients=[])
    return old.update(**BLANK)
