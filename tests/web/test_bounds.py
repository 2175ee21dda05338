"""A body is cut off at the largest size that we accept, whatever length it claims."""

from contextlib import suppress

import pytest

from web.bounds import TOO_LARGE, bounded_application, largest_body

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
