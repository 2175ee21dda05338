"""Guessing a password: limited for one account, from however many IP addresses."""

import pytest
from django.core.cache import cache
from django.db import connection

from tests.people import PASSWORD

LOGIN = "/konto/logowanie/"


@pytest.fixture(autouse=True)
def limits(db, settings):
    settings.RATE_LIMITS_ENABLED = True
    settings.ACCOUNT_RATE_LIMITS = settings.GUESSING_LIMITS
    cache.clear()
    yield
    cache.clear()


def guess(client, login: str, password: str = "wrong", address: str = "192.0.2.1"):
    return client.post(LOGIN, {"login": login, "password": password}, REMOTE_ADDR=address)


def test_one_account_from_many_addresses(client, resident):
    for number in range(5):
        guess(client, "maria", address=f"192.0.2.{number}")
    answer = guess(client, "maria", PASSWORD, address="192.0.2.99")
    assert answer.status_code in (200, 429)
    assert client.get("/konto/").status_code == 302


def test_many_accounts_from_one_address(client, resident):
    for number in range(10):
        guess(client, f"person{number}")
    assert guess(client, "maria", PASSWORD).status_code in (200, 429)
    assert client.get("/konto/").status_code == 302


def test_others_log_in_meanwhile(client, resident, other_resident):
    for number in range(5):
        guess(client, "maria", address=f"192.0.2.{number}")
    assert guess(client, "teresa", PASSWORD, address="192.0.2.50").status_code == 302


def test_the_counters_keep_no_names_and_no_addresses(client, resident):
    guess(client, "maria", address="192.0.2.77")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key || value FROM geo_portal_cache")
        rows = "".join(row[0] for row in cursor.fetchall())
    assert rows
    assert "maria" not in rows
    assert "192.0.2.77" not in rows
