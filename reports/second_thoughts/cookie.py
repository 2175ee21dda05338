"""The secret link reaches the sender's browser: a cookie that only their receipt's pages get."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from reports.secret_link import is_key, key_of

COOKIE = "sender"
_AGE = 3600  # seconds; the letter, or what the sender kept, serves later


def give_key(response: HttpResponse, reference: str) -> None:
    """Let the browser that sent the report show its secret link."""
    response.set_cookie(
        COOKIE,
        key_of(reference),
        max_age=_AGE,
        path=f"/zgloszenia/{reference}/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def given_key(request: HttpRequest, reference: str) -> str:
    """The key that this browser was given; empty for everybody else."""
    key = request.COOKIES.get(COOKIE, "")
    return key if is_key(reference, key) else ""
