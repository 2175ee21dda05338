"""When the resident looked last, so that the list can say what is new."""

from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import User

from .models import Visit

# Looks that are nearer to each other than this are one visit.
_SAME_VISIT = timedelta(minutes=30)


def visit(user: User) -> datetime | None:
    """Note that ``user`` looks now; returns when the visit before this one was, None on the
    first.
    """
    now = timezone.now()
    row, _created = Visit.objects.get_or_create(user=user, defaults={"at": now})
    if now - row.at > _SAME_VISIT:
        row.before = row.at
        row.at = now
        row.save(update_fields=["at", "before"])
    return row.before
