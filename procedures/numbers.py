"""Numbers of cards: the one spelling that is an address, and those that people type."""

import re

_EXACT = "KA-[0-9]{5}"
_TYPED = re.compile(r"(?:ka)?[\s_.–-]{0,3}([0-9]{1,5})", re.IGNORECASE)


class NumberConverter:
    """The number of a card as a part of an address."""

    regex = _EXACT

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def read_number(text: str) -> str:
    """``ka-1238``, ``KA 01238`` and ``1238`` are "KA-01238"; empty for what is no number."""
    match = _TYPED.fullmatch(text.strip())
    return f"KA-{int(match[1]):05}" if match else ""
