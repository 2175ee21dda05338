"""Letters about an account, rendered in its owner's language and sent through the outbox."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import override

# Asks the outbox to blank a letter once it is sent.
FORGET_HEADERS = {"X-Outbox-Forget": "1"}


@dataclass(frozen=True, slots=True)
class LetterText:
    """Subject and body of a letter, without its recipient."""

    subject: str
    body: str

    def message_to(self, address: str, *, key: str = "", forget: bool = False) -> EmailMessage:
        """The letter to ``address``, not sent yet.

        ``key``: the outbox drops a second letter under the same key. ``forget``: the outbox blanks
        the letter once it is sent.
        """
        headers = ({"X-Outbox-Key": key} if key else {}) | (FORGET_HEADERS if forget else {})
        return EmailMessage(self.subject, self.body, to=[address], headers=headers)


def render_text(template: str, context: Mapping[str, object], *, language: str) -> LetterText:
    """``accounts/letters/<template>.txt`` in ``language``; its first line is the subject."""
    with override(language):
        city = {"portal_name": settings.CITY_PORTAL_NAME}
        whole = render_to_string(f"accounts/letters/{template}.txt", {"city": city, **context})
    subject, _line, body = whole.strip().partition("\n")
    return LetterText(subject.strip(), body.strip() + "\n")
