"""What a person may be typing: streets first, then the numbers of a street."""

import re

from django.db import connection
from django.db.models import Q

from .gazetteer import FoundAddress, as_found, number_key, plain, street_key
from .models import Address

_MOST = 8
# Streets whose numbers are looked through: "Piotrkowska" is also "Piotrkowska Boczna".
_STREETS_WITH_NUMBERS = 4
# A street that begins so, then one with a word that begins so.
_BEGIN = """
SELECT name, key FROM districts_street WHERE key LIKE %(begins)s OR key LIKE %(within)s
ORDER BY key <> %(text)s, key NOT LIKE %(begins)s, length(key), key LIMIT %(limit)s
"""
# Only if these are too few: those that look alike.
_ALIKE = "SELECT name, key FROM districts_streets_alike(%s)"
# A shorter word is like too many.
_ALIKE_FROM = 4


def suggest(text: str, *, limit: int = _MOST) -> list[FoundAddress]:
    """Streets, or addresses once a number is typed, that ``text`` may mean; best first.

    From the second letter on; diacritics, letter case and the words for kinds of streets do not
    matter, one or two slips are forgiven. At most five queries.
    """
    words, number = _split_typed(text)
    if len(words) < 2:
        return []
    if not number:
        return [_as_street(name) for name, _key in _streets(words, limit)]
    keys = [key for _name, key in _streets(words, _STREETS_WITH_NUMBERS)]
    return _numbers(keys, number, limit)


def _split_typed(text: str) -> tuple[str, str]:
    """Keys of street and begun number: "al. Piłsudskiego 2" → ("pilsudskiego", "2")."""
    words = re.sub(r"(?<=\d)\s+(?=[a-z]\b)", "", plain(text)).replace(",", " ").split()
    for place in range(len(words) - 1, 0, -1):
        if words[place][0].isdigit():
            return street_key(" ".join(words[:place] + words[place + 1 :])), words[place]
    return street_key(text), ""


def _streets(text: str, limit: int) -> list[tuple[str, str]]:
    """Names and keys; ``text`` is a key."""
    pattern = re.sub(r"([%_\\])", r"\\\1", text)
    values: dict[str, str | int | float] = {
        "text": text,
        "begins": f"{pattern}%",
        "within": f"% {pattern}%",
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN, values)
        found = cursor.fetchall()
        if len(found) < limit and len(text) >= _ALIKE_FROM and not text.isdigit():
            cursor.execute(_ALIKE, [text])
            found += [row for row in cursor.fetchall() if row not in found]
    return found[:limit]


def _numbers(keys: list[str], number: str, limit: int) -> list[FoundAddress]:
    """Addresses of the streets ``keys`` whose number begins so: the best street's first."""
    begun = number_key(number).partition("/")[0]
    # A corner house "15/23" is number 15 to some and number 23 to others.
    begins = Q(number_key__startswith=begun) | Q(number_key__contains=f"/{begun}")
    rows = Address.objects.filter(begins, street_key__in=keys)
    order = {key: place for place, key in enumerate(keys)}
    best = sorted(rows, key=lambda row: (order[row.street_key], _natural(row.number_key)))
    return as_found(best[:limit])


def _natural(number: str) -> tuple:
    """``9`` before ``10``, ``10`` before ``10a``."""
    return tuple(
        (0, int(part), "") if part.isdigit() else (1, 0, part)
        for part in re.findall(r"\d+|\D+", number)
    )


def _as_street(name: str) -> FoundAddress:
    return FoundAddress(label=name, street=name, number="", district=None, location=None)
