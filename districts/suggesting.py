"""Suggestions while a place is typed: streets, then the numbers of a street; crossings; names."""

import re
from itertools import islice

from django.db import connection
from django.db.models import Q

from .crossings import find_crossings
from .gazetteer import (
    FoundPlace,
    found_address,
    is_begun,
    number_key,
    readings,
    spelling,
    street_key,
    with_districts,
)
from .models import Address
from .named_places import find_named, kinds_in, place_key

_MOST = 8
# Numbers are looked up in this many streets: "Piotrkowska" may also mean "Piotrkowska Boczna".
_STREETS_WITH_NUMBERS = 4
# Among many streets that begin as typed, so many places by name are shown too.
_PLACES_BESIDE_STREETS = 3
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


def suggest_addresses(text: str, *, limit: int = _MOST) -> list[FoundPlace]:
    """What ``text`` may mean, best first: crossings if it names two streets; else streets (or
    addresses, once a number is typed) and places by name.

    Suggestions begin with the second letter. Diacritics, letter case and words for the kind of a
    street do not matter; one or two typing errors are forgiven. At most nine queries.
    """
    if crossings := find_crossings(text, limit=limit):
        return _with_districts(crossings)
    named = find_named(text, limit=limit)
    key = place_key(text)
    begun = [place for place, own in named if is_begun(own, key)]
    for street, number in islice(readings(text, _BEGUN_NUMBER), _MOST_READINGS):
        if len(street_key(street)) >= 2 and (rows := _find_numbers(street, number, limit)):
            # "SP 12" is a school, and may be a number of a street that begins so.
            places = begun + [found_address(row) for row in rows]
            codes = [""] * len(begun) + [row.district_code for row in rows]
            return _with_districts(places[:limit], codes[:limit])
    others = [place for place, own in named if not is_begun(own, key)]
    return _in_order(_find_streets(street_key(text), limit), begun, others, text, limit)


def _in_order(
    streets: list[tuple[str, str]],
    begun: list[FoundPlace],
    others: list[FoundPlace],
    text: str,
    limit: int,
) -> list[FoundPlace]:
    """Streets and places that begin with ``text`` first, then those of similar spelling. Places
    come before streets if the text says what kind of place it is.
    """
    key = street_key(text)
    sure = [_street(name) for name, own in streets if is_begun(own, key)]
    unsure = [_street(name) for name, own in streets if not is_begun(own, key)]
    places = _with_districts(begun[:limit])
    if kinds_in(text):
        return (places + sure + _with_districts(others) + unsure)[:limit]
    first = sure[: limit - min(len(places), _PLACES_BESIDE_STREETS)] + places
    return (first + unsure + _with_districts(others))[:limit]


def _street(name: str) -> FoundPlace:
    return FoundPlace(label=name, street=name, number="", district=None, location=None)


def _with_districts(places: list[FoundPlace], codes: list[str] | None = None) -> list[FoundPlace]:
    return [place for place in with_districts(places, codes) if place]


def _find_numbers(street: str, number: str, limit: int) -> list[Address]:
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
    return best[:limit]


def _find_streets(text: str, limit: int) -> list[tuple[str, str]]:
    """Names and keys; ``text`` is a key, of two letters at least."""
    if len(text) < 2:
        return []
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
