"""Pages that are the same for everybody who is not logged in are made once in a moment, and
answered 304 where the browser has them already (docs/adr/0036-kept-pages.md).

What differs by a person is never kept. Only requests without cookies, but for those of the language
and of the form token, are answered so, and only answers that set no cookie and hold no such token.
"""

import gzip
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language_from_request

from .kept import revision
from .switches import State

_GetResponse = Callable[[HttpRequest], HttpResponse]
# One a page and language; far more than there are, so it is only a bound.
_MOST = 2000
_GZIP = re.compile(r"\bgzip\b")
_HARMLESS = {settings.LANGUAGE_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
_VARIES = ("Accept-Language", "Cookie", "Accept-Encoding")


@dataclass(frozen=True, slots=True)
class _Page:
    until: float
    body: bytes
    zipped: bytes
    headers: dict[str, str]


class KeptPagesMiddleware:
    """Answers ``KEPT_PAGES`` from memory for ``PAGES_KEPT_SECONDS``; 0 keeps nothing."""

    def __init__(self, get_response: _GetResponse) -> None:
        self.get_response = get_response
        self._pages: dict[tuple, _Page] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _is_everybodys(request):
            return self.get_response(request)
        key, now = _key(request), timezone.now().timestamp()
        page = self._pages.get(key)
        if page is None or page.until <= now:
            response = self.get_response(request)
            if not _may_be_kept(request, response):
                return response
            if len(self._pages) >= _MOST:
                self._pages.clear()
            page = self._pages[key] = _made_from(response, now)
        return _answer(request, page)


def _is_everybodys(request: HttpRequest) -> bool:
    """Whether the request is for a page that is kept, by somebody whom we do not know at all."""
    if not settings.PAGES_KEPT_SECONDS or request.method not in ("GET", "HEAD"):
        return False
    if request.META.get("QUERY_STRING") or request.COOKIES.keys() - _HARMLESS:
        return False
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return False
    # For the lines of the log and the metrics.
    request.resolver_match = match
    return match.view_name in settings.KEPT_PAGES


def _key(request: HttpRequest) -> tuple:
    """What a page differs by. The revision is another after every switch and break."""
    state: State = request.portal_state  # type: ignore[attr-defined]
    told, is_on = state.break_announced, state.only_reads
    return (
        request.path,
        request.get_host(),
        request.scheme,
        get_language_from_request(request),
        revision(),
        told.pk if told else None,
        is_on,
    )


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and request.method == "GET"
        and not response.cookies
        and not response.has_header("Cache-Control")
        and response.get("Content-Type", "").startswith("text/html")
        and b"csrfmiddlewaretoken" not in response.content
        # The nonce of a script.
        and not hasattr(request, "_csp_nonce")
    )


def _made_from(response: HttpResponse, now: float) -> _Page:
    body = response.content
    patch_vary_headers(response, _VARIES)
    digest = hashlib.sha256(body).hexdigest()[:32]
    # Weak, because the same page goes out compressed and not.
    headers = {**response.headers, "Cache-Control": "no-cache", "ETag": f'W/"{digest}"'}
    headers.pop("Content-Length", None)
    zipped = gzip.compress(body, compresslevel=6, mtime=0)
    return _Page(now + settings.PAGES_KEPT_SECONDS, body, zipped, headers)


def _answer(request: HttpRequest, page: _Page) -> HttpResponse:
    is_zipped = bool(_GZIP.search(request.headers.get("Accept-Encoding", "")))
    response = HttpResponse(page.zipped if is_zipped else page.body, headers=page.headers)
    if is_zipped:
        response["Content-Encoding"] = "gzip"
    response["Content-Length"] = str(len(response.content))
    etag = page.headers["ETag"]
    return get_conditional_response(request, etag=etag, response=response) or response
