"""Sessions: when one began, and ending them."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from .models import User


def login_time(request: HttpRequest) -> datetime:
    """When the person of ``request`` logged in with this browser (UTC)."""
    sessions = UserSession.objects.filter(session_key=request.session.session_key)
    return sessions.values_list("created_at", flat=True).first() or timezone.now()


def forget_ended_sessions() -> int:
    """Delete the details of sessions that have expired or were ended; returns of how many."""
    open_keys = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    deleted, _by_model = UserSession.objects.exclude(session_key__in=open_keys).delete()
    return deleted


@transaction.atomic
def end_sessions(user: User) -> int:
    """Log ``user`` out everywhere, at once; returns of how many sessions."""
    ended = UserSession.objects.filter(user=user)
    keys = list(ended.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    ended.delete()
    return len(keys)
