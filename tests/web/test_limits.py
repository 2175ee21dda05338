"""How often one IP address may do something, counted in a real Redis."""

import time

import pytest
from django.conf import settings as portal
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from web import limits

LIMITED = "/status/"


@pytest.fixture
def limited(settings, db):
    """Three look-ups a minute, in a Redis without the counts of other tests."""
    settings.RATE_LIMITS_ENABLED = True
    settings.RATE_LIMITS = {"reports:status-search": "3/minute"}
    settings.DEFAULT_RATE_LIMIT = ("100/minute", "100/minute")
    limits.breaker.reset()
    limits.limiter.cache_clear()
    limits.limiter().storage.reset()
    yield settings
    limits.limiter.cache_clear()
    limits.breaker.reset()


def ask(client, address: str = "203.0.113.7", **headers) -> int:
    return client.get(LIMITED, REMOTE_ADDR=address, headers=headers).status_code


def test_the_fourth_learns_when_to_come_back(client, limited):
    assert [ask(client) for _ in range(4)] == [200, 200, 200, 429]
    answer = client.get(LIMITED, REMOTE_ADDR="203.0.113.7")
    assert 0 < int(answer["Retry-After"]) <= 60
    assert "Odczekaj" in answer.text


def test_a_program_gets_json(client, limited):
    limited.RATE_LIMITS = {"api:categories": "1/minute"}
    client.get("/api/v1/categories/")
    answer = client.get("/api/v1/categories/")
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many")
    assert answer.json()["retry_after"] == int(answer["Retry-After"])


def test_others_are_not_held_up(client, limited):
    assert [ask(client) for _ in range(4)][-1] == 429
    assert ask(client, "203.0.113.8") == 200


def test_a_whole_ipv6_network_is_one(client, limited):
    addresses = [f"2001:db8:1:2::{number}" for number in range(1, 5)]
    assert [ask(client, address) for address in addresses][-1] == 429
    assert ask(client, "2001:db8:1:3::1") == 200


def test_other_methods_and_pages_are_free(client, limited):
    assert {client.get("/", REMOTE_ADDR="203.0.113.7").status_code for _ in range(5)} == {200}


def test_the_header_of_a_stranger_is_not_believed(client, limited):
    answers = [ask(client, **{"X-Forwarded-For": f"198.51.100.{number}"}) for number in range(4)]
    assert answers[-1] == 429


def test_the_proxy_is_believed_about_the_last_hop_only(client, limited):
    limited.TRUSTED_PROXIES = 1
    spoofed = [
        ask(client, "10.0.0.1", **{"X-Forwarded-For": f"198.51.100.{number}, 203.0.113.7"})
        for number in range(4)
    ]
    assert spoofed[-1] == 429
    assert ask(client, "10.0.0.1", **{"X-Forwarded-For": "203.0.113.9"}) == 200


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("203.0.113.7:5566", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("[2001:db8::1]:443", "2001:db8::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unknown", "unknown"),
    ],
)
def test_an_address_is_reduced_to_its_network(address, network):
    assert limits.network_of(address) == network


def test_no_address_is_kept_as_it_is(client, limited):
    ask(client)
    keys = limits.limiter().storage.storage.keys("*")
    assert keys
    assert not [key for key in keys if b"203.0.113" in key]


def test_without_redis_nobody_is_held_up_for_long(client, limited, caplog):
    limited.REDIS_URL = "redis://127.0.0.1:9/0"
    limits.limiter.cache_clear()
    start = time.monotonic()
    assert {ask(client) for _ in range(20)} == {200}
    assert time.monotonic() - start < 3
    assert caplog.text.count("limits_off") == 1


def test_the_limits_can_be_switched_off(client, limited):
    limited.RATE_LIMITS_ENABLED = False
    assert {ask(client) for _ in range(6)} == {200}


METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "INVENTED"]


