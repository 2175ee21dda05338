"""Personal data goes when it is no longer needed."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from reports.models import Contact, Follow, Remark
from reports.models.report import FINAL


def erase_contacts() -> int:
    """Delete what is personal of reports that ended ``CONTACT_RETENTION_DAYS`` ago: addresses,
    follows and remarks; returns how many addresses.

    The days leave room for a reopening, after which the reporter still wants to hear back.
    """
    limit = timezone.now() - timedelta(days=settings.CONTACT_RETENTION_DAYS)
    ended = {"report__status__in": FINAL, "report__updated_at__lt": limit}
    Follow.objects.filter(**ended).delete()
    Remark.objects.filter(**ended).delete()
    deleted, _by_model = Contact.objects.filter(**ended).delete()
    return deleted
