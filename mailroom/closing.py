"""An operator has read a reply that the portal did not take."""

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User

from .models import Reply, ReplyWord


@transaction.atomic
def close_reply(row: Reply, *, by: User) -> None:
    """A second press changes nothing."""
    left = Reply.objects.left().filter(pk=row.pk)
    if left.update(state=Reply.State.CLOSED, ended_at=timezone.now()):
        record(actor=by, action=ReplyWord.REPLY_CLOSED, target=row)
