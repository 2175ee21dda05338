"""Letters about an account: rendered in its owner's language, owed through the outbox."""

from collections.abc import Mapping

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

FORGET = {"X-Outbox-Forget": "1"}


def letter(
    to: str,
    template: str,
    context: Mapping[str, object],
    *,
    language: str,
    key: str = "",
    forget: bool = False,
) -> EmailMessage:
    """A text letter: the first line of ``accounts/letters/<template>.txt`` is its subject.

    ``key``: a repeat under it is no second letter. ``forget``: keep nothing once it is sent.
    """
    with override(language):
        city = {"portal_name": settings.CITY_PORTAL_NAME}
        text = render_to_string(f"accounts/letters/{template}.txt", {"city": city, **context})
    subject, _line, body = text.strip().partition("\n")
    headers = ({"X-Outbox-Key": key} if key else {}) | (FORGET if forget else {})
    return EmailMessage(subject.strip(), body.strip() + "\n", to=[to], headers=headers)


def address_of(name: str, *args: object) -> str:
    """The absolute address of a page."""
    return settings.SITE_URL + reverse(name, args=args)
