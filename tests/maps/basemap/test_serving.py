"""The base map is given out by ranges, as RFC 9110 has them, to anybody, and may be kept."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.fixture
def content(town_basemap) -> bytes:
    return town_basemap.read_bytes()


@pytest.fixture
def ask(client, town_in_force):
    """``ask(Range="bytes=0-1")`` asks with such headers."""
    address = reverse("maps:basemap", args=[town_in_force])
    return lambda **headers: client.get(
        address, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("bytes=0-126", slice(0, 127)),
        ("bytes=100-", slice(100, None)),
        ("bytes=-50", slice(-50, None)),
        ("bytes=5-5", slice(5, 6)),
        ("bytes=0-99999999", slice(0, None)),
        ("bytes=-99999999", slice(0, None)),
    ],
)
def test_a_range_is_answered_with_just_that(ask, content, asked, part):
    answer = ask(Range=asked)
    assert answer.status_code == 206
    assert answer.getvalue() == content[part]
    first, last, _step = part.indices(len(content))
    assert answer["Content-Range"] == f"bytes {first}-{last - 1}/{len(content)}"
    assert answer["Content-Length"] == str(last - first)


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=-0"])
def test_a_range_outside_of_the_file_is_refused_with_its_size(ask, content, asked):
    answer = ask(Range=asked)
    assert answer.status_code == 416
    assert answer["Content-Range"] == f"bytes */{len(content)}"


@pytest.mark.parametrize("asked", ["", "bytes=-", "bytes=9-3", "bytes=0-1,4-5", "items=0-1", "x"])
def test_what_is_no_single_range_is_answered_with_all(ask, content, asked):
    answer = ask(Range=asked)
    assert answer.status_code == 200
    assert answer.getvalue() == content
    assert answer["Accept-Ranges"] == "bytes"


def test_a_range_of_another_file_is_not_mixed_with_this_one(ask, content, town_in_force):
    assert ask(Range="bytes=0-9", If_Range='"other"').status_code == 200
    assert ask(Range="bytes=0-9", If_Range=f'"{town_in_force}"').getvalue() == content[:10]


def test_it_may_be_kept_for_ever_and_belongs_to_nobody(ask, town_in_force):
    answer = ask(Range="bytes=0-9")
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["ETag"] == f'"{town_in_force}"'
    assert answer["Content-Type"] == "application/vnd.pmtiles"
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    for known in (answer["ETag"], f'"other", {answer["ETag"]}', "*"):
        assert ask(If_None_Match=known).status_code == 304
    assert ask(If_None_Match='"other"').status_code == 200


def test_it_is_read_piece_by_piece(ask):
    answer = ask()
    assert answer.streaming
    assert max(map(len, answer.streaming_content)) <= 64 * 1024


def test_a_head_tells_the_size_alone_whatever_part_is_asked_for(client, town_in_force, content):
    address = reverse("maps:basemap", args=[town_in_force])
    answer = client.head(address, headers={"Range": "bytes=0-9"})
    assert answer.status_code == 200
    assert answer["Content-Length"] == str(len(content))


def test_what_is_no_base_map_is_not_found(client, town_in_force):
    assert client.get(reverse("maps:basemap", args=["0" * 16])).status_code == 404
    # The link to the file in force has no address, nor has anything beside it.
    for name in ("w-mocy", "../w-mocy", f"../{town_in_force}", town_in_force.upper() + "X"):
        assert client.get(f"/mapa/podklad/{name}.pmtiles").status_code == 404
    assert client.post(reverse("maps:basemap", args=[town_in_force])).status_code == 405
