"""What Prometheus reads: requests of this process, and queue lengths of the whole portal.

With ``PROMETHEUS_MULTIPROC_DIR`` set, the counts of all web processes are added up.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from prometheus_client import CollectorRegistry, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

REQUESTS = Histogram(
    "portal_request_seconds",
    "Requests by route, method and status",
    ["route", "method", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    registry=None,
)
QUEUES = {
    "dispatches": "SELECT count(*) FROM reports_dispatch WHERE state = 'owed'",
    "dispatches_failed": "SELECT count(*) FROM reports_dispatch WHERE state = 'failed'",
    "letters": "SELECT count(*) FROM outbox_letter WHERE state = 'queued'",
    "photos": "SELECT count(*) FROM reports_photo WHERE state = 'waiting'",
}


@contextmanager
def timed(request: HttpRequest) -> Iterator[Callable[[HttpResponse], None]]:
    """Measure a request; call what is yielded with the response."""
    start = time.perf_counter()

    def seen(response: HttpResponse) -> None:
        match = request.resolver_match
        route = match.view_name or "-" if match else "-"
        labels = (route, known(request.method), str(response.status_code))
        REQUESTS.labels(*labels).observe(time.perf_counter() - start)

    yield seen


def known(method: str | None) -> str:
    """The method, or one word for all that are none, so that nobody can invent label values."""
    return method if method in {"GET", "HEAD", "POST", "OPTIONS"} else "other"


def text() -> bytes:
    registry = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)
    else:
        registry.register(REQUESTS)
    registry.register(queue_lengths())
    return generate_latest(registry)


def queue_lengths() -> Gauge:
    gauge = Gauge("portal_queue_length", "Rows that are owed", ["queue"], registry=None)
    try:
        with connection.cursor() as cursor:
            for name, statement in QUEUES.items():
                cursor.execute(statement)
                gauge.labels(name).set(cursor.fetchone()[0])
    except DatabaseError:
        # The database is down; the other figures are worth having all the more.
        gauge.clear()
    return gauge
