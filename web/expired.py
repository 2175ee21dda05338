"""A form that was sent too late, or without its cookie: what was typed is shown again.

The CSRF check is never weaker for it: such a request changes nothing, and the page that it gets has
a new token, so that one more press sends the form.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from .errors import FormExpired, PortalError, error_response
from .limits import limit

_View = Callable[..., HttpResponseBase]

SEND_AGAIN = _(
    "Ta strona czekała tak długo, że formularz wygasł. Nic nie przepadło: sprawdź i wyślij jeszcze"
    " raz."
)
EXPIRED = FormExpired.status
# How Django's words begin if the token is missing or wrong. It has compared the origin before.
_REASON = "CSRF "


def shown_again_by(again: _View) -> Callable[[_View], _View]:
    """Decorate a view that takes a form. ``again`` gets its arguments where the token has expired:
    it acts on nothing, and shows the form with what was typed and ``SEND_AGAIN``.
    """

    def decorate(view: _View) -> _View:
        marked: Any = view
        marked.show_again = again
        return view

    return decorate


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Django's view for a request that failed the CSRF check."""
    match = request.resolver_match
    again = getattr(match.func, "show_again", None) if match else None
    if match is None or again is None or not reason.startswith(_REASON):
        return error_response(request, FormExpired())
    try:
        # The middlewares of limits and errors come after that of the token.
        return limit(request) or again(request, *match.args, **match.kwargs)
    except PortalError as refusal:
        return error_response(request, refusal)
