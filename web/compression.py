"""What shrinks, text and vector tiles, is compressed, also where no proxy before us does it."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

_COMPRESSIBLE = (
    "text/",
    "application/json",
    "application/geo+json",
    "application/vnd.oai.openapi",
    "application/vnd.mapbox-vector-tile",
)


class TextCompressionMiddleware(GZipMiddleware):
    """Django's own, for what shrinks: photos are compressed already.

    Against the BREACH attack Django makes the length of each compressed answer random.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        kind = response.get("Content-Type", "")
        # Each event has to leave at once.
        if kind.startswith(_COMPRESSIBLE) and kind != "text/event-stream":
            return super().process_response(request, response)
        return response
