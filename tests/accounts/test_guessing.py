"""Guessing a password is limited by account and network; the owner gets in, and is told."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from accounts.devices import COOKIE
from accounts.models import User
from outbox.models import Letter
from tests.accounts.letters import letters_to, text_of
from tests.people import PASSWORD

LOGIN = "/konto/logowanie/"
WRONG = "wrong"


@pytest.fixture(autouse=True)
def limits(db, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.GUESSING_LIMITS
    cache.clear()
    yield
    cache.clear()


def guess(client, login: str, password: str = WRONG, address: str = "192.0.2.1"):
    return client.post(LOGIN, {"login": login, "password": password}, REMOTE_ADDR=address)


def attack(login: str, *, networks: int, attempts: int = 1) -> None:
    """Wrong passwords from many networks, by somebody who keeps no cookie."""
    for number in range(networks):
        for _attempt in range(attempts):
            guess(Client(), login, address=f"198.51.{number // 250}.{number % 250}")


def is_inside(client) -> bool:
    return client.get("/konto/").status_code == 200


def known_device(login: str = "maria") -> Client:
    """A browser with which somebody has logged in and out again."""
    device = Client()
    assert guess(device, login, PASSWORD, address="192.0.2.200").status_code == 302
    device.post("/konto/wylogowanie/")
    assert not is_inside(device)
    return device


def test_a_stranger_has_five_attempts_from_one_network(client, resident):
    for _attempt in range(5):
        guess(client, "maria")
    assert guess(client, "maria", PASSWORD).status_code == 200
    assert not is_inside(client)


def test_five_wrong_passwords_from_elsewhere_do_not_shut_the_owner_out(client, resident):
    attack("maria", networks=1, attempts=6)
    guess(client, "maria", PASSWORD, address="192.0.2.99")
    assert is_inside(client)


@pytest.mark.parametrize("login", ["maria", "maria@example.org", "MARIA"])
def test_one_account_from_many_networks_is_limited_under_all_its_names(client, resident, login):
    attack("maria", networks=10)
    attack("Maria@Example.org", networks=10)
    guess(client, login, PASSWORD, address="192.0.2.99")
    assert not is_inside(client)


def test_a_device_that_logged_in_before_is_let_in_during_an_attack(resident):
    device = known_device()
    attack("maria", networks=30)
    guess(device, "maria", PASSWORD)
    assert is_inside(device)


def test_also_when_the_attack_comes_from_the_same_network(resident):
    device = known_device()
    for number in range(12):
        guess(Client(), f"person{number}")
    guess(device, "maria", PASSWORD)
    assert is_inside(device)


def test_a_known_device_may_not_guess_without_end(resident):
    device = known_device()
    for number in range(5):
        guess(device, "maria", address=f"192.0.2.{number}")
    guess(device, "maria", PASSWORD)
    assert not is_inside(device)


def test_a_device_is_known_for_its_own_accounts_only(resident, other_resident):
    device = known_device("teresa")
    attack("maria", networks=30)
    guess(device, "maria", PASSWORD)
    assert not is_inside(device)


def test_two_people_share_a_device(resident, other_resident):
    device = known_device("teresa")
    guess(device, "maria", PASSWORD)
    device.post("/konto/wylogowanie/")
    attack("teresa", networks=30)
    guess(device, "teresa", PASSWORD)
    assert is_inside(device)


def test_a_new_password_makes_every_device_a_stranger(resident):
    device = known_device()
    resident.set_password("another long password")
    resident.save()
    attack("maria", networks=30)
    guess(device, "maria", "another long password")
    assert not is_inside(device)


@pytest.mark.parametrize("forged", ["", "x", "WyJ4Il0:1abc:forged", "é"])
def test_a_forged_cookie_is_worth_nothing(client, resident, forged):
    attack("maria", networks=30)
    client.cookies[COOKIE] = forged
    guess(client, "maria", PASSWORD)
    assert not is_inside(client)


def test_the_cookie_names_nobody_and_scripts_cannot_read_it(client, resident):
    guess(client, "maria", PASSWORD)
    cookie = client.cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert "maria" not in cookie.value


def test_the_owner_is_told_once(resident):
    attack("maria", networks=12)
    [letter] = letters_to("maria@example.org")
    assert "Ktoś próbuje zalogować się" in letter.subject
    text = text_of(letter)
    assert "http://testserver/konto/haslo/" in text
    assert "198.51" not in text


@pytest.mark.parametrize("attempts", [1, 4])
def test_a_few_slips_are_no_attack(client, resident, attempts):
    for _attempt in range(attempts):
        guess(client, "maria")
    assert not Letter.objects.exists()


def test_the_owner_who_forgot_the_password_is_not_warned_of_themselves(resident):
    device = known_device()
    for number in range(5):
        guess(device, "maria", address=f"192.0.2.{number}")
    assert letters_to("maria@example.org") == []


def test_nobody_is_told_who_has_no_account_or_is_blocked(resident):
    User.objects.filter(pk=resident.pk).update(is_active=False)
    attack("maria", networks=8)
    attack("nobody", networks=8)
    attack("nobody@example.org", networks=8)
    assert not Letter.objects.exists()


def test_a_new_password_by_letter_opens_the_account_at_once(client, resident):
    from tests.accounts.letters import path_in

    attack("maria", networks=30)
    client.post("/konto/haslo/", {"email": "maria@example.org"}, REMOTE_ADDR="192.0.2.99")
    path = path_in(letters_to("maria@example.org")[-1], "/konto/haslo/nowe/")
    page = client.get(path, follow=True)
    client.post(
        page.request["PATH_INFO"],
        {"password1": "another long password", "password2": "another long password"},
        REMOTE_ADDR="192.0.2.99",
    )
    guess(Client(), "maria", "another long password", address="192.0.2.99")
    device = Client()
    guess(device, "maria", "another long password", address="192.0.2.99")
    assert is_inside(device)


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
