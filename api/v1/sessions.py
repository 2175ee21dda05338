"""Who sends a report by the API: the portal's own form does, for a resident who is logged in."""

from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request


class SessionOfTheForm(SessionAuthentication):
    """The session's person, if there is one; nobody is refused.

    No CSRF token: this API takes JSON only, for which a browser asks before another site may send
    it, and the session's cookie does not go along (SameSite).
    """

    def enforce_csrf(self, request: Request) -> None:
        return None
