"""Recognises a resident who is logged in and sends a report by the portal's own form."""

from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request


class SessionOfTheForm(SessionAuthentication):
    """The person who is logged in, if any; a request without a session is not refused.

    No CSRF token: this API takes only JSON. Before another site may send JSON, the browser asks the
    portal, and even then it does not send the session's cookie (SameSite).
    """

    def enforce_csrf(self, request: Request) -> None:
        return None
