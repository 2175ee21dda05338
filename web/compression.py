"""Text is compressed on its way out, also where no proxy does it."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

_COMPRESSIBLE = ("text/", "application/json", "application/geo+json", "application/vnd.oai.openapi")


class TextCompressionMiddleware(GZipMiddleware):
    """Django's own, which pads at random against BREACH; photos are compressed already."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if response.get("Content-Type", "").startswith(_COMPRESSIBLE):
            return super().process_response(request, response)
        return response
