"""Logging in: by user name or address; every failure gets the same answer."""

import pytest

from accounts.models import User
from tests.people import PASSWORD

LOGIN = "/konto/logowanie/"


def log_in(client, login: str, password: str = PASSWORD, **headers):
    return client.post(LOGIN, {"login": login, "password": password}, **headers)


@pytest.mark.parametrize("login", ["olga", "olga@example.org", "OLGA@example.org"])
def test_by_name_or_address(client, operator, login):
    answer = log_in(client, login)
    assert (answer.status_code, answer["Location"]) == (302, "/panel/")


def test_a_resident_lands_on_their_reports(client, resident):
    assert log_in(client, "maria")["Location"] == "/konto/zgloszenia/"


def test_back_to_the_page_that_asked(client, operator):
    asked = client.get("/panel/operator/")
    assert asked["Location"] == f"{LOGIN}?next=/panel/operator/"
    answer = client.post(asked["Location"], {"login": "olga", "password": PASSWORD})
    assert answer["Location"] == "/panel/operator/"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_never_to_a_foreign_page(client, operator, target):
    answer = client.post(LOGIN, {"login": "olga", "password": PASSWORD, "next": target})
    assert answer["Location"] == "/panel/"


def test_the_same_words_for_a_wrong_password_and_nobody(client, operator):
    wrong, nobody = log_in(client, "olga", "wrong"), log_in(client, "nobody", "wrong")
    errors = [answer.context["form"].errors for answer in (wrong, nobody)]
    assert wrong.status_code == nobody.status_code == 200
    assert errors[0] == errors[1]


def test_a_blocked_person_stays_outside(client, operator):
    User.objects.update(is_active=False)
    log_in(client, "olga")
    assert client.get("/panel/operator/").status_code == 302


def test_log_out_needs_a_press(client, operator):
    client.force_login(operator)
    assert client.get("/konto/wylogowanie/").status_code == 200
    assert client.get("/panel/operator/").status_code == 200
    client.post("/konto/wylogowanie/")
    assert client.get("/panel/operator/").status_code == 302


@pytest.mark.django_db
def test_the_page_is_in_polish(client):
    page = client.get(LOGIN).text
    assert "Hasło" in page
    assert "Sign In" not in page
