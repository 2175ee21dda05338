"""Requests that are refused by their headers and size, before anything reads them."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from .errors import AddressTooLong, BadRequest, HeadTooLarge, PortalError, TooLarge, error_response

_Receive = Callable[[], Awaitable[dict[str, Any]]]
# Browsers send about twenty headers with a few kilobytes of cookies, and our longest address has
# some hundred characters. ``web.protocol`` bounds what is kept of a head before it is complete.
MOST_HEADERS = 100
MOST_HEADER_BYTES = 32 * 1024
LONGEST_ADDRESS = 8 * 1024
# Set in the ASGI scope of a request whose body was cut off.
TOO_LARGE = "portal.too_large"
# Set there for one whose headers nobody may parse; they are then taken away.
UNREADABLE = "portal.unreadable"
# A parameter of a header in a character set of its own (RFC 2231). No browser sends one in these
# headers, and decoding it may raise what nothing catches.
_ENCODED_PARAMETER = re.compile(rb"\*[0-9]*+\*?+\s*+=")
_PARSED_HEADERS = {b"content-type", b"accept"}
_CHARSETS = {"utf-8", "utf8", "us-ascii"}


class _UnknownCharset(BadRequest):
    code = "unknown_charset"
    status = 415
    detail = gettext_lazy("Wyślij to w kodowaniu UTF-8.")


class BoundsMiddleware:
    """Refuses a request with NUL in its address, a wrong length, too large a head or body, or text
    in another character set than UTF-8.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        refusal = refusal_of(request)
        return error_response(request, refusal) if refusal else self.get_response(request)


def refusal_of(request: HttpRequest) -> PortalError | None:
    """The error with which to answer ``request``; None if it may go on."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if _is_head_too_large(request):
        return HeadTooLarge()
    if len(request.path_info) + len(request.META.get("QUERY_STRING", "")) > LONGEST_ADDRESS:
        return AddressTooLong()
    if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
        return BadRequest()
    if not (length.isascii() and length.isdigit()):
        return BadRequest()
    if UNREADABLE in getattr(request, "scope", {}):
        return BadRequest()
    # Python knows "hex", "idna" and others that are no character sets.
    if (request.content_params or {}).get("charset", "utf-8").strip().lower() not in _CHARSETS:
        return _UnknownCharset()
    is_cut_off = TOO_LARGE in getattr(request, "scope", {})
    if is_cut_off or int(length[:20]) > largest_body(request.content_type or ""):
        return TooLarge()
    return None


def _is_head_too_large(request: HttpRequest) -> bool:
    # Django joins headers of one name, and the scope has each of them.
    scope = getattr(request, "scope", {})
    headers = scope["headers"] if "headers" in scope else list(request.headers.items())
    size = sum(len(name) + len(value) for name, value in headers)
    return len(headers) > MOST_HEADERS or size > MOST_HEADER_BYTES


def largest_body(content_type: str) -> int:
    """How many bytes a body may have. Files come in forms only; everything else is small."""
    if content_type.startswith("multipart/"):
        return settings.MAX_BODY_BYTES
    return settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def bounded_application(application):
    """``application`` (ASGI) for which no more of a body is kept than ``largest_body`` bytes.

    It counts what arrives, because the length that a request announces may be wrong or missing.
    """

    async def bounded(scope: dict, receive: _Receive, send: Callable) -> None:
        if scope["type"] == "http":
            scope = _readable_scope(scope)
            receive = _bounded_receive(scope, receive)
        await application(scope, receive, send)

    return bounded


def _readable_scope(scope: dict) -> dict:
    """``scope`` without headers that cannot be parsed safely, and marked if it had any: Django
    parses them before the first middleware could refuse.
    """
    headers = [
        (name, value)
        for name, value in scope["headers"]
        if name not in _PARSED_HEADERS or not _ENCODED_PARAMETER.search(value)
    ]
    if len(headers) == len(scope["headers"]):
        return scope
    return {**scope, "headers": headers, UNREADABLE: True}


def _bounded_receive(scope: dict, receive: _Receive) -> _Receive:
    headers = dict(scope["headers"])
    limit = largest_body(headers.get(b"content-type", b"").decode("latin-1").lower())
    seen = 0

    async def receive_some() -> dict[str, Any]:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            scope[TOO_LARGE] = True
            message = {**message, "body": b""}
        return message

    return receive_some
