"""Sessions, an account that somebody took over, a changed address."""

import time
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from accounts.confirming import erase_late_changes
from accounts.models import AddressChange, AuditEntry, ConsentEntry, User
from accounts.sessions import forget_ended_sessions
from tests.accounts.letters import letters_to, path_in, text_of
from tests.accounts.test_registration import CONFIRM, confirm, register
from tests.accounts.test_second_factor import AUTHENTICATE, SECRET, code_for
from tests.people import PASSWORD

NEW = "brand new horse"
SESSIONS = "/konto/sesje/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


def logged_in(name: str = "maria", agent: str = "Firefox") -> Client:
    client = Client(headers={"User-Agent": agent})
    client.post("/konto/logowanie/", {"login": name, "password": PASSWORD})
    return client


def test_the_list_shows_every_session(resident):
    mine, other = logged_in(agent=FIREFOX), logged_in(agent="<b>x</b>")
    other.get("/konto/")
    page = mine.get(SESSIONS).text
    assert "Firefox, Linux" in page
    assert "nieznana przeglądarka" in page
    assert page.count("ta sesja") == 1


def test_all_others_end(resident):
    mine, other = logged_in(), logged_in()
    mine.post(SESSIONS)
    assert mine.get("/konto/").status_code == 200
    assert other.get("/konto/").status_code == 302
    assert UserSession.objects.count() == 1


def test_one_press_takes_the_account_back(resident, client):
    mine, stranger = logged_in(), logged_in()
    assert "Tak, ktoś używa" in mine.get("/konto/przejecie/").text
    assert stranger.get("/konto/").status_code == 200
    answer = mine.post("/konto/przejecie/")
    assert answer["Location"] == "/konto/haslo/wyslane/"
    for browser in (mine, stranger, logged_in()):
        assert browser.get("/konto/").status_code == 302
    [entry] = AuditEntry.objects.filter(action="takeover_reported")
    assert entry.target_id == str(resident.pk)


def test_the_owner_gets_a_link_to_a_new_password_the_administrator_a_letter(resident, settings):
    settings.ADMINISTRATOR_EMAIL = "boss@example.org"
    logged_in().post("/konto/przejecie/")
    [notice] = letters_to("boss@example.org")
    assert f"/panel/konta/{resident.pk}/" in text_of(notice)
    assert "maria" not in text_of(notice)
    [letter] = letters_to("maria@example.org")
    browser = Client()
    form = browser.get(path_in(letter, "/konto/haslo/nowe/"))["Location"]
    assert form.endswith("-set-password/")
    assert browser.get(form).status_code == 200
    browser.post(form, {"password1": "brand new horse", "password2": "brand new horse"})
    fresh = Client()
    fresh.post("/konto/logowanie/", {"login": "maria", "password": "brand new horse"})
    assert fresh.get("/konto/").status_code == 200


def test_opening_the_page_ends_nothing(resident):
    mine, other = logged_in(), logged_in()
    mine.get("/konto/przejecie/")
    assert other.get("/konto/").status_code == 200


def test_sessions_that_ended_are_forgotten(resident):
    client = logged_in()
    assert forget_ended_sessions() == 0
    client.post("/konto/wylogowanie/")
    forget_ended_sessions()
    assert not UserSession.objects.exists()


def change_address(client: Client, new: str) -> None:
    client.post("/konto/potwierdzenie/", {"password": PASSWORD})
    client.post("/konto/adres/", {"email": new, "action_add": ""})


@pytest.mark.django_db
def test_a_changed_address_counts_once_it_is_confirmed(client):
    register(client)
    confirm(client)
    old = path_in(letters_to("kasia@example.org")[0], CONFIRM)
    change_address(client, "nowa@example.org")
    assert User.objects.get().email == "kasia@example.org"
    client.post(path_in(letters_to("nowa@example.org")[0], CONFIRM))
    user = User.objects.get()
    assert (user.email, user.email_key) == ("nowa@example.org", "nowa@example.org")
    held = ConsentEntry.objects.filter(subject_hash=ConsentEntry.hash_of("nowa@example.org"))
    assert {entry.purpose for entry in held} == {"account", "rules"}
    assert "ma nowy adres e-mail" in text_of(letters_to("kasia@example.org")[-1])
    # The link of the first letter works no more.
    assert "już nie działa" in client.get(old).text


def test_a_link_for_an_address_that_was_changed_again_is_dead(resident):
    client = logged_in()
    change_address(client, "first@example.org")
    first = path_in(letters_to("first@example.org")[0], CONFIRM)
    change_address(client, "second@example.org")
    assert "już nie działa" in client.post(first, follow=True).text
    assert User.objects.get().email == "maria@example.org"


