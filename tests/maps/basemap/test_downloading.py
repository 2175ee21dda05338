"""The region's extract comes from a server that breaks, knows no ranges, or is not there."""

import threading
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from maps.basemap.downloading import download_extract
from maps.basemap.errors import BasemapError

CONTENT = bytes(range(256)) * 4000


class Server(BaseHTTPRequestHandler):
    """``breaks``: after how many bytes each next answer ends too early."""

    breaks: list[int]
    asked: list[str]
    knows_ranges = True
    checksum = ""

    def do_GET(self):
        if self.path.endswith(".md5"):
            return self.send(200, f"{self.checksum}  lodz.osm.pbf\n".encode())
        asked = self.headers.get("Range", "")
        self.asked.append(asked)
        first = int(asked.removeprefix("bytes=").removesuffix("-") or 0)
        if not asked or not self.knows_ranges:
            return self.send(200, CONTENT)
        if first >= len(CONTENT):
            return self.send(416, b"")
        return self.send(206, CONTENT[first:])

    def send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        whole = self.path.endswith(".md5") or not self.breaks
        self.wfile.write(body if whole else body[: self.breaks.pop(0)])

    def log_message(self, *_words):
        pass


@pytest.fixture
def server(settings):
    kind = type("One", (Server,), {"breaks": [], "asked": [], "checksum": md5(CONTENT).hexdigest()})
    listening = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    settings.BASEMAP_EXTRACT_URL = f"http://127.0.0.1:{listening.server_port}/lodz.osm.pbf"
    yield kind
    listening.shutdown()
    listening.server_close()


def download(folder) -> bytes:
    return download_extract(folder, lambda _have, _of: None).read_bytes()


def test_it_comes_whole_and_tells_how_far_it_is(server, tmp_path):
    told: list[tuple[int, int]] = []
    path = download_extract(tmp_path, lambda *numbers: told.append(numbers))
    assert path.read_bytes() == CONTENT
    assert told[-1] == (len(CONTENT), len(CONTENT))


def test_after_a_break_only_the_rest_is_asked_for(server, tmp_path):
    server.breaks = [300_000, 300_000]
    assert download(tmp_path) == CONTENT
    assert server.asked == ["", "bytes=300000-", "bytes=600000-"]


def test_what_came_before_a_run_was_ended_is_not_asked_for_again(server, tmp_path):
    (tmp_path / f"{server.checksum}.part").write_bytes(CONTENT[:500_000])
    assert download(tmp_path) == CONTENT
    assert server.asked == ["bytes=500000-"]


def test_a_server_without_ranges_sends_all_again(server, tmp_path):
    server.breaks, server.knows_ranges = [300_000], False
    assert download(tmp_path) == CONTENT


def test_what_had_come_whole_but_was_not_checked_is_taken(server, tmp_path):
    (tmp_path / f"{server.checksum}.part").write_bytes(CONTENT)
    assert download(tmp_path) == CONTENT


def test_what_is_there_already_is_not_asked_for(server, tmp_path):
    download(tmp_path)
    assert download(tmp_path) == CONTENT
    assert len(server.asked) == 1


def test_parts_of_an_older_release_are_not_mixed_in_and_go_at_the_end(server, tmp_path):
    (tmp_path / f"{'0' * 32}.part").write_bytes(b"old")
    assert download(tmp_path) == CONTENT
    assert [path.name for path in tmp_path.iterdir()] == [f"{server.checksum}.osm.pbf"]


def test_what_has_another_checksum_is_thrown_away(server, tmp_path):
    server.checksum = md5(b"other").hexdigest()
    with pytest.raises(BasemapError, match="inną sumę kontrolną"):
        download(tmp_path)
    assert not list(tmp_path.iterdir())


def test_without_a_network_it_says_exactly_what_to_do(tmp_path, settings):
    settings.BASEMAP_EXTRACT_URL = "http://127.0.0.1:9/lodzkie-latest.osm.pbf"
    with pytest.raises(BasemapError) as refusal:
        download(tmp_path)
    words = str(refusal.value)
    assert "Nie udało się pobrać http://127.0.0.1:9/lodzkie-latest.osm.pbf" in words
    assert "bin/basemap ŚCIEŻKA/DO/lodzkie-latest.osm.pbf" in words
    assert "manage.py import_basemap ŚCIEŻKA/DO/PLIKU.pmtiles" in words


def test_a_connection_that_brings_nothing_more_is_given_up(server, tmp_path):
    server.breaks = [300_000, 0, 0, 0, 0]
    with pytest.raises(BasemapError, match="zostaje"):
        download(tmp_path)
    assert (tmp_path / f"{server.checksum}.part").stat().st_size == 300_000


def test_an_address_of_another_kind_is_refused(tmp_path, settings):
    settings.BASEMAP_EXTRACT_URL = "file:///etc/passwd"
    with pytest.raises(BasemapError, match="http"):
        download(tmp_path)
