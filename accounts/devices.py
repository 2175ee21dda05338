"""Devices with which somebody has logged in before, known by a signed cookie."""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac

from .models import User

COOKIE = "known_device"
COOKIE_AGE = 365 * 24 * 3600  # seconds
_SALT = "accounts.devices"
# People who share a device.
_MOST_PEOPLE = 5


def is_known_device(request: HttpRequest, user: User) -> bool:
    """Whether ``user`` has logged in with this device since the password was set."""
    return _mark_of(user) in _marks_in(request)


def remember_device(response: HttpResponseBase, request: HttpRequest, user: User) -> None:
    """Set the cookie after ``user`` has logged in. It names nobody."""
    others = [mark for mark in _marks_in(request) if mark != _mark_of(user)]
    response.set_cookie(
        COOKIE,
        signing.dumps([_mark_of(user), *others][:_MOST_PEOPLE], salt=_SALT),
        max_age=COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _marks_in(request: HttpRequest) -> list[str]:
    try:
        marks = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=COOKIE_AGE)
    except signing.BadSignature:
        return []
    return [str(mark) for mark in marks]


def _mark_of(user: User) -> str:
    """It changes with the password, so that a stranger who knew the old one is a stranger again."""
    return salted_hmac(_SALT, f"{user.pk} {user.password}", algorithm="sha256").hexdigest()[:32]
