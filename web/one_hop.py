"""Django for a server that speaks ASGI, with one hop: the whole of a request runs in one thread.

Every middleware and view of the portal is synchronous. For such a chain Django's own handler
changes between the event loop and a new thread several times a request (measured in
docs/adr/0026-one-hop.md). Here the event loop reads the body, one thread of a fixed number makes
the answer, and the event loop sends it, so that a slow client holds no thread. A stream that
is asynchronous runs on the event loop, so that one without an end holds none either. Sockets need
an application of their own beside this one.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.core.handlers.base import BaseHandler
from django.db import close_old_connections
from django.http import FileResponse, HttpResponseBase
from django.urls import set_script_prefix

from .limits import READING
from .streams import until_left


class OneHopHandler(ASGIHandler):
    """Serves HTTP by ``WEB_THREADS`` threads; while all of these are busy, reading pages get one of
    ``WEB_RESERVE`` more. A thread uses one database connection at most.
    """

    def __init__(self) -> None:
        BaseHandler.__init__(self)
        self.load_middleware(is_async=False)
        self._threads = ThreadPoolExecutor(settings.WEB_THREADS, "request")
        self._reserve = ThreadPoolExecutor(settings.WEB_RESERVE, "reserve")
        # Requests that have one of ``_threads`` or wait for it. Only the event loop counts.
        self._busy = 0

    async def __call__(
        self, scope: dict, receive: Callable, send: Callable[[Mapping[str, Any]], Awaitable[None]]
    ) -> None:
        if scope["type"] != "http":
            raise ValueError(f"only HTTP is served here, not {scope['type']}")
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        threads = self._threads
        if self._busy >= settings.WEB_THREADS and scope["method"] in READING:
            threads = self._reserve
        self._busy += threads is self._threads
        try:
            with body:
                # A context of its own, so that a request finds no language and no log fields of the
                # request that its thread served before.
                response = await _run(threads, copy_context().run, self._respond, scope, body)
        finally:
            self._busy -= threads is self._threads
        if not response.streaming:
            await self.send_response(response, send)
            return
        # After the body nothing more comes but the word that the client has left.
        leaving = asyncio.ensure_future(receive())
        if response.is_async:
            response.streaming_content = until_left(response.streaming_content, leaving)
        else:
            response.streaming_content = _read_chunks(threads, iter(response), leaving)
        try:
            await self.send_response(response, send)
        finally:
            leaving.cancel()
            await _run(threads, response.close)

    def _respond(self, scope: dict, body: BinaryIO) -> HttpResponseBase:
        """The answer. It is closed, unless it is a stream, and holds no database connection."""
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=self.__class__, scope=scope)
        request, refusal = self.create_request(scope, body)
        response = cast("HttpResponseBase", self.get_response(request) if request else refusal)
        if response.streaming:
            if isinstance(response, FileResponse):
                response.block_size = self.chunk_size
            close_old_connections()
        else:
            response.close()
        return response

    async def find_stuck(self, seconds: float) -> list[str]:
        """Which of "threads" and "reserve" have none that becomes free within ``seconds``."""
        kinds = {"threads": self._threads, "reserve": self._reserve}
        turns = {asyncio.ensure_future(_run(one, int)): name for name, one in kinds.items()}
        _done, late = await asyncio.wait(turns, timeout=seconds)
        return sorted(turns[turn] for turn in late)


async def _read_chunks(threads: Executor, chunks, leaving: asyncio.Future) -> AsyncIterator[bytes]:
    """The chunks until ``leaving`` is done: nobody makes the rest for a client that has left."""
    while not leaving.done() and (chunk := await _run(threads, next, chunks, None)) is not None:
        yield chunk


async def _run(threads: Executor, function: Callable, *arguments):
    return await asyncio.get_running_loop().run_in_executor(threads, function, *arguments)
