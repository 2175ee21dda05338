"""A member of staff's personal tokens: made, shown once, revoked, gone with the account."""

import json
import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse

from accounts.exporting import write_export
from accounts.models import PersonalToken
from accounts.tokens import MOST, find_person, make_token
from tests.people import PASSWORD

pytestmark = pytest.mark.django_db
PAGE = "/konto/tokeny/"


@pytest.fixture
def at_work(client, operator):
    """Somebody who has just given the password once more."""
    client.force_login(operator)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def made(client, name: str = "QGIS w biurze") -> str:
    answer = client.post(PAGE, {"name": name, "days": "90"})
    assert answer.status_code == 200
    return re.search(r"lckm_[\w-]+", answer.content.decode())[0]


def test_a_token_is_shown_once_and_opens_the_door(at_work, operator):
    token = made(at_work)
    assert find_person(token) == operator
    page = at_work.get(PAGE).content.decode()
    assert "QGIS w biurze" in page
    assert token not in page


def test_the_page_asks_for_the_password_first(client, operator):
    client.force_login(operator)
    answer = client.get(PAGE)
    assert answer.status_code == 302
    assert reverse("account_reauthenticate") in answer["Location"]


def test_a_revoked_token_opens_nothing(at_work, operator):
    token = made(at_work)
    answer = at_work.post(reverse("account_token_revoke", args=[PersonalToken.objects.get().pk]))
    assert answer.status_code == 302
    assert find_person(token) is None


def test_nobody_revokes_the_token_of_somebody_else(at_work, administrator):
    token = make_token(administrator, name="x", days=30)
    at_work.post(reverse("account_token_revoke", args=[PersonalToken.objects.get().pk]))
    assert find_person(token) == administrator


@pytest.mark.parametrize("shape", [{}, {"name": "x", "days": "9999"}, {"days": "30"}])
def test_what_is_missing_or_wrong_is_said_and_makes_no_token(at_work, shape):
    assert at_work.post(PAGE, shape).status_code == 400
    assert not PersonalToken.objects.exists()


def test_there_is_an_end_to_the_number_of_tokens(at_work, operator):
    for _each in range(MOST):
        make_token(operator, name="x", days=30)
    answer = at_work.post(PAGE, {"name": "x", "days": "30"})
    assert answer.status_code == 409
    assert PersonalToken.objects.count() == MOST


def test_a_report_of_a_takeover_revokes_them(at_work, operator):
    token = make_token(operator, name="x", days=30)
    at_work.post(reverse("account_takeover"))
    assert find_person(token) is None


def test_the_archive_names_them_without_their_hash(operator):
    make_token(operator, name="QGIS w biurze", days=30)
    target = BytesIO()
    write_export(operator, target)
    text = ZipFile(target).read("dane.json").decode()
    assert json.loads(text)["personal_tokens"][0]["name"] == "QGIS w biurze"
    assert PersonalToken.objects.get().hash not in text


def test_they_go_with_the_account(operator):
    make_token(operator, name="x", days=30)
    operator.delete()
    assert not PersonalToken.objects.exists()
