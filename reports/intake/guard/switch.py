"""The operator raises the guard for an hour, whatever the portal itself measures."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.audit import record
from accounts.models import AuditWord, User
from reports.models import GuardRaise
from web.kept import Kept

_LASTS = timedelta(hours=1)


class GuardWord(AuditWord):
    RAISED = "guard_raised"
    LOWERED = "guard_lowered"


def raised_until() -> datetime | None:
    """Until when the guard is raised (UTC); None if it is not."""
    until = _last_until()
    return until if until and until > timezone.now() else None


_last_until = Kept(lambda: GuardRaise.objects.aggregate(last=Max("until"))["last"])


@transaction.atomic
def raise_guard(*, by: User) -> GuardRaise:
    """Raise the guard until an hour from now, even if it is already raised."""
    row = GuardRaise.objects.create(until=timezone.now() + _LASTS, by=by)
    record(actor=by, action=GuardWord.RAISED, target=row)
    return row


@transaction.atomic
def lower_guard(*, by: User) -> None:
    now = timezone.now()
    for row in GuardRaise.objects.select_for_update().filter(until__gt=now):
        row.until = now
        row.save(update_fields=["until"])
        record(actor=by, action=GuardWord.LOWERED, target=row)
