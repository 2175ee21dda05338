"""Reading caught letters in the local run."""

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from .sink import maildir

_PAGE = 25


def letters(request: HttpRequest) -> HttpResponse:
    """Newest first."""
    _only_locally()
    page = Paginator(maildir.newest(), _PAGE).get_page(request.GET.get("strona"))
    context = {"page": page, "letters": [maildir.read(key) for key in page]}
    return render(request, "outbox/letters.html", context)


def letter(request: HttpRequest, key: str) -> HttpResponse:
    return render(request, "outbox/letter.html", {"letter": _find(key)})


@csp({"default-src": [NONE], "style-src": [UNSAFE_INLINE], "sandbox": True})  # type: ignore[arg-type]
def letter_html(request: HttpRequest, key: str) -> HttpResponse:
    """The HTML part alone, as a mail program would show it: no script, nothing fetched."""
    return HttpResponse(_find(key).html)


def _find(key: str) -> maildir.Caught:
    _only_locally()
    try:
        return maildir.read(key)
    except KeyError as missing:
        raise Http404 from missing


def _only_locally() -> None:
    if settings.IS_PRODUCTION or not settings.MAIL_SINK_DIR:
        raise Http404
