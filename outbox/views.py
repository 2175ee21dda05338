"""Pages on which a developer reads the letters that were caught in the local run."""

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from .sink import maildir

_PAGE = 25


def letters(request: HttpRequest) -> HttpResponse:
    """All caught letters, newest first."""
    _refuse_outside_local_run()
    page = Paginator(maildir.keys_newest_first(), _PAGE).get_page(request.GET.get("strona"))
    context = {"page": page, "letters": [maildir.read_letter(key) for key in page]}
    return render(request, "outbox/letters.html", context)


def letter(request: HttpRequest, key: str) -> HttpResponse:
    return render(request, "outbox/letter.html", {"letter": _find_letter(key)})


@csp({"default-src": [NONE], "style-src": [UNSAFE_INLINE], "sandbox": True})  # type: ignore[arg-type]
def letter_html(request: HttpRequest, key: str) -> HttpResponse:
    """The HTML part alone. As in a mail program, no script runs and nothing is fetched."""
    return HttpResponse(_find_letter(key).html)


def _find_letter(key: str) -> maildir.CaughtLetter:
    _refuse_outside_local_run()
    try:
        return maildir.read_letter(key)
    except KeyError as missing:
        raise Http404 from missing


def _refuse_outside_local_run() -> None:
    if settings.IS_PRODUCTION or not settings.MAIL_SINK_DIR:
        raise Http404
