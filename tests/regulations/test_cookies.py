"""The note on cookies names every cookie that the portal sets."""

import pytest
from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage

from accounts.devices import COOKIE as KNOWN_DEVICE
from regulations.models import Kind, Version
from reports.intake.devices import COOKIE as DEVICE
from reports.second_thoughts.cookie import COOKIE as SENDER

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "name",
    [
        DEVICE,
        KNOWN_DEVICE,
        SENDER,
        settings.LANGUAGE_COOKIE_NAME,
        settings.SESSION_COOKIE_NAME,
        settings.CSRF_COOKIE_NAME,
        CookieStorage.cookie_name,
    ],
)
def test_every_cookie_has_a_row(name):
    assert f"| {name} |" in Version.objects.in_force(Kind.COOKIES).body
