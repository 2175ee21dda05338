"""No answer takes longer where a mailbox has an account: passwords are hashed equally often.

Hashing takes nearly all of the time of an answer, so it is counted instead of measuring times.
"""

import pytest
from django.core.cache import cache

from accounts.models import User
from regulations.models import Kind, Version
from tests.accounts.hashing import CountingHasher
from tests.people import PASSWORD, registered

LOGIN, RESET, REGISTER = "/konto/logowanie/", "/konto/haslo/", "/konto/rejestracja/"


@pytest.fixture(autouse=True)
def counted(db, settings):
    settings.PASSWORD_HASHERS = ["tests.accounts.hashing.CountingHasher"]
    cache.clear()


@pytest.fixture
def people(counted) -> None:
    """Somebody with an account, somebody who is blocked, and somebody without a password."""
    registered("maria")
    User.objects.filter(pk=registered("blocked").pk).update(is_active=False)
    silent = registered("silent")
    silent.set_unusable_password()
    silent.save()


def hashes(client, path: str, values: dict) -> tuple[int, int]:
    """How often a password was hashed, and the status."""
    CountingHasher.count = 0
    answer = client.post(path, values)
    return CountingHasher.count, answer.status_code


@pytest.mark.parametrize(
    "login",
    [
        "maria",
        "MARIA",
        "maria@example.org",
        "MARIA@example.org",
        "blocked",
        "blocked@example.org",
        "silent",
        "silent@example.org",
        "nobody",
        "nobody@example.org",
        "nobody@",
        "@",
    ],
)
def test_a_wrong_password_is_hashed_once_for_everybody(client, people, login):
    assert hashes(client, LOGIN, {"login": login, "password": "wrong"}) == (1, 200)


@pytest.mark.parametrize("login", ["maria", "maria@example.org"])
def test_so_is_the_right_one(client, people, login):
    assert hashes(client, LOGIN, {"login": login, "password": PASSWORD}) == (1, 302)


@pytest.mark.parametrize(
    "email", ["maria@example.org", "blocked@example.org", "nobody@example.org"]
)
def test_asking_for_a_new_password_hashes_none(client, people, email):
    assert hashes(client, RESET, {"email": email}) == (0, 302)


@pytest.mark.parametrize("email", ["maria@example.org", "new@example.org"])
def test_registering_hashes_once_for_a_taken_address_too(client, people, email):
    texts = [Version.objects.in_force(kind).pk for kind in (Kind.CLAUSE, Kind.RULES)]
    values = {
        "username": "ktokolwiek",
        "email": email,
        "password1": "a password of its own",
        "processing": "on",
        "rules": "on",
        "texts": f"{texts[0]} {texts[1]}",
    }
    assert hashes(client, REGISTER, values) == (1, 302)


def test_an_address_that_two_people_claim_is_hashed_once(client, people):
    """One of them has confirmed it; the other one waits for the letter."""
    from allauth.account.models import EmailAddress

    other = registered("teresa")
    EmailAddress.objects.create(user=other, email="maria@example.org", verified=False)
    assert hashes(client, LOGIN, {"login": "maria@example.org", "password": "wrong"})[0] == 1
    client.post(LOGIN, {"login": "maria@example.org", "password": PASSWORD})
    assert client.get("/konto/").context["user"].username == "maria"
