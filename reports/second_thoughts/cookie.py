"""A cookie gives the sender's browser the key of the secret link, for the pages of the receipt."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from reports.secret_link import is_key, key_of

COOKIE = "sender"
COOKIE_AGE = 3600  # seconds; afterwards the sender has the link from the letter or kept it


def give_key(response: HttpResponse, reference: str) -> None:
    """Let the browser that sent the report show the secret link to it."""
    response.set_cookie(
        COOKIE,
        key_of(reference),
        max_age=COOKIE_AGE,
        path=f"/zgloszenia/{reference}/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def given_key(request: HttpRequest, reference: str) -> str:
    """The key that this browser was given, or "" if it was given none."""
    key = request.COOKIES.get(COOKIE, "")
    return key if is_key(reference, key) else ""
