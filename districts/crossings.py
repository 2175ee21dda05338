"""Finds where two streets cross by what people write: ``Piotrkowska / Nawrot``, ``róg
Piotrkowskiej i Nawrot``.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from django.contrib.gis.geos import Point
from django.db import connection

from .gazetteer import LONGEST_TEXT, FoundPlace, several_places, street_key, with_districts

_CROSSING = "crossing"
# What stands between two streets. All places where one could stand are tried, since a street may
# have "i" in its name.
_BETWEEN = re.compile(
    r" ?[/\\+&,] ?| (?:[-–—x]|i|z|ze|a|oraz|róg|rog|skrzyżowanie z) ", re.IGNORECASE
)
_BEFORE = re.compile(
    r"(?:(?:na|przy|u|rogu?|róg|skrzy[żz]owani[eua]|skrzy[żz]|zbiegu?)\b\.? ?)++", re.IGNORECASE
)
_TWO_LETTERS = re.compile(r"[^\W\d_]{2}")
_MOST_SPLITS = 4
# "rogu Piotrkowskiej", "skrzyżowaniu Długiej": the names of streets that are adjectives.
_ENDINGS = (
    (re.compile(r"(?<=[kg])iej\b"), "a"),
    (re.compile(r"iej\b"), "ia"),
    (re.compile(r"ej\b"), "a"),
)


class _Row(NamedTuple):
    street: str
    other: str
    street_key: str
    other_key: str
    lon: float
    lat: float


def find_crossings(text: str, *, limit: int) -> list[FoundPlace]:
    """The crossings that ``text`` may mean, best first; the second street may be begun only, or
    missing. They have no districts yet. One query for each way to read ``text``, at most four.
    """
    for street, other in _readings(text):
        if rows := _find(street, other, limit):
            return [_found(row) for row in rows]
    return []


def find_crossing(text: str) -> FoundPlace | None:
    """The crossing that ``text`` names; None unless both streets are named exactly. Where they
    cross several times, only the districts are known.
    """
    for street, other in _readings(text):
        rows = [
            row
            for row in (_find(street, other, limit=20) if other else [])
            if _is_named(row.street_key, street) and _is_named(row.other_key, other)
        ]
        if rows:
            best = rows[0].street, rows[0].other
            same = [_found(row) for row in rows if (row.street, row.other) == best]
            known = [place for place in with_districts(same) if place]
            if known:
                return known[0] if len(known) == 1 else several_places(known)
    return None


def _readings(text: str) -> Iterator[tuple[str, str]]:
    """The keys of both streets; the second is empty where nothing follows yet."""
    if len(text) > LONGEST_TEXT:
        return
    words = " ".join(text.split())
    before = _BEFORE.match(words)
    # A street that nothing follows yet: "Piotrkowska i".
    whole = f"{words[before.end() :] if before else words} "
    splits = islice(_BETWEEN.finditer(whole), _MOST_SPLITS)
    for split in splits:
        street, other = whole[: split.start()], whole[split.end() :]
        if _TWO_LETTERS.search(street) and (not other.strip() or _TWO_LETTERS.search(other)):
            yield street_key(street), street_key(other)


def _find(street: str, other: str, limit: int) -> list[_Row]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM districts_crossings_named(%s, %s, %s)",
            [_spellings(street), _spellings(other), limit],
        )
        return [_Row(*row) for row in cursor.fetchall()]


def _spellings(key: str) -> list[str]:
    """The key, and with the endings of a street's own name; nothing for an empty key."""
    nominative = key
    for ending, own in _ENDINGS:
        if (changed := ending.sub(own, nominative)) != nominative:
            nominative = changed
            break
    return list(dict.fromkeys(filter(None, (key, nominative))))


def _is_named(key: str, asked: str) -> bool:
    return any(f" {key}".endswith(f" {one}") for one in _spellings(asked))


def _found(row: _Row) -> FoundPlace:
    return FoundPlace(
        label=f"{row.street} / {row.other}",
        street="",
        number="",
        district=None,
        location=Point(row.lon, row.lat, srid=4326),
        kind=_CROSSING,
    )
