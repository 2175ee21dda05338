"""Sessions: when one began, and ending them."""

from collections.abc import Callable
from datetime import datetime

from allauth.usersessions.middleware import UserSessionsMiddleware
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from web.cache_keys import hashed_key

from .models import User

_ACTIVITY_SECONDS = 300


class ActivityMiddleware(UserSessionsMiddleware):
    """Notes when a session was last used, from where and with which browser: once in
    ``_ACTIVITY_SECONDS`` and after each change of these, not for every page that is read, and not
    during a technical break.
    """

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.portal_state.only_reads:  # type: ignore[attr-defined]
            return self.get_response(request)
        if request.user.is_authenticated:
            names = ("REMOTE_ADDR", "HTTP_X_FORWARDED_FOR", "HTTP_USER_AGENT")
            client = [request.META.get(name) for name in names]
            seen = hashed_key(f"{request.session.session_key} {client}", "activity", 1)
            if not caches["process"].add(seen, True, _ACTIVITY_SECONDS):
                return self.get_response(request)
        return super().__call__(request)


class PrivatePagesMiddleware:
    """What somebody logged in gets is kept by no proxy and no browser, unless the view says how it
    may be kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # The API knows nobody, and says so by None.
        is_known = request.user and request.user.is_authenticated
        if is_known and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response


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
