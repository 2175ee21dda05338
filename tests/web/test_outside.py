"""Addresses of the outside world are asked, and never lead to our own machines."""

import socket
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from web import outside
from web.outside import Answer, ask_address

# Path → status and where it leads.
WORLD = {
    "/fine": (200, ""),
    "/gone": (404, ""),
    "/moved": (301, "/fine"),
    "/round": (302, "/round"),
    "/metadata": (302, "http://169.254.169.254/latest/meta-data/"),
    "/loopback": (302, "http://127.0.0.1/"),
    "/loopback6": (302, "http://[::1]/"),
    "/mapped": (302, "http://[::ffff:127.0.0.1]/"),
    "/decimal": (302, "http://2130706433/"),
    "/file": (302, "file:///etc/passwd"),
    "/gopher": (302, "gopher://127.0.0.1:6379/_FLUSHALL"),
    "/broken": (302, "http://["),
}


class World(BaseHTTPRequestHandler):
    asked: list[tuple[str, str]] = []

    def do_HEAD(self) -> None:
        self.asked.append((self.command, self.path))
        if self.path == "/no-head" and self.command == "HEAD":
            return self._answer(405, "")
        self._answer(*WORLD.get(self.path, (200, "")))

    do_GET = do_HEAD  # noqa: N815

    def _answer(self, status: int, location: str) -> None:
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.end_headers()

    def log_message(self, *_arguments) -> None:
        pass


@pytest.fixture
def world(settings):
    """A server of this machine that is allowed explicitly; its address without a path."""
    World.asked.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), World)
    thread = Thread(target=server.serve_forever)
    thread.start()
    settings.OUTSIDE_ALSO = frozenset({("127.0.0.1", server.server_port)})
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@contextmanager
def silent_server():
    """Takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_what_answers_is_there(world):
    assert ask_address(f"{world}/fine") == Answer(200)
    assert World.asked == [("HEAD", "/fine")]


def test_a_server_without_head_is_asked_with_get(world):
    assert ask_address(f"{world}/no-head") == Answer(200)
    assert World.asked == [("HEAD", "/no-head"), ("GET", "/no-head")]


def test_what_is_gone_is_asked_twice(world):
    assert ask_address(f"{world}/gone") == Answer(404)
    assert [method for method, _path in World.asked] == ["HEAD", "GET"]


def test_a_redirect_is_followed_and_a_circle_ends(world):
    assert ask_address(f"{world}/moved") == Answer(200)
    assert ask_address(f"{world}/round") == Answer(fault="redirects")


@pytest.mark.parametrize("path", ["metadata", "loopback", "loopback6", "mapped", "decimal"])
def test_no_redirect_leads_inside(world, path):
    assert ask_address(f"{world}/{path}") == Answer(fault="private")


@pytest.mark.parametrize("path", ["file", "gopher", "broken"])
def test_no_redirect_leads_to_another_protocol(world, path):
    assert ask_address(f"{world}/{path}") == Answer(fault="bad_address")


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "127.1", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1"),
        *("169.254.169.254", "224.0.0.1", "255.255.255.255", "[::1]", "[::]", "[fe80::1]"),
        *("[fc00::1]", "[::ffff:10.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "localhost"),
    ],
)
def test_no_address_inside_is_asked(host):
    assert ask_address(f"http://{host}/") == Answer(fault="private")


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://example.org/", "file:///etc/passwd", "//example.org", "http://", "x", ""),
        *("http://user:word@example.org/", "http://example.org:22/", "http://example.org:99999/"),
        *("http://exa mple.org/", f"http://{'a' * 70}.org/", f"http://a.pl/{'x' * 2000}"),
    ],
)
def test_what_is_no_address_of_the_web_is_refused(url, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: [(0, 0, 0, "", ("8.8.8.8", 80))])
    monkeypatch.setattr(socket, "create_connection", lambda *_a, **_k: pytest.fail("connected"))
    assert ask_address(url) == Answer(fault="bad_address")


def test_a_name_with_one_private_address_is_not_asked(monkeypatch):
    rows = [(0, 0, 0, "", ("8.8.8.8", 80)), (0, 0, 0, "", ("10.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: rows)
    assert ask_address("http://example.org/") == Answer(fault="private")


def test_a_name_is_resolved_once_and_its_address_taken(monkeypatch):
    """DNS rebinding: the second answer would be our own machine."""
    answers = iter(["8.8.8.8", "127.0.0.1"])
    tried = []

    def refuse(address, **_options):
        tried.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *_a, **_k: [(0, 0, 0, "", (next(answers), 80))]
    )
    monkeypatch.setattr(socket, "create_connection", refuse)
    assert ask_address("http://example.org/") == Answer(fault="unreachable")
    assert tried == [("8.8.8.8", 80)]


def test_a_server_that_says_nothing_is_left(settings, monkeypatch):
    monkeypatch.setattr(outside, "_MOST_SECONDS", 0.2)
    with silent_server() as port:
        settings.OUTSIDE_ALSO = frozenset({("127.0.0.1", port)})
        assert ask_address(f"http://127.0.0.1:{port}/") == Answer(fault="unreachable")


def test_a_line_break_in_an_address_makes_no_second_request(world):
    ask_address(f"{world}/fine?a=%0d%0aX: y\r\nHost: evil")
    assert all("evil" not in path or "\n" not in path for _method, path in World.asked)
