"""What somebody typed into a reply, without the letter that their program quotes below it.

Line by line and in proportion to the text: a pattern over the whole text, as libraries have it, was
measured at 22 seconds for 4,500 characters (docs/adr/0041).
"""

import re
from collections.abc import Sequence

from reports.unit_link import LINE

_PLAIN = str.maketrans("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ\u00a0", "acelnoszzACELNOSZZ ")
_FIELD = re.compile(
    r"[*>\s]*(?:od|wyslano|wyslane|do|dw|temat|data|from|sent|to|cc|subject|date|von|an)\s?:"
)
_SENDER = re.compile(r"[*>\s]*(?:od|from|von|temat|subject)\s?:")
_WROTE = ("pisze:", "napisal:", "napisala:", "napisal(a):", "napisał(a):", "wrote:", "schrieb:")
_ORIGINAL = ("wiadomosc oryginalna", "oryginalna wiadomosc", "original message")
_PHONES = ("wyslane z ", "wyslano z ", "sent from my ", "pobierz outlook", "get outlook for ")
# Lines over which a program spreads "W dniu … pisze:", and over which it names the fields of a
# letter.
_SPREAD, _HEAD = 3, 6
_LONGEST_LINE = 600


def typed_words(text: str) -> str:
    """``text`` up to the quoted letter or the signature, whichever comes first."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    plain = [_plain(line) for line in lines]
    marker = _plain(LINE)
    for number, line in enumerate(plain):
        if marker in line or _begins_quote(plain, number) or _begins_signature(line):
            return "\n".join(lines[:number]).strip()
    return "\n".join(lines).strip()


def _plain(line: str) -> str:
    """Small letters without Polish marks, and without what lies beyond the longest line."""
    return line[:_LONGEST_LINE].translate(_PLAIN).lower().strip()


def _begins_quote(plain: Sequence[str], number: int) -> bool:
    line = plain[number]
    if line.startswith((">", "wiadomosc napisana przez ")):
        return True
    if line.strip("-_ ") in _ORIGINAL or (len(line) >= 20 and not line.strip("_")):
        return True
    if _SENDER.match(line):
        following = plain[number : number + _HEAD]
        return sum(bool(_FIELD.match(one)) for one in following) >= 3
    return _names_writer(plain, number)


def _names_writer(plain: Sequence[str], number: int) -> bool:
    """ "W dniu 27.11.2026 o 10:15, Portal pisze:", on one line or a few."""
    if not any(sign.isdigit() for sign in plain[number]):
        return False
    for last in range(number, min(number + _SPREAD, len(plain))):
        if plain[last].endswith(_WROTE):
            return True
        if not plain[last]:
            return False
    return False


def _begins_signature(line: str) -> bool:
    return line in ("--", "---") or (len(line) < 80 and line.startswith(_PHONES))
