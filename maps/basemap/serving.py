"""Gives out the base map piece by piece, as maps ask for it (RFC 9110, ranges of bytes).

In compose the proxy does this from the shared folder (deploy/Caddyfile).
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from .installing import path_of

ADDRESS = r"mapa/podklad/(?P<name>[0-9a-f]{16})\.pmtiles"
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_CHUNK = 64 * 1024
_TYPE = "application/vnd.pmtiles"


class BasemapMiddleware:
    """Answers for the base map before sessions, switches and limits: it is the same for everybody,
    also during a break, and one look at the map takes a dozen ranges.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if found := re.fullmatch(f"/{ADDRESS}", request.path_info):
            return basemap_file(request, found["name"])
        return self.get_response(request)


@require_safe
def basemap_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """The file, or the range that is asked for. Its name tells its content: it never changes."""
    path = path_of(name)
    try:
        size = path.stat().st_size
    except OSError:
        raise Http404 from None
    etag = f'"{name}"'
    response = _answer(request, path, size, etag)
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["ETag"] = etag
    return response


def _answer(request: HttpRequest, path: Path, size: int, etag: str) -> HttpResponseBase:
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if etag in known or "*" in known:
        return HttpResponse(status=304)
    asked = request.headers.get("Range", "")
    # A range of a file that has changed meanwhile would fit to nothing.
    if request.headers.get("If-Range", etag) != etag:
        asked = ""
    part = _read_range(asked, size) if request.method == "GET" else None
    if part is None:
        return _send(path, range(size), status=200)
    if not part:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = _send(path, part, status=206)
    response["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    return response


def _read_range(asked: str, size: int) -> range | None:
    """The bytes that are asked for, none of which may be there; None where all are to be sent: for
    no range, one that makes no sense, several at once, and other units.
    """
    wanted = _RANGE.fullmatch(asked)
    if wanted is None or wanted.groups() == ("", ""):
        return None
    first, last = wanted.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last or size), size - 1) + 1)


def _send(path: Path, part: range, *, status: int) -> StreamingHttpResponse:
    response = StreamingHttpResponse(_chunks(path, part), content_type=_TYPE, status=status)
    response["Content-Length"] = str(len(part))
    return response


def _chunks(path: Path, part: range) -> Iterator[bytes]:
    left = len(part)
    with path.open("rb") as file:
        file.seek(part.start)
        while left and (chunk := file.read(min(left, _CHUNK))):
            left -= len(chunk)
            yield chunk
