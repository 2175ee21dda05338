"""A production start with a missing or default setting is refused; the error says what to set."""

import os
import subprocess
import sys

import pytest
from django.contrib.auth import get_user_model
from django.core.checks import Tags, run_checks
from django.core.management import call_command

from geo_portal import checks

GOOD = {
    "PORTAL_MODE": "production",
    "SECRET_KEY": "k" * 50,
    "CONSENT_HASH_KEY": "c" * 50,
    "ALLOWED_HOSTS": "portal.example.org",
    "SITE_URL": "https://portal.example.org",
    "SMTP_HOST": "smtp.example.org",
    "MAIL_FROM": "portal@example.org",
    "METRICS_TOKEN": "m" * 40,
    "RATE_LIMITS": "on",
}


def started(*command: str, **changes: str) -> subprocess.CompletedProcess:
    environment = os.environ | GOOD | changes
    return subprocess.run(
        [sys.executable, *command],
        env={name: value for name, value in environment.items() if value},
        capture_output=True,
        text=True,
        timeout=60,
    )


def check(**changes: str) -> subprocess.CompletedProcess:
    return started("manage.py", "check", **changes)


def test_a_whole_configuration_starts():
    assert check().returncode == 0


def test_nothing_set_names_everything_at_once():
    outcome = check(**{name: "" for name in GOOD if name != "PORTAL_MODE"})
    assert outcome.returncode == 1
    for name in ("SECRET_KEY", "CONSENT_HASH_KEY", "ALLOWED_HOSTS", "METRICS_TOKEN"):
        assert f"{name} is not set" in outcome.stderr


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("SECRET_KEY", "demo-only-not-a-secret", "portal.E002"),
        ("CONSENT_HASH_KEY", "short", "portal.E002"),
        ("CONSENT_HASH_KEY", "k" * 50, "portal.E003"),
        ("RATE_LIMITS_ENABLED", False, "portal.E004"),
        ("ALLOWED_HOSTS", ["*"], "portal.E006"),
    ],
)
def test_a_bad_value_is_refused(settings, name, value, code):
    settings.IS_PRODUCTION = True
    settings.SECRET_KEY = "k" * 50
    settings.CONSENT_HASH_KEY = "c" * 50
    setattr(settings, name, value)
    assert code in {error.id for error in run_checks(tags=[Tags.security])}


def test_a_slip_in_the_mode_is_refused(settings):
    settings.PORTAL_MODE = "prodction"
    assert "portal.E007" in {error.id for error in run_checks(tags=[Tags.security])}


def test_the_web_server_refuses_too():
    outcome = started("-c", "import geo_portal.asgi", SECRET_KEY="")
    assert outcome.returncode != 0
    assert "SECRET_KEY is not set" in outcome.stderr


def test_a_number_that_is_none_stops_the_start_with_its_name():
    outcome = check(TRUSTED_PROXIES="many")
    assert outcome.returncode != 0
    assert "TRUSTED_PROXIES" in outcome.stderr


def test_the_geographic_libraries_are_found(capsys):
    call_command("check")
    assert "gis.W001" not in capsys.readouterr().err


@pytest.mark.django_db
class TestDemoPeople:
    def found(self) -> list[str]:
        return [error.id for error in checks.demo_people_are_gone(None, databases=["default"])]

    def person(self, password: str):
        return get_user_model().objects.create_user("operator", "o@example.org", password)

    def test_the_public_password_is_refused(self, settings):
        settings.IS_PRODUCTION = True
        self.person("demo-lodz-2026")
        assert self.found() == ["portal.E005"]

    def test_another_person_of_that_name_is_welcome(self, settings):
        settings.IS_PRODUCTION = True
        self.person("a password of their own")
        assert self.found() == []

    def test_the_demo_itself_is_not_refused(self, settings):
        settings.IS_PRODUCTION = False
        self.person("demo-lodz-2026")
        assert self.found() == []


@pytest.mark.parametrize(
    ("address", "host", "found"),
    [
        ("", "", []),
        ("odpowiedzi@lckzm.example.org", "imap.example.org", []),
        ("odpowiedzi@lckzm.example.org", "", ["portal.E008"]),
        ("", "imap.example.org", ["portal.E008"]),
        ("o" * 21 + "@lckzm.example.org", "imap.example.org", ["portal.E009"]),
        ("odpowiedzi", "imap.example.org", ["portal.E009"]),
    ],
)
def test_replies_are_invited_only_where_they_are_read(settings, address, host, found):
    settings.REPLIES_ADDRESS, settings.IMAP_HOST = address, host
    assert [error.id for error in checks.replies_are_read(None)] == found


@pytest.mark.parametrize("mode", ["demo", "test"])
def test_the_demo_listens_to_its_own_hosts_only(mode):
    ask = "from django.conf import settings; print(settings.ALLOWED_HOSTS)"
    changes = {"PORTAL_MODE": mode, "ALLOWED_HOSTS": "", "SITE_URL": "http://my-laptop.local:8001"}
    done = started("-c", ask, **changes)
    assert done.stdout.strip() == "['127.0.0.1', 'localhost', '[::1]', 'my-laptop.local']", (
        done.stderr
    )
