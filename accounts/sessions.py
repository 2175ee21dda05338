"""Where somebody is logged in, and ending it."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from .models import User


@transaction.atomic
def end_sessions(user: User) -> int:
    """Log ``user`` out everywhere, at once; returns of how many sessions."""
    ended = UserSession.objects.filter(user=user)
    keys = list(ended.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    ended.delete()
    return len(keys)
