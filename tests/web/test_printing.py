"""What is printed: tagged for readers of screens, drawings too, and nothing is fetched."""

import socket
from base64 import b64encode
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.pictures import jpeg
from web.printing import write_pdf

PAGE = """<!DOCTYPE html><html lang="pl"><head><title>Łódź</title></head>
<body><h1>Łódź</h1>{}</body></html>"""
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="90" height="90">
<title>Mapa: co się zmienia</title><rect width="9" height="9"/></svg>"""


@pytest.fixture
def style(tmp_path) -> Path:
    path = tmp_path / "print.css"
    path.write_text("h1 { color: black }")
    return path


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Somebody whom nobody may call."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def figures_in(element) -> list[str]:
    """The words for each figure in the tree of tags below ``element``."""
    node = element.get_object()
    if isinstance(node, list):
        return [words for child in node for words in figures_in(child)]
    if not isinstance(node, dict):
        return []
    own = [node.get("/Alt")] if node.get("/S") == "/Figure" else []
    return own + (figures_in(node["/K"]) if "/K" in node else [])


def test_a_drawing_is_read_out_by_its_title(style):
    root = PdfReader(BytesIO(write_pdf(PAGE.format(DRAWING), style))).trailer["/Root"]
    assert figures_in(root["/StructTreeRoot"]) == ["Mapa: co się zmienia"]
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"]) == (True, "pl")


@pytest.mark.parametrize("scheme", ["http", "file", "data"])
def test_nothing_is_fetched_and_the_rest_is_printed(style, listener, scheme):
    picture = style.with_name("x.jpg")
    picture.write_bytes(jpeg())
    address = {
        "http": f"http://127.0.0.1:{listener.getsockname()[1]}/x.jpg",
        "file": picture.as_uri(),
        "data": f"data:image/jpeg;base64,{b64encode(jpeg()).decode()}",
    }[scheme]
    away = f'<img alt="x" src="{address}"><p>dalej</p>'
    [page] = PdfReader(BytesIO(write_pdf(PAGE.format(away), style))).pages
    assert "dalej" in page.extract_text()
    assert not page.images
    with pytest.raises(BlockingIOError):
        listener.accept()


def test_a_picture_that_is_given_is_printed_and_read_out(style):
    shown = PAGE.format('<img alt="Wejście" src="https://portal.example/1.webp">')
    given = {"https://portal.example/1.webp": jpeg()}
    pdf = PdfReader(BytesIO(write_pdf(shown, style, pictures=given)))
    assert len(pdf.pages[0].images) == 1
    assert figures_in(pdf.trailer["/Root"]["/StructTreeRoot"]) == ["Wejście"]
