"""No letter leads to the host that a request names: whoever sends it may name any."""

from pathlib import Path

import pytest
from allauth.account.adapter import get_adapter
from allauth.core import context as allauth_context
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings as portal
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse

from accounts.models import User
from outbox.models import Letter
from regulations.models import Kind, Version
from tests.accounts.letters import letters_to, path_in, text_of
from tests.factories import dispatched
from tests.people import PASSWORD

EVIL = "evil.example"
NEW = "another long password"


@pytest.fixture(autouse=True)
def any_host(db, settings):
    """As on a server whose ALLOWED_HOSTS is too wide, or behind a proxy that lets every name in."""
    settings.ALLOWED_HOSTS = ["*"]
    settings.SITE_URL = "https://portal.example.org"
    settings.ACCOUNT_RATE_LIMITS = settings.GUESSING_LIMITS


class Stranger(Client):
    """Every request names another host, in each way in which a request can."""

    def generic(self, *args, **kwargs):
        kwargs["headers"] = {
            "host": EVIL,
            "x-forwarded-host": EVIL,
            "forwarded": f"host={EVIL}",
            "referer": f"http://{EVIL}/",
            **(kwargs.get("headers") or {}),
        }
        return super().generic(*args, **kwargs)


@pytest.fixture
def stranger() -> Stranger:
    return Stranger()


def assert_letters_lead_home(least: int = 1) -> None:
    letters = list(Letter.objects.all())
    assert len(letters) >= least
    for letter in letters:
        assert EVIL not in letter.subject + text_of(letter), letter.subject
        assert EVIL.encode() not in bytes(letter.raw), letter.subject
    assert any("https://portal.example.org/" in text_of(letter) for letter in letters)


def register(client, name: str, email: str):
    texts = [Version.objects.in_force(kind).pk for kind in (Kind.CLAUSE, Kind.RULES)]
    return client.post(
        "/konto/rejestracja/",
        {
            "username": name,
            "email": email,
            "password1": NEW,
            "processing": "on",
            "rules": "on",
            "texts": f"{texts[0]} {texts[1]}",
        },
    )


def test_registering_with_a_new_and_with_a_taken_address(stranger, resident):
    register(stranger, "nowaosoba", "new@example.org")
    register(Stranger(), "innaosoba", resident.email)
    assert len(letters_to("new@example.org")) == len(letters_to(resident.email)) == 1
    assert_letters_lead_home(2)


def test_a_new_password_for_somebody_and_for_nobody(stranger, resident):
    stranger.post("/konto/haslo/", {"email": resident.email})
    stranger.post("/konto/haslo/", {"email": "nobody@example.org"})
    assert_letters_lead_home(2)
    path = path_in(letters_to(resident.email)[0], "/konto/haslo/nowe/")
    page = stranger.get(path, follow=True)
    stranger.post(page.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    assert_letters_lead_home(3)


def test_what_the_owner_does_with_the_account(stranger, resident):
    stranger.post("/konto/logowanie/", {"login": "maria", "password": PASSWORD})
    stranger.post("/konto/potwierdzenie/", {"password": PASSWORD})
    stranger.post("/konto/adres/", {"email": "second@example.org", "action_add": ""})
    assert letters_to("second@example.org")
    change = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    stranger.post("/konto/haslo/zmiana/", change)
    assert_letters_lead_home(2)
    stranger.post("/konto/przejecie/")
    assert letters_to(portal.ADMINISTRATOR_EMAIL)
    assert_letters_lead_home(4)


def test_guessing_a_password(stranger, resident):
    for _attempt in range(6):
        stranger.post("/konto/logowanie/", {"login": "maria", "password": "wrong"})
    assert_letters_lead_home()


def test_leaving(stranger, resident):
    stranger.post("/konto/logowanie/", {"login": "maria", "password": PASSWORD})
    stranger.post("/konto/zamkniecie/", {"password": PASSWORD})
    assert not User.objects.filter(pk=resident.pk).exists()
    letters = letters_to(resident.email)
    assert all(EVIL.encode() not in bytes(letter.raw) for letter in letters)


def test_a_report_and_what_staff_do_with_it(stranger, operator):
    report = dispatched(email="m@example.org", consent=True)
    stranger.post("/konto/logowanie/", {"login": "olga", "password": PASSWORD})
    # A member of staff answers it.
    act = reverse("panel:change-status", args=[report.reference])
    page = stranger.get(reverse("panel:report", args=[report.reference]))
    assert page.status_code == 200
    before = Letter.objects.count()
    values = {"version": report.version, "status": "in_progress", "note": "Nie teraz."}
    values = {f"status-{name}": value for name, value in values.items()}
    assert stranger.post(act, values).status_code == 302
    assert Letter.objects.count() > before
    assert_letters_lead_home(2)


def every_template() -> list[str]:
    """Every letter for which allauth, or an app of it, brings a template: also those that the
    portal has not written itself.
    """
    import allauth

    brought = Path(allauth.__file__).parent / "templates"
    apps = ("account", "mfa", "usersessions")
    found = [path for app in apps for path in brought.glob(f"{app}/email/*_message.txt")]
    names = {str(path.relative_to(brought)).removesuffix("_message.txt") for path in found}
    return sorted(name for name in names if not name.endswith("/base"))


@pytest.mark.parametrize("template", every_template())
def test_every_letter_of_a_library(rf, resident, template):
    """Made as the library makes it, with addresses from the request."""
    get_template(f"{template}_subject.txt")
    request = rf.post("/", headers={"host": EVIL})
    request.user = resident
    url = request.build_absolute_uri("/konto/haslo/nowe/1-a-b/?x=1")
    context = {
        "user": resident,
        "username": resident.username,
        "activate_url": url,
        "signup_url": url,
        "password_reset_url": url,
        "code": "123456",
        "key": "key",
        "from_email": "a@example.org",
        "to_email": "b@example.org",
        "deleted_email": "c@example.org",
        "authenticator": TOTP.activate(resident, generate_totp_secret()).instance,
    }
    with allauth_context.request_context(request):
        adapter = get_adapter()
        adapter.send_mail(template, resident.email, {"ip": "x", "user_agent": "y"} | context)
    [letter] = letters_to(resident.email)
    assert EVIL.encode() not in bytes(letter.raw)
    assert EVIL not in text_of(letter)
    if url.removeprefix(f"http://{EVIL}") in text_of(letter):
        assert "https://portal.example.org/konto/haslo/nowe/1-a-b/?x=1" in text_of(letter)
