"""A random cookie identifies a device, so that "me too" counts once for each device."""

from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COOKIE = "device"
COOKIE_AGE = 365 * 24 * 3600  # seconds
_LONGEST = 64


def device_of(request: HttpRequest) -> str:
    """The device's value, or a new one if it has none yet. The caller then calls
    ``remember_device``.
    """
    known = request.COOKIES.get(COOKIE, "")
    return known if 0 < len(known) <= _LONGEST else uuid4().hex


def remember_device(response: HttpResponse, device: str, *, secure: bool) -> None:
    response.set_cookie(
        COOKIE, device, max_age=COOKIE_AGE, secure=secure, httponly=True, samesite="Lax"
    )


def follower_hash(device: str) -> str:
    """The keyed hash of a device, which is all that is stored of it."""
    return salted_hmac("reports.follow", device, algorithm="sha256").hexdigest()
