"""One log line for each request: route, method and status, but not the path, which may hold a
secret.
"""

import logging

import structlog
from django.http import HttpRequest, HttpResponse

_log = structlog.get_logger(__name__)


def write(request: HttpRequest, response: HttpResponse) -> None:
    _log.info(
        "request", route=_route_of(request), method=request.method, status=response.status_code
    )


def _route_of(request: HttpRequest) -> str:
    """The pattern of the address, or "-" where there is none."""
    return request.resolver_match.route if request.resolver_match else "-"


class WithoutPath(logging.Filter):
    """Keeps paths out of the log lines that Django itself writes about requests.

    A line about a refused request is dropped, because ``write`` has logged the request already. A
    line about a fault (500 and above) names the route instead of the path.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if not isinstance(request, HttpRequest):
            return True
        record.msg, record.args = "fault: %s", (_route_of(request),)
        return getattr(record, "status_code", 500) >= 500
