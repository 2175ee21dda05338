"""Replies are personal data: after a while only the fact that one came is kept."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from .models import Reply

_BLANK: dict[str, object] = {"raw": b"", "text": "", "sender": "", "message_id": "", "refusal": ""}


def erase_old() -> int:
    """Blank replies that ended ``REPLY_RETENTION_DAYS`` ago; returns how many. One that waits for
    an operator has not ended.
    """
    limit = timezone.now() - timedelta(days=settings.REPLY_RETENTION_DAYS)
    ended = Reply.objects.exclude(state__in=(Reply.State.WAITING, Reply.State.LEFT))
    return ended.filter(ended_at__lt=limit).exclude(raw=b"").update(**_BLANK)
