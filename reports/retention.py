"""Personal data goes when it is no longer needed."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from .models import Contact
from .models.report import FINAL


def erase_contacts() -> int:
    """Delete addresses of reports that ended ``CONTACT_RETENTION_DAYS`` ago; returns how many.

    The days leave room for a reopening, after which the reporter still wants to hear back.
    """
    limit = timezone.now() - timedelta(days=settings.CONTACT_RETENTION_DAYS)
    old = Contact.objects.filter(report__status__in=FINAL, report__updated_at__lt=limit)
    deleted, _by_model = old.delete()
    return deleted