def test_an_address_that_somebody_only_claims_can_be_confirmed_by_its_owner(resident):
    register(Client(), email="nowa@example.org")
    client = logged_in()
    change_address(client, "nowa@example.org")
    letters = [path_in(letter, CONFIRM) for letter in letters_to("nowa@example.org")]
    client.post(letters[-1])
    assert [user.email for user in User.objects.all()] == ["nowa@example.org"]


def test_an_address_of_somebody_else_stays_theirs(resident, other_resident):
    client = logged_in()
    change_address(client, "teresa@example.org")
    assert User.objects.get(pk=resident.pk).email == "maria@example.org"
    assert EmailAddress.objects.filter(email="teresa@example.org", verified=True).count() == 1


def test_a_stranger_leaves_no_way_back(resident):
    stranger = logged_in()
    change_address(stranger, "stranger@example.org")
    foothold = path_in(letters_to("stranger@example.org")[0], CONFIRM)
    Authenticator.objects.create(user=resident, type="totp", data={})
    logged_in_by_session(resident).post("/konto/przejecie/")
    assert "już nie działa" in Client().post(foothold, follow=True).text
    assert not Authenticator.objects.exists()
    assert User.objects.get().email == "maria@example.org"


def test_staff_keep_their_second_factor_through_a_takeover(operator):
    """A stranger who knows the password must not get rid of it by this button."""
    mine, other = logged_in_by_session(operator), logged_in("olga")
    TOTP.activate(operator, SECRET)
    assert mine.post("/konto/przejecie/")["Location"] == "/konto/haslo/wyslane/"
    assert Authenticator.objects.get().user == operator
    for browser in (mine, other, logged_in("olga")):
        assert browser.get("/panel/operator/").status_code == 302
    [letter] = letters_to("olga@example.org")
    set_password_by(letter)
    fresh = Client()
    asked = fresh.post("/konto/logowanie/", {"login": "olga", "password": NEW})
    assert asked["Location"] == AUTHENTICATE
    assert fresh.get("/panel/operator/").status_code == 302
    fresh.post(AUTHENTICATE, {"code": code_for(SECRET)})
    assert fresh.get("/panel/operator/").status_code == 200
    actions = AuditEntry.objects.values_list("action", "target_id")
    assert list(actions) == [("takeover_reported", str(operator.pk))]


def by_letter(user: User) -> None:
    Client().post("/konto/haslo/", {"email": user.email})
    set_password_by(letters_to(user.email)[-1])


def by_page(user: User) -> None:
    values = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert logged_in().post("/konto/haslo/zmiana/", values).status_code == 302


@pytest.mark.parametrize("set_password", [by_letter, by_page])
def test_a_new_password_drops_an_address_that_waits(resident, set_password):
    stranger = logged_in()
    change_address(stranger, "stranger@example.org")
    foothold = path_in(letters_to("stranger@example.org")[0], CONFIRM)
    set_password(resident)
    assert [row.email for row in EmailAddress.objects.all()] == ["maria@example.org"]
    assert "już nie działa" in Client().post(foothold, follow=True).text
    user = User.objects.get()
    assert user.check_password(NEW)
    assert user.email == "maria@example.org"


def set_password_by(letter) -> None:
    """Follow the link of ``letter`` and set ``NEW``."""
    browser = Client()
    form = browser.get(path_in(letter, "/konto/haslo/nowe/"))["Location"]
    assert browser.post(form, {"password1": NEW, "password2": NEW}).status_code == 302


def logged_in_by_session(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_an_address_that_is_not_confirmed_in_time_goes(resident):
    client = logged_in()
    change_address(client, "nowa@example.org")
    assert erase_late_changes() == 0
    AddressChange.objects.update(at=timezone.now() - timedelta(days=4))
    assert erase_late_changes() == 1
    assert [row.email for row in EmailAddress.objects.all()] == ["maria@example.org"]


def test_a_link_expires_by_itself(resident, monkeypatch):
    client = logged_in()
    change_address(client, "nowa@example.org")
    path = path_in(letters_to("nowa@example.org")[0], CONFIRM)
    later = time.time() + 4 * 24 * 3600
    with monkeypatch.context() as clock:
        clock.setattr("django.core.signing.time.time", lambda: later)
        assert "już nie działa" in Client().get(path).text
    assert "To ja, potwierdzam" in Client().get(path).text
