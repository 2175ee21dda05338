"""Records when a resident looked at the list, so that it can mark what is new since then."""

from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import User

from .models import Visit

# Whoever looks again within this time is still on the same visit.
_SAME_VISIT = timedelta(minutes=30)


def record_visit(user: User) -> datetime | None:
    """Record that ``user`` looks now; returns when the visit before this one was (UTC), None on
    the first.
    """
    now = timezone.now()
    row, _created = Visit.objects.get_or_create(user=user, defaults={"at": now})
    if now - row.at > _SAME_VISIT:
        row.before = row.at
        row.at = now
        row.save(update_fields=["at", "before"])
    return row.before
