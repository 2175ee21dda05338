"""Public numbers of reports: ``7K3M-94QX-2``.

They have eight random symbols of Crockford's base 32 (40 bits) and a check symbol of the same
alphabet. The check is a weighted sum over GF(32) with distinct weights, which finds every single
wrong symbol and every swap of two symbols. A slip is therefore never taken for the number of a
report that does not exist.
"""

import re
import secrets

from django.utils.translation import gettext_lazy as _

from web.errors import NotFound, PortalError

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 8
# What people write or hear instead of a symbol, as Crockford lists it.
_SPOKEN = str.maketrans({"O": "0", "I": "1", "L": "1"})
# Spaces and dashes of every kind.
_BETWEEN = re.compile(r"[\s\u2010-\u2015\u2212-]")
# A shorter part would be found in too many numbers.
_SHORTEST_PART = 3
_PRIMITIVE = 0b100101  # x^5 + x^2 + 1


class MalformedReference(PortalError):
    code = "malformed_reference"
    detail = _("Numer zgłoszenia ma 9 znaków, na przykład 7K3M-94QX-2.")


class MistypedReference(PortalError):
    code = "mistyped_reference"
    detail = _("W numerze jest pomyłka: któryś znak się nie zgadza. Sprawdź go jeszcze raz.")


class UnknownReport(NotFound):
    """The number is well formed, but no report that this person may see has it."""


def new_reference() -> str:
    """A random reference in the form in which it is shown and stored."""
    symbols = "".join(secrets.choice(_ALPHABET) for _position in range(_LENGTH))
    return _formatted(symbols + _check_symbol(symbols))


def parse_reference(text: str) -> str:
    """The stored form of what a person typed. Raises ``MalformedReference`` or
    ``MistypedReference``.
    """
    symbols = _symbols_of(text)
    if len(symbols) != _LENGTH + 1 or any(symbol not in _ALPHABET for symbol in symbols):
        raise MalformedReference
    if _check_symbol(symbols[:_LENGTH]) != symbols[_LENGTH]:
        raise MistypedReference
    return _formatted(symbols)


def symbols_of_part(text: str) -> str:
    """The symbols of ``text``, however they are spelled, if a number may contain them; else ""."""
    symbols = _symbols_of(text)
    fits = _SHORTEST_PART <= len(symbols) <= _LENGTH + 1
    return symbols if fits and set(symbols) <= set(_ALPHABET) else ""


def _symbols_of(text: str) -> str:
    return _BETWEEN.sub("", text).upper().translate(_SPOKEN)


def _formatted(symbols: str) -> str:
    return f"{symbols[:4]}-{symbols[4:8]}-{symbols[8:]}"


def _check_symbol(symbols: str) -> str:
    total = 0
    for symbol in symbols:
        total = _doubled(total) ^ _doubled(_ALPHABET.index(symbol))
    return _ALPHABET[total]


def _doubled(value: int) -> int:
    """``value`` times x in GF(32)."""
    value <<= 1
    return value ^ _PRIMITIVE if value & 0b100000 else value
