"""The HTTP protocol of the web server: a head that never ends is not kept (``uvicorn --http``)."""

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from .streams import end_streams

# The parser keeps a header, also one after a body in chunks, until it ends. ``web.bounds`` refuses
# less than this with a page; this bounds only what is kept until then.
MOST_BYTES = 64 * 1024
_ANSWER = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-length: 0\r\n"
    b"connection: close\r\n"
    b"\r\n"
)


class BoundedProtocol(HttpToolsProtocol):
    """uvicorn's protocol, which answers 431 after ``MOST_BYTES`` in which neither a head ended nor
    a part of a body came. When the process ends, so do its streams without an end.
    """

    _has_progressed = False
    _bytes_without_progress = 0

    def data_received(self, data: bytes) -> None:
        self._has_progressed = False
        super().data_received(data)
        self._bytes_without_progress += len(data)
        if self._has_progressed:
            self._bytes_without_progress = 0
        elif self._bytes_without_progress > MOST_BYTES and not self.transport.is_closing():
            self._refuse()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._has_progressed = True

    def on_headers_complete(self) -> None:
        super().on_headers_complete()
        self._has_progressed = True

    def on_body(self, body: bytes) -> None:
        super().on_body(body)
        self._has_progressed = True

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._has_progressed = True

    def shutdown(self) -> None:
        super().shutdown()
        end_streams()

    def _refuse(self) -> None:
        # Once an answer has begun, another one would only confuse the client.
        if self.cycle is None or self.cycle.response_complete:
            self.transport.write(_ANSWER)
        self.transport.close()
