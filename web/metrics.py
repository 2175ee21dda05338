"""What Prometheus reads: requests to all web processes of this host, and how many rows are owed."""

import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

# Each process counts into a file of its own in this folder. The library reads the variable when it
# is imported, so the import comes after it.
_FOLDER = settings.VAR_DIR / "metrics" / socket.gethostname()
_FOLDER.mkdir(parents=True, exist_ok=True)
os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(_FOLDER)

from prometheus_client import (  # noqa: E402
    CONTENT_TYPE_LATEST as CONTENT_TYPE_LATEST,
)
from prometheus_client import (  # noqa: E402
    CollectorRegistry,
    Histogram,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily  # noqa: E402
from prometheus_client.multiprocess import MultiProcessCollector  # noqa: E402

_REQUESTS = Histogram(
    "portal_request_seconds",
    "Requests by route, method and status",
    ["route", "method", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    registry=None,
)
_OWED_ROWS = {
    "dispatches": "SELECT count(*) FROM reports_dispatch WHERE state = 'owed'",
    "dispatches_failed": "SELECT count(*) FROM reports_dispatch WHERE state = 'failed'",
    "letters": "SELECT count(*) FROM outbox_letter WHERE state = 'queued'",
    "photos": "SELECT count(*) FROM reports_photo WHERE state = 'waiting'",
}


@contextmanager
def timed(request: HttpRequest) -> Iterator[Callable[[HttpResponse], None]]:
    """Measure a request. Call the function that is yielded with the response."""
    start = time.perf_counter()

    def observe(response: HttpResponse) -> None:
        match = request.resolver_match
        route = match.view_name or "-" if match else "-"
        labels = (route, _method_label(request.method), str(response.status_code))
        _REQUESTS.labels(*labels).observe(time.perf_counter() - start)

    yield observe


def _method_label(method: str | None) -> str:
    """The method, or "other" for unknown ones, so that nobody outside can invent label values."""
    return method if method in {"GET", "HEAD", "POST", "OPTIONS"} else "other"


def metrics_text() -> bytes:
    """All metrics in the text format of Prometheus."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    registry.register(_OwedRows())
    return generate_latest(registry)


class _OwedRows:
    """Collects how many rows are owed; nothing while the database is down."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        gauge = GaugeMetricFamily("portal_queue_length", "Rows that are owed", labels=["queue"])
        try:
            with connection.cursor() as cursor:
                for name, query in _OWED_ROWS.items():
                    gauge.add_metric([name], cursor.execute(query).fetchone()[0])
        except DatabaseError:
            return
        yield gauge


def forget_ended_processes() -> None:
    """Remove the files of processes that have ended, so that restarts do not fill the folder."""
    for path in _FOLDER.glob("*_*.db"):
        number = path.stem.rpartition("_")[2]
        if number.isdigit() and not os.path.exists(f"/proc/{number}"):
            path.unlink(missing_ok=True)
