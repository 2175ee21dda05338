"""A second factor for staff: demanded only where the setting says so."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)

from tests.people import PASSWORD

ACTIVATE = "/konto/drugi-skladnik/totp/activate/"
AUTHENTICATE = "/konto/drugi-skladnik/authenticate/"
CODES = "/konto/drugi-skladnik/recovery-codes/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def log_in(client, user):
    values = {"login": user.username, "password": PASSWORD}
    return client.post("/konto/logowanie/", values)


def log_in_and_confirm(client, user) -> None:
    """Log in, and type the password again, as setting up a second factor demands."""
    log_in(client, user)
    confirm = client.get(ACTIVATE)["Location"]
    assert client.get(confirm).status_code == 200
    assert client.post(confirm, {"password": PASSWORD})["Location"] == ACTIVATE


@pytest.fixture
def required(settings):
    settings.STAFF_SECOND_FACTOR = True


def test_in_the_demo_nobody_is_asked(client, operator, settings):
    assert settings.STAFF_SECOND_FACTOR is False
    client.force_login(operator)
    assert client.get("/panel/operator/").status_code == 200


@pytest.mark.usefixtures("required")
@pytest.mark.parametrize("person", ["operator", "unit_member", "gis", "editor", "administrator"])
def test_staff_without_one_set_it_up_first(client, request, person):
    client.force_login(request.getfixturevalue(person))
    answer = client.get("/panel/")
    assert (answer.status_code, answer["Location"]) == (302, ACTIVATE)


@pytest.mark.usefixtures("required")
def test_setting_it_up_opens_the_panel(client, operator):
    log_in_and_confirm(client, operator)
    page = client.get(ACTIVATE)
    assert page.status_code == 200
    secret = page.context["form"].secret
    assert secret in page.text
    answer = client.post(ACTIVATE, {"code": code_for(secret)})
    assert answer.status_code == 302
    assert client.get("/panel/operator/").status_code == 200
    assert client.get(CODES).status_code == 200


@pytest.mark.usefixtures("required")
def test_a_wrong_code_sets_up_nothing(client, operator):
    log_in_and_confirm(client, operator)
    client.get(ACTIVATE)
    assert client.post(ACTIVATE, {"code": "000000"}).status_code == 200
    assert not Authenticator.objects.exists()


@pytest.mark.usefixtures("required")
def test_the_password_alone_opens_nothing(client, operator):
    TOTP.activate(operator, SECRET)
    assert log_in(client, operator)["Location"] == AUTHENTICATE
    assert client.get("/panel/operator/").status_code == 302
    assert client.get(AUTHENTICATE).status_code == 200
    assert client.post(AUTHENTICATE, {"code": "000000"}).status_code == 200
    assert client.get("/panel/operator/").status_code == 302


@pytest.mark.usefixtures("required")
def test_password_and_code_open_the_panel(client, operator):
    TOTP.activate(operator, SECRET)
    log_in(client, operator)
    client.post(AUTHENTICATE, {"code": code_for(SECRET)})
    assert client.get("/panel/operator/").status_code == 200


@pytest.mark.usefixtures("required")
def test_residents_are_never_asked(client, resident):
    assert log_in(client, resident)["Location"] == "/konto/zgloszenia/"


@pytest.mark.usefixtures("required")
def test_the_admin_asks_as_well(client, administrator):
    client.force_login(administrator)
    assert client.get("/admin/", follow=True).redirect_chain[-2][0].startswith(ACTIVATE)
    TOTP.activate(administrator, SECRET)
    assert client.get("/admin/").status_code == 200


def test_whoever_has_one_uses_it_also_where_it_is_not_demanded(client, operator):
    TOTP.activate(operator, SECRET)
    assert log_in(client, operator)["Location"] == AUTHENTICATE