@pytest.mark.parametrize("method", METHODS)
def test_no_method_passes_a_limit(client, limited, method):
    """A limit belongs to the address: what another method has used up is used up."""
    assert [ask(client) for _ in range(4)][-1] == 429
    answer = client.generic(method, LIMITED, REMOTE_ADDR="203.0.113.7")
    assert answer.status_code == 429


@pytest.mark.parametrize("method", METHODS)
def test_every_method_is_counted(client, limited, method):
    """By the limit of those that read or of those that write, also where no row names them."""
    limited.DEFAULT_RATE_LIMIT = ("2/minute", "2/minute")
    for path in ("/faq/", "/", "/api/v1/categories/", "/konto/rejestracja/"):
        ask_this = [client.generic(method, path, REMOTE_ADDR="203.0.113.7") for _ in range(3)]
        if ask_this[0].status_code != 404:
            assert ask_this[-1].status_code == 429, path


def test_head_counts_as_get_and_writing_for_itself(client, limited):
    limited.RATE_LIMITS = {"reports:status-search": ("3/minute", "1/minute")}
    reading = [client.head, client.get, client.options, client.head]
    assert [act(LIMITED).status_code == 429 for act in reading] == [False, False, False, True]
    assert [client.post(LIMITED).status_code == 429 for _ in range(2)] == [False, True]


@pytest.mark.parametrize("name", [*sorted(portal.RATE_LIMITS), "an-address-without-a-row"])
def test_every_address_has_a_limit_for_each_method(name):
    """With the portal's own table: rows that name nothing would limit nothing."""
    for method in METHODS:
        _counter, text = limits.limit_of(name, method)
        assert limits.parsed_limits(text)


def test_every_limit_names_an_address_that_exists():
    from tests.addresses import every_address

    names = {name for name, _pattern in every_address()}
    assert set(portal.RATE_LIMITS) <= names


def test_reading_the_api_allows_twenty_a_second():
    for name in ("api:report", "api:locate", "api:categories", "api:reports"):
        _counter, text = limits.limit_of(name, "GET")
        slowest = min(item.amount / item.get_expiry() for item in limits.parsed_limits(text))
        assert slowest >= 20


def begin(client, length: int, address: str = "203.0.113.7") -> int:
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(length)}
    return client.post("/api/v1/uploads/", headers=headers, REMOTE_ADDR=address).status_code


def test_an_address_may_begin_only_so_many_bytes(client, limited):
    limited.UPLOAD_BYTES_PER_HOUR = 1000
    assert begin(client, 600) == 201
    assert begin(client, 600) == 429
    # What was refused does not count, and others are not held up.
    assert begin(client, 400) == 201
    assert begin(client, 1) == 429
    assert begin(client, 600, "203.0.113.8") == 201


def test_photos_in_one_piece_and_in_the_form_count_too(client, limited):
    from tests.pictures import jpeg

    photo = jpeg()
    limited.UPLOAD_BYTES_PER_HOUR = len(photo) * 2 + 10

    def send(path: str, field: str):
        file = SimpleUploadedFile("a.jpg", photo, "image/jpeg")
        return client.post(path, {field: file}, REMOTE_ADDR="203.0.113.7")

    assert send("/api/v1/photos/", "file").status_code == 201
    assert "za dużo zdjęć" not in send("/zgloszenia/nowe/", "files").text
    refused = send("/api/v1/photos/", "file")
    assert (refused.status_code, refused.json()["code"]) == (429, "too_much")
    assert "za dużo zdjęć" in send("/zgloszenia/nowe/", "files").text
    assert begin(client, len(photo)) == 429


def test_the_portal_lets_an_address_begin_far_less_than_it_did():
    """Five photos of the largest size for four reports, and no more than 300 MB."""
    most = portal.UPLOAD_BYTES_PER_HOUR
    assert 4 * portal.MAX_PHOTOS * portal.MAX_PHOTO_BYTES <= most <= 300 * 1024**2


def test_a_client_is_a_keyed_hash(settings):
    request = RequestFactory().get("/", REMOTE_ADDR="203.0.113.7")
    before = limits.client_of(request)
    settings.SECRET_KEY = "another"
    assert limits.client_of(request) != before
