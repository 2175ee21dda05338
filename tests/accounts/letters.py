"""Letters of the outbox as their reader sees them."""

import re
from email import message_from_bytes, policy

from outbox.models import Letter


def letters_to(address: str) -> list[Letter]:
    return [letter for letter in Letter.objects.order_by("pk") if address in letter.recipients]


def text_of(letter: Letter) -> str:
    message = message_from_bytes(bytes(letter.raw), policy=policy.default)
    return message.get_body(preferencelist=("plain",)).get_content().replace("\r\n", "\n")


def whole(letter: Letter) -> str:
    """All texts of the letter, plain and HTML, decoded."""
    message = message_from_bytes(bytes(letter.raw), policy=policy.default)
    texts = [part for part in message.walk() if part.get_content_maintype() == "text"]
    return "\n".join(part.get_content() for part in texts)


def path_in(letter: Letter, begin: str) -> str:
    """The path of the first link in the letter whose path begins with ``begin``."""
    return re.search(rf"https?://[^/]+({re.escape(begin)}\S*)", text_of(letter))[1]
