"""A body is read as UTF-8 or not at all: Python knows codecs that are no character sets."""

from contextlib import suppress

import pytest
from django.test import Client

from tests.api.v1.test_reports import body
from web.bounds import UNREADABLE, bounded_application

MULTIPART = "multipart/form-data; boundary=x"
PART = b'--x\r\nContent-Disposition: form-data; name="description"\r\n\r\nDziura\r\n--x--\r\n'
ODD = ["hex", "idna", "punycode", "rot13", "base64", "utf-16", "undefined", "nie-ma", ""]


@pytest.fixture
def attacker(db) -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("charset", ODD)
@pytest.mark.parametrize("path", ["/zgloszenia/nowe/", "/api/v1/photos/", "/api/v1/reports/"])
def test_another_charset_is_refused_in_words(attacker, path, charset):
    answer = attacker.generic("POST", path, PART, f"{MULTIPART}; charset={charset}")
    assert answer.status_code == 415
    assert "UTF-8" in answer.content.decode()


@pytest.mark.parametrize("charset", ODD)
def test_json_and_plain_forms_too(attacker, charset):
    for kind in ("application/json", "application/x-www-form-urlencoded"):
        answer = attacker.generic("POST", "/api/v1/reports/", b"{}", f"{kind}; charset={charset}")
        assert answer.status_code == 415


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"', "utf8"])
def test_utf_8_is_taken_however_it_is_spelt(attacker, charset):
    kind = f"application/json; charset={charset}"
    assert attacker.post("/api/v1/reports/", body(), content_type=kind).status_code == 201


@pytest.mark.parametrize("charset", ["hex", "idna", "punycode", "nie-ma"])
def test_the_head_of_a_part_breaks_nothing(attacker, charset):
    part = f"--x\r\nContent-Disposition: form-data; name*={charset}''6f\r\n\r\nx\r\n--x--\r\n"
    answer = attacker.generic("POST", "/zgloszenia/nowe/", part.encode(), MULTIPART)
    assert answer.status_code < 500
    file = part.replace("form-data;", f"form-data; filename*={charset}''6f;")
    assert attacker.generic("POST", "/api/v1/photos/", file.encode(), MULTIPART).status_code < 500
    kind = part.replace("\r\n\r\nx", f"\r\nContent-Type: text/plain; charset={charset}\r\n\r\nx")
    assert attacker.generic("POST", "/zgloszenia/nowe/", kind.encode(), MULTIPART).status_code < 500


@pytest.mark.parametrize(
    "header",
    [
        (b"content-type", b"multipart/form-data; boundary*=idna''x"),
        (b"content-type", b"multipart/form-data; boundary*0*=nie-ma''x"),
        (b"content-type", b"application/json; charset*=hex''7574662d38"),
        (b"accept", b"application/json; q*=idna''x"),
    ],
)
def test_a_header_that_nobody_may_parse_never_reaches_django(header):
    seen = passed_on([header, (b"host", b"localhost")])
    assert seen["headers"] == [(b"host", b"localhost")]
    assert seen[UNREADABLE]


def test_ordinary_headers_pass():
    headers = [(b"accept", b"text/html,*/*;q=0.8"), (b"content-type", b"text/plain; charset=utf-8")]
    seen = passed_on(headers)
    assert seen["headers"] == headers
    assert UNREADABLE not in seen


def test_such_a_request_is_400(rf):
    from web.bounds import refusal_of

    request = rf.post("/api/v1/reports/", b"{}", "application/json")
    request.scope = {UNREADABLE: True}
    assert refusal_of(request).status == 400


def passed_on(headers: list[tuple[bytes, bytes]]) -> dict:
    """The scope that the application gets."""
    seen = {}

    async def application(scope, receive, send) -> None:
        seen.update(scope)

    with suppress(StopIteration):
        scope = {"type": "http", "headers": headers}
        bounded_application(application)(scope, None, None).send(None)
    return seen
