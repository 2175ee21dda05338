"""`/healthz`, `/readyz`, `/metrics`: they need no session, host name or limit, so they always
answer. `/healthz` needs no thread either.
"""

from collections.abc import Callable
from hmac import compare_digest

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from . import metrics, request_log
from .heartbeat import all_loops_turn
from .one_hop import OneHopHandler

_GetResponse = Callable[[HttpRequest], HttpResponse]
# A process whose threads do not become free within so many seconds is not healthy.
_PATIENCE = 3.0


def with_healthz(handler: OneHopHandler):
    """``handler`` with `/healthz`: 200 if the web processes of this host can serve; 503 with the
    names of what they lack. With ``?only=this`` a proxy asks whether this process still answers
    pages that are read: it would else send nobody to those that it can serve.

    It does not ask the database: that it is away is no reason to end the process.
    """

    async def application(scope: dict, receive, send) -> None:
        if scope["type"] != "http" or scope["path"] != "/healthz":
            await handler(scope, receive, send)
            return
        wrong = await handler.find_stuck(_PATIENCE)
        if scope["query_string"] == b"only=this":
            wrong = [name for name in wrong if name == "reserve"]
        elif not all_loops_turn():
            wrong.append("loops")
        answer = {"status": "not able", "wrong": wrong} if wrong else {"status": "ok"}
        await handler.send_response(JsonResponse(answer, status=503 if wrong else 200), send)

    return application


class HealthMiddleware:
    """Answers the other two addresses and counts every other request."""

    def __init__(self, get_response: _GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if answer := _ANSWERS.get(request.path):
            return answer(request)
        with metrics.timed(request) as observe:
            response = self.get_response(request)
            observe(response)
        request_log.write(request, response)
        return response


def _readyz(_request: HttpRequest) -> HttpResponse:
    """200 if everything that a request needs is there; 503 with the names of what is missing."""
    wrong = [name for name, check in _CHECKS.items() if not check()]
    status = 503 if wrong else 200
    return JsonResponse(
        {"status": "ok" if not wrong else "not ready", "wrong": wrong}, status=status
    )


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _broker_answers() -> bool:
    try:
        client = redis.Redis.from_url(
            settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1
        )
        with client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def _migrations_are_applied() -> bool:
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False


def _show_metrics(request: HttpRequest) -> HttpResponse:
    """The text that Prometheus reads; 403 for those who may not read it."""
    if not may_read_metrics(request):
        return HttpResponse(status=403)
    return HttpResponse(metrics.metrics_text(), content_type=metrics.CONTENT_TYPE_LATEST)


def may_read_metrics(request: HttpRequest) -> bool:
    """Whoever sends the token may, and this machine without one.

    A request that a proxy on this machine has forwarded comes from elsewhere, so it needs the
    token.
    """
    if settings.METRICS_TOKEN:
        asked = request.headers.get("Authorization", "").encode(errors="replace")
        if compare_digest(asked, f"Bearer {settings.METRICS_TOKEN}".encode()):
            return True
    forwarded = settings.TRUSTED_PROXIES or "X-Forwarded-For" in request.headers
    return not forwarded and request.META.get("REMOTE_ADDR") in {"127.0.0.1", "::1"}


_CHECKS = {
    "database": _database_answers,
    "broker": _broker_answers,
    "migrations": _migrations_are_applied,
}
_ANSWERS = {"/readyz": _readyz, "/metrics": _show_metrics}
