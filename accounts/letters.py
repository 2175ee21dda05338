"""Letters about an account: rendered in its owner's language, owed through the outbox."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

FORGET = {"X-Outbox-Forget": "1"}


@dataclass(frozen=True, slots=True)
class Text:
    """What a letter says, to whomever it goes."""

    subject: str
    body: str

    def to(self, address: str, *, key: str = "", forget: bool = False) -> EmailMessage:
        """The letter. ``key``: a repeat under it is no second letter. ``forget``: keep nothing once
        it is sent.
        """
        headers = ({"X-Outbox-Key": key} if key else {}) | (FORGET if forget else {})
        return EmailMessage(self.subject, self.body, to=[address], headers=headers)


def text(template: str, context: Mapping[str, object], *, language: str) -> Text:
    """``accounts/letters/<template>.txt`` in ``language``; its first line is the subject."""
    with override(language):
        city = {"portal_name": settings.CITY_PORTAL_NAME}
        whole = render_to_string(f"accounts/letters/{template}.txt", {"city": city, **context})
    subject, _line, body = whole.strip().partition("\n")
    return Text(subject.strip(), body.strip() + "\n")


def address_of(name: str, *args: object) -> str:
    """The absolute address of a page."""
    return settings.SITE_URL + reverse(name, args=args)
