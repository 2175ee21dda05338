"""One line a request: route, method and status; never the path, which may hold a secret."""

import structlog
from django.http import HttpRequest, HttpResponse

log = structlog.get_logger(__name__)


def write(request: HttpRequest, response: HttpResponse) -> None:
    match = request.resolver_match
    route = match.route if match else "-"
    log.info("request", route=route, method=request.method, status=response.status_code)
