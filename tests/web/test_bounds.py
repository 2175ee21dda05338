"""A body is cut off at the largest size that we accept, whatever length it claims; so is a head."""

import socket
import threading
import time
from contextlib import suppress

import pytest
import uvicorn

from geo_portal.asgi import application as portal
from tests.faults.machine import free_port
from web import protocol
from web.bounds import (
    LONGEST_ADDRESS,
    MOST_HEADER_BYTES,
    MOST_HEADERS,
    TOO_LARGE,
    bounded_application,
    largest_body,
)

SMALL = largest_body("application/json")


def taken(chunks: list[bytes], content_type: bytes = b"application/json") -> tuple[int, dict]:
    """How many bytes reach the application, and the scope afterwards."""
    scope = {"type": "http", "headers": [(b"content-type", content_type)]}
    messages = iter([{"type": "http.request", "body": chunk} for chunk in chunks])
    got = 0

    async def application(scope, receive, send) -> None:
        nonlocal got
        for _chunk in chunks:
            got += len((await receive())["body"])

    async def receive() -> dict:
        return next(messages)

    # Nothing in it waits, so it ends without an event loop. The loop of a browser test may already
    # run in this thread.
    with suppress(StopIteration):
        bounded_application(application)(scope, receive, None).send(None)
    return got, scope


def test_an_ordinary_body_passes_whole():
    got, scope = taken([b"x" * 1000] * 3)
    assert got == 3000
    assert TOO_LARGE not in scope


def test_an_endless_body_is_not_kept():
    got, scope = taken([b"x" * 500_000] * 20)
    assert got <= SMALL
    assert scope[TOO_LARGE]


def test_a_form_with_photos_may_be_larger():
    got, scope = taken([b"x" * 500_000] * 20, b"multipart/form-data; boundary=x")
    assert got == 10_000_000
    assert TOO_LARGE not in scope


@pytest.mark.django_db
def test_what_was_cut_off_is_answered_as_too_large(rf, client):
    from web.bounds import refusal_of

    request = rf.post("/api/v1/reports/", b"{}", "application/json")
    request.scope = {TOO_LARGE: True}
    assert refusal_of(request).status == 413


@pytest.fixture(scope="module")
def server():
    """The portal behind its protocol in a real server; yields the port."""
    port = free_port()
    config = uvicorn.Config(
        portal, port=port, log_level="error", lifespan="off", http="web.protocol:BoundedProtocol"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield port
    server.should_exit = True
    thread.join()


def answered(port: int, *parts: bytes, most: int = 1_000_000) -> tuple[bytes, int]:
    """The first line of the answer, and how many bytes of ``parts`` the server had taken by then.

    The parts are sent until there is an answer or the server closes, at most ``most`` bytes.
    """
    sent = 0
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        try:
            for part in parts:
                line.sendall(part)
                sent += len(part)
                if sent > most or _has_answer(line):
                    break
        except (BrokenPipeError, ConnectionResetError):
            pass
        with suppress(ConnectionResetError):
            return line.recv(4096).partition(b"\r\n")[0], sent
    return b"", sent


def _has_answer(line: socket.socket) -> bool:
    line.settimeout(0.001)
    try:
        return bool(line.recv(1, socket.MSG_PEEK))
    except TimeoutError:
        return False
    finally:
        line.settimeout(30)


def head(*headers: bytes, target: bytes = b"/status/") -> bytes:
    first = [b"GET %s HTTP/1.1" % target, b"host: testserver", b"connection: close"]
    return b"\r\n".join([*first, *headers, b"", b""])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("request_head", "status"),
    [
        (head(), b"200"),
        (head(*[b"x-%d: 1" % number for number in range(60)]), b"200"),
        (head(b"x-long: " + b"y" * 20_000), b"200"),
        (head(*[b"x-%d: 1" % number for number in range(MOST_HEADERS)]), b"431"),
        (head(*[b"same: 1"] * MOST_HEADERS), b"431"),
        (head(b"x-long: " + b"y" * MOST_HEADER_BYTES), b"431"),
        (head(b"cookie: " + b"a=b; " * (MOST_HEADER_BYTES // 5)), b"431"),
        (head(target=b"/status/?q=" + b"y" * LONGEST_ADDRESS), b"414"),
        (head(target=b"/" + b"y" * LONGEST_ADDRESS), b"414"),
    ],
    ids=["plain", "60", "20 kB", "101", "101 alike", "32 kB", "cookies", "query", "path"],
)
def test_a_head_is_bounded_in_number_and_size(server, request_head, status):
    line, _sent = answered(server, request_head)
    assert line.split(b" ")[1] == status


@pytest.mark.parametrize(
    "begin",
    [
        b"GET / HTTP/1.1\r\nx-endless: ",
        b"GET /",
        b"GET / HTTP/1.1\r\nhost: testserver\r\n",
        b"GET / HTTP/1.1\r\nx-",
    ],
    ids=["value", "address", "many", "name"],
)
def test_a_head_that_never_ends_is_not_kept(server, begin):
    chunk = b"a: b\r\n" * 1000 if begin.endswith(b"server\r\n") else b"a" * 6000
    line, sent = answered(server, begin, *[chunk] * 500)
    assert line.split(b" ")[1] == b"431"
    assert sent < 20 * protocol.MOST_BYTES


def test_neither_is_what_follows_a_body_in_chunks(server):
    begin = (
        b"POST /status/ HTTP/1.1\r\nhost: testserver\r\ntransfer-encoding: chunked\r\n\r\n"
        b"1\r\nx\r\n0\r\nx-trailer: "
    )
    _line, sent = answered(server, begin, *[b"a" * 6000] * 500, most=3_000_000)
    assert sent < 20 * protocol.MOST_BYTES


@pytest.mark.django_db
def test_a_person_reads_why(client):
    answer = client.get("/status/", headers={"x-long": "y" * MOST_HEADER_BYTES})
    assert answer.status_code == 431
    assert "pliki cookie" in answer.text
    program = client.get("/api/v1/categories/?q=" + "y" * LONGEST_ADDRESS)
    assert (program.status_code, program.json()["code"]) == (414, "address_too_long")
