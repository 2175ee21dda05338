import gzip

import pytest
from django.http import HttpResponse

from web.compression import TextCompressionMiddleware


def answered(rf, content: bytes, content_type: str) -> HttpResponse:
    request = rf.get("/", headers={"Accept-Encoding": "gzip"})
    answer = HttpResponse(content, content_type=content_type)
    return TextCompressionMiddleware(lambda _request: answer)(request)


def test_a_page_is_compressed(rf):
    response = answered(rf, b"<p>words</p>" * 100, "text/html; charset=utf-8")
    assert response["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.content) == b"<p>words</p>" * 100


@pytest.mark.parametrize("content_type", ["image/webp", "application/zip"])
def test_what_is_compressed_already_is_left_alone(rf, content_type):
    assert "Content-Encoding" not in answered(rf, b"0" * 1000, content_type)
