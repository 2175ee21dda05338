"""Suggestions while an address is typed: first streets, then the numbers of a street."""

import re
from itertools import islice

from django.db import connection
from django.db.models import Q

from .gazetteer import FoundAddress, number_key, readings, spelling, street_key, with_districts
from .models import Address

_MOST = 8
# Numbers are looked up in this many streets: "Piotrkowska" may also mean "Piotrkowska Boczna".
_STREETS_WITH_NUMBERS = 4
_MOST_READINGS = 2
_BEGUN_NUMBER = re.compile(r"\d.*")
# Streets that begin with the text come first, then those with a word that does.
_BEGIN = """
SELECT name, key FROM districts_street WHERE key LIKE %(begins)s OR key LIKE %(within)s
ORDER BY key <> %(text)s, key NOT LIKE %(begins)s, length(key), key LIMIT %(limit)s
"""
# Only if these are too few: streets of similar spelling.
_ALIKE = "SELECT name, key FROM districts_streets_alike(%s)"
# A text with fewer letters is similar to too many streets.
_ALIKE_FROM = 4


def suggest_addresses(text: str, *, limit: int = _MOST) -> list[FoundAddress]:
    """The streets, or once a number is typed the addresses, that ``text`` may mean; best first.

    Suggestions begin with the second letter. Diacritics, letter case and words for the kind of a
    street do not matter; one or two typing errors are forgiven. At most six queries.
    """
    for street, number in islice(readings(text, _BEGUN_NUMBER), _MOST_READINGS):
        if len(street_key(street)) >= 2 and (found := _find_numbers(street, number, limit)):
            return found
    key = street_key(text)
    return [
        FoundAddress(label=name, street=name, number="", district=None, location=None)
        for name, _key in (_find_streets(key, limit) if len(key) >= 2 else [])
    ]


def _find_numbers(street: str, number: str, limit: int) -> list[FoundAddress]:
    """The addresses that begin with ``number``, in streets that may be meant by ``street``; those
    of the street that is spelled so come first.
    """
    streets = _find_streets(street_key(street), _STREETS_WITH_NUMBERS)
    names = sorted(
        [name for name, _key in streets], key=lambda name: spelling(name) != spelling(street)
    )
    begun = number_key(number).partition("/")[0]
    # A corner house "15/23" is number 15 to some and number 23 to others.
    begins = Q(number_key__startswith=begun) | Q(number_key__contains=f"/{begun}")
    keys = [key for _name, key in streets]
    rows = Address.objects.filter(begins, street_key__in=keys, street__in=names)
    best = sorted(
        rows,
        key=lambda row: (
            names.index(row.street),
            row.number.casefold() != number.casefold(),
            _natural_order(row.number_key),
        ),
    )
    return [address for address in with_districts(best[:limit]) if address]


def _find_streets(text: str, limit: int) -> list[tuple[str, str]]:
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


def _natural_order(number: str) -> tuple:
    """A key to sort house numbers by: ``9`` before ``10``, ``10`` before ``10a``."""
    return tuple(
        (0, int(part), "") if part.isdigit() else (1, 0, part)
        for part in re.findall(r"\d+|\D+", number)
    )
