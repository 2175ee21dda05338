"""The note on cookies names every cookie that the portal sets, and says how long it stays."""

import pytest
from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage

from accounts import devices as known_devices
from regulations.models import Kind, Version
from reports.intake import devices
from reports.second_thoughts import cookie as sender

pytestmark = pytest.mark.django_db
DAY = 24 * 3600
# What the note says, and the seconds that it may mean.
TIMES = {
    "rok": range(364 * DAY, 366 * DAY),
    "godzina": range(3600, 3601),
    "do zamknięcia przeglądarki": [None],
    "do następnej strony": [None],
}
COOKIES = {
    devices.COOKIE: devices.COOKIE_AGE,
    known_devices.COOKIE: known_devices.COOKIE_AGE,
    sender.COOKIE: sender.COOKIE_AGE,
    settings.LANGUAGE_COOKIE_NAME: settings.LANGUAGE_COOKIE_AGE,
    settings.CSRF_COOKIE_NAME: settings.CSRF_COOKIE_AGE,
    settings.SESSION_COOKIE_NAME: settings.SESSION_COOKIE_AGE
    if settings.ACCOUNT_SESSION_REMEMBER
    else None,
    CookieStorage.cookie_name: None,
}


def rows() -> dict[str, str]:
    """Time by name, as the table of the note in force tells it."""
    lines = Version.objects.in_force(Kind.COOKIES).body.splitlines()
    cells = [line.strip("| ").split(" | ") for line in lines if line.startswith("| ")]
    return {name: time for name, _purpose, time in cells[1:]}


@pytest.mark.parametrize("name", COOKIES)
def test_every_cookie_has_a_row_that_tells_its_time(name):
    assert COOKIES[name] in TIMES[rows()[name]]


def test_no_row_is_about_a_cookie_that_is_gone():
    assert set(rows()) == set(COOKIES)
