"""What a web server's handler costs: processor time of a request, without server and network.

One process, real database, the portal's whole chain of middleware. Django's own asynchronous
handler, the portal's ``web.one_hop``, and the synchronous handler of WSGI as the least that is
possible; in turns, medians. The page costs what its view costs in each of them.
"""

import asyncio
import logging
import os
import statistics
import time
from collections.abc import Callable
from io import BytesIO

from benchmarks.machine import Portal

TURNS, REQUESTS = 15, 40
PATHS = ("/status/", "/api/v1/categories/")


def run() -> list[tuple[str, str, str]]:
    """Rows of (what, measured, target)."""
    portal = Portal(0)
    portal.create()
    os.environ.update(portal.environment)
    try:
        return measure()
    finally:
        portal.drop()


def measure() -> list[tuple[str, str, str]]:
    import django

    django.setup()
    logging.disable()
    from django.core.handlers.asgi import ASGIHandler
    from django.core.handlers.wsgi import WSGIHandler
    from django.db import connections

    from web.one_hop import OneHopHandler

    synchronous = WSGIHandler()
    ways: dict[str, Callable[[str], None]] = {
        "WSGI": lambda path: by_wsgi(synchronous, path),
        "one hop": by_asgi(OneHopHandler()),
        "Django's ASGI": by_asgi(ASGIHandler()),
    }
    rows = []
    for path in PATHS:
        took: dict[str, list[float]] = {name: [] for name in ways}
        for _turn in range(TURNS):
            for name, way in ways.items():
                took[name].append(processor_ms(way, path))
        least = statistics.median(took["WSGI"])
        for name, values in took.items():
            more = statistics.median(values) - least
            target = "≤ 0.5 ms more" if name == "one hop" else "–"
            measured = f"{statistics.median(values):.2f} ms, {more:+.2f} ms"
            rows.append((f"GET {path}, {name}: processor time", measured, target))
    connections.close_all()
    return rows


def processor_ms(way: Callable[[str], None], path: str) -> float:
    begin = time.process_time()
    for _number in range(REQUESTS):
        way(path)
    return (time.process_time() - begin) / REQUESTS * 1000


def by_wsgi(handler, path: str) -> None:
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
    }
    answer = handler(environ, lambda status, headers: check(int(status[:3])))
    b"".join(answer)
    answer.close()


def by_asgi(handler) -> Callable[[str], None]:
    loop = asyncio.new_event_loop()

    async def one(path: str) -> None:
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": "GET",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "root_path": "",
            "scheme": "http",
            "server": ("127.0.0.1", 80),
            "client": ("127.0.0.1", 50_000),
            "headers": [(b"host", b"127.0.0.1")],
        }
        waits = loop.create_future()
        body = [{"type": "http.request", "body": b"", "more_body": False}]

        async def receive() -> dict:
            return body.pop() if body else await waits

        async def send(message: dict) -> None:
            if message["type"] == "http.response.start":
                check(message["status"])

        await handler(scope, receive, send)

    return lambda path: loop.run_until_complete(one(path))


def check(status: int) -> None:
    assert status == 200, status
