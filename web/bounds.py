"""What can be refused by the look of a request, before anything reads it."""

from collections.abc import Awaitable, Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .errors import BadRequest, PortalError, TooLarge, answer

_Receive = Callable[[], Awaitable[dict[str, Any]]]
TOO_LARGE = "portal.too_large"


class IntakeMiddleware:
    """NUL in an address, a length that is no number, a body larger than anything we take."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        refusal = refusal_of(request)
        return answer(request, refusal) if refusal else self.get_response(request)


def refusal_of(request: HttpRequest) -> PortalError | None:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
        return BadRequest()
    if not (length.isascii() and length.isdigit()):
        return BadRequest()
    if int(length[:20]) > limit_for(request.content_type or "") or _is_marked(request):
        return TooLarge()
    return None


def _is_marked(request: HttpRequest) -> bool:
    return TOO_LARGE in getattr(request, "scope", {})


def limit_for(content_type: str) -> int:
    """Bytes: files come in forms only, everything else is small."""
    if content_type.startswith("multipart/"):
        return settings.MAX_BODY_BYTES
    return settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def bounded(application):
    """An ASGI application that keeps no more of a body than we take, whatever length it claims."""

    async def guarded(scope: dict, receive: _Receive, send: Callable) -> None:
        if scope["type"] == "http":
            receive = _counting(scope, receive)
        await application(scope, receive, send)

    return guarded


def _counting(scope: dict, receive: _Receive) -> _Receive:
    headers = dict(scope["headers"])
    limit = limit_for(headers.get(b"content-type", b"").decode("latin-1").lower())
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
