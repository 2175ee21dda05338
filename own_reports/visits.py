"""Records when a resident looked at the list, so that it can mark what is new since then."""

from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import User
from web.switches import current_state

from .models import Visit

# Whoever looks again within this time is still on the same visit.
_SAME_VISIT = timedelta(minutes=30)


def record_visit(user: User) -> datetime | None:
    """Record that ``user`` looks now; returns when the visit before this one was (UTC), None on
    the first. While nothing may be written, what is new is marked and stays new for the next visit.
    """
    now = timezone.now()
    row = Visit.objects.filter(user=user).first() or Visit(user=user, at=now)
    if now - row.at > _SAME_VISIT:
        row.at, row.before = now, row.at
    elif row.pk:
        return row.before
    if not current_state().only_reads:
        # Of two first pages at one moment, either may be the one that is kept.
        kept = {"at": row.at, "before": row.before}
        Visit.objects.update_or_create(user=user, defaults=kept)
    return row.before
