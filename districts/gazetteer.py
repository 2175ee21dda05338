"""Finds places by what people write: addresses and coordinates."""

import re
import unicodedata
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from django.conf import settings
from django.contrib.gis.geos import Point
from django.db import connection

from .locating import locate_many
from .models import Address, District, Edition, Street

# Words for the kind of a street. People may leave them out, or write them before or after the name.
_KINDS = frozenset(
    (
        "ul",
        "ulica",
        "ulicy",
        "ulic",
        "al",
        "aleja",
        "aleje",
        "alei",
        "pl",
        "plac",
        "placu",
        "os",
        "osiedle",
        "skwer",
        "rondo",
        "ronda",
        "bulwar",
        "park",
        "im",
        "imienia",
    )
)
# Letters that Unicode normalisation does not split into a letter and a diacritical mark.
_UNSPLIT = str.maketrans("łŁøØđĐ", "lLoOdD")
# Nothing longer is looked for. The field of the form and the API take no longer text either.
LONGEST_TEXT = 200
# What follows a repetition never fits into it, and "++" gives nothing back. So the time that a
# search takes grows with the length of the text and no faster (tests/test_patterns.py).
_NUMBER = re.compile(r"\d++[a-z]{0,2}(?:/\d++[a-z]{0,2}){0,3}")
_LETTERS = re.compile(r"[a-z]{1,2}")
_POSTCODE = re.compile(r"\d\d-\d{3}")
_CITY = frozenset(("lodz", "lodzi"))
# As wide as a wide street with its pavements.
_LARGE_METRES = 50
# Only a text that is no address can be read in more ways.
_MOST_READINGS = 4
_COORDINATE = r"([NSEW]?)\s*+([+-]?\d{1,3}(?:[.,]\d++)?)(?:\s*+°)?(?:\s*+([NSEW]))?"
_PAIR = re.compile(rf"\s*+{_COORDINATE}(?:\s*+[;,]\s*+|\s++){_COORDINATE}\s*+", re.IGNORECASE)
# Each text asks by all of its readings, and the first with an address wins; in it the number as it
# is, then the house of a flat ("12/14" may be flat 14 of house 12), then a house on several plots,
# known by each of their numbers. ``street`` is NULL where no street is spelled as it was typed.
_FIND = """
SELECT DISTINCT ON (asked.text) asked.text, a.id
FROM unnest(%s::int[], %s::int[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[])
    AS asked (text, reading, street_key, street, typed, number, house)
JOIN districts_address a ON a.street_key = asked.street_key
    AND a.street = COALESCE(asked.street, a.street)
    AND (a.number_key = asked.number
        OR '/' || a.number_key || '/' LIKE '%%/' || asked.house || '/%%')
ORDER BY asked.text, asked.reading, lower(a.number) <> asked.typed, a.number_key <> asked.number,
    a.number_key <> asked.house, a.number_key NOT LIKE asked.house || '/%%',
    a.location, a.district_code
"""


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """An address; or a street alone, without ``number``; or a number that its street does not have;
    or, with a ``kind``, a crossing ("crossing") or a place by name (``NamedPlace.Kind``).

    ``location`` (EPSG:4326) is None where only the district is known. ``district`` is None where
    several come into question: ``districts``. ``reach``: metres from ``location`` to the farthest
    part of a place that is larger than a point.
    """

    label: str
    street: str
    number: str
    district: District | None
    location: Point | None
    districts: tuple[District, ...] = ()
    kind: str = ""
    reach: int = 0

    @property
    def is_large(self) -> bool:
        """Whether ``location`` says only roughly where in the place a matter is."""
        return self.reach > _LARGE_METRES


def fold(text: str) -> str:
    """Lower case without diacritics: ``Żeromskiego`` → ``zeromskiego``."""
    split = unicodedata.normalize("NFKD", text.translate(_UNSPLIT))
    return "".join(c for c in split if not unicodedata.combining(c)).casefold()


def street_key(text: str) -> str:
    """The words that distinguish a street: ``al. Piłsudskiego`` → ``pilsudskiego``."""
    return _without_kinds(fold(text[:LONGEST_TEXT]))


def names_its_kind(street: str) -> bool:
    """Whether the name says what it is, as "aleja Kościuszki" does, and "Piotrkowska" does not."""
    return any(word in _KINDS for word in fold(street).split())


def spelling(street: str) -> str:
    """``street_key`` with its diacritics: Płocka and Plocka are two streets."""
    return _without_kinds(street.casefold())


def number_key(text: str) -> str:
    """``12 A`` → ``12a``."""
    return re.sub(r"\s+", "", fold(text))


def readings(text: str, number: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """The ways to read ``text`` as a street and a number, both as typed; likeliest first.

    ``3 Maja 12 A`` is 12a of "3 Maja", or 12 of "3 Maja A". The key of a number fits the pattern
    ``number``, and it is not the first word, so a street alone has no reading. Postcode and city at
    the end do not count. None for a text that is longer than an address can be.
    """
    words = text.replace(",", " ").split() if len(text) <= LONGEST_TEXT else []
    while words and (fold(words[-1]) in _CITY or _POSTCODE.fullmatch(words[-1])):
        words.pop()
    keys = [fold(word) for word in words]
    for place in range(len(words) - 1, 0, -1):
        if number.fullmatch(keys[place]):
            before, after = words[:place], words[place + 1 :]
            if after and _LETTERS.fullmatch(keys[place + 1]) and keys[place][-1].isdigit():
                yield " ".join(before + after[1:]), words[place] + words[place + 1]
            yield " ".join(before + after), words[place]


def find_address(text: str) -> FoundPlace | None:
    """The address that ``text`` names, whatever its spelling; None if the gazetteer does not even
    have the street.

    Where several districts have it, the one with a coordinate comes first. Of a street alone, and
    of a number that it does not have, the district is known if no other comes into question.
    """
    return find_addresses([text])[0]


def find_addresses(texts: Sequence[str]) -> list[FoundPlace | None]:
    """What ``find_address`` finds for each of ``texts``; by six statements if all are listed."""
    asked = [
        (place, *reading)
        for place, text in enumerate(texts)
        for reading in islice(readings(text, _NUMBER), _MOST_READINGS)
    ]
    names = _names_by_spelling([street_key(street) for _place, street, _number in asked])
    columns = []
    for order, (place, street, typed) in enumerate(asked):
        name, number = names.get(spelling(street)), number_key(typed)
        house = number.partition("/")[0]
        columns.append((place, order, street_key(street), name, typed.casefold(), number, house))
    found: list[FoundPlace | None] = [None] * len(texts)
    with connection.cursor() as cursor:
        cursor.execute(_FIND, list(map(list, zip(*columns, strict=True))) or [[]] * 7)
        rows = cursor.fetchall()
    listed = Address.objects.in_bulk([pk for _place, pk in rows])
    addresses = _addresses_found([listed[pk] for _place, pk in rows])
    for (place, _pk), address in zip(rows, addresses, strict=True):
        found[place] = address
    return [found[place] or _find_on_street(text) for place, text in enumerate(texts)]


def _find_on_street(text: str) -> FoundPlace | None:
    """A street alone, or a number that it does not have: of one district if those of the next
    numbers below and above are the same.
    """
    for street, number in [(text, ""), *islice(readings(text, _NUMBER), _MOST_READINGS)]:
        key = street_key(street)
        rows = list(Address.objects.filter(street_key=key)) if key else []
        if name := _names_by_spelling([key]).get(spelling(street)):
            rows = [row for row in rows if row.street == name]
        if rows:
            return _between(rows, number)
        # The register has "Tadeusza Kościuszki" where people write "Kościuszki".
        longer = Street.objects.filter(key__endswith=f" {key}").values_list("name", flat=True)[:2]
        if key and len(longer) == 1:
            return find_address(f"{longer[0]} {number}")
    return None


def _between(rows: list[Address], number: str) -> FoundPlace | None:
    """``rows``: those of one street. ``number``: as typed, or "" for any."""
    if number:
        number = number_key(number)
        rows.sort(key=lambda row: _house(row.number_key))
        place = bisect(rows, _house(number), key=lambda row: _house(row.number_key))
        rows = rows[max(place - 1, 0) : place + 1]
    known = [address for address in _addresses_found(rows) if address]
    street = rows[0].street
    found = several_places(known) if known else None
    label = f"{street} {number.upper()}".strip()
    return found and replace(found, label=label, street=street, number=number.upper())


def _addresses_found(rows: Sequence[Address]) -> list[FoundPlace | None]:
    """The rows with their districts of the edition in force; None for a row without one."""
    return with_districts([found_address(row) for row in rows], [row.district_code for row in rows])


def found_address(row: Address) -> FoundPlace:
    """The row without its district."""
    return FoundPlace(
        label=f"{row.street} {row.number}",
        street=row.street,
        number=row.number,
        district=None,
        location=row.location,
    )


def with_districts(
    places: Sequence[FoundPlace], codes: Sequence[str] | None = None
) -> list[FoundPlace | None]:
    """The places with their districts of the edition in force; None for a place without one.

    The location decides where it is known, because boundaries may have moved since the import;
    elsewhere the code, if ``codes`` are given.
    """
    if not places:
        return []
    placed = [place.location for place in places if place.location is not None]
    by_location = dict(zip(map(id, placed), locate_many(placed), strict=True))
    known = [
        by_location.get(id(place.location)) or code
        for place, code in zip(places, codes or [""] * len(places), strict=True)
    ]
    light = District.objects.defer("boundary", "outline")
    edition = Edition.objects.in_force()
    districts = {row.code: row for row in light.filter(edition=edition, code__in=set(known))}
    return [
        replace(place, district=districts[code]) if code in districts else None
        for place, code in zip(places, known, strict=True)
    ]


def several_places(places: Sequence[FoundPlace]) -> FoundPlace:
    """What is known if any of ``places`` may be meant: not the location, and the district only if
    all lie in one.
    """
    districts = {place.district for place in places if place.district}
    ordered = tuple(sorted(districts, key=lambda district: district.name))
    district = ordered[0] if len(ordered) == 1 else None
    return replace(places[0], location=None, reach=0, district=district, districts=ordered)


def is_begun(key: str, begun: str) -> bool:
    """Whether ``key``, or its rest from one of its words on, begins with the key ``begun``."""
    return f" {begun}" in f" {key}"


def _names_by_spelling(keys: Sequence[str]) -> dict[str, str]:
    """The streets with these keys. Of two that are spelled alike, none is the one."""
    names: dict[str, set[str]] = defaultdict(set)
    for name in Street.objects.filter(key__in=set(keys)).values_list("name", flat=True):
        names[spelling(name)].add(name)
    return {spelled: alike.pop() for spelled, alike in names.items() if len(alike) == 1}


def _without_kinds(street: str) -> str:
    """Its words but those for the kind of a street; "1905r." is two words."""
    words = re.findall(r"\d+|[^\W\d_]+", street)
    return " ".join(word for word in words if word not in _KINDS) or " ".join(words)


def _house(number: str) -> int:
    """The house of the key of a number: ``12a/14`` → 12."""
    return int(number[: len(number) - len(number.lstrip("0123456789"))] or 0)


def parse_coordinates(text: str) -> Point | None:
    """``51.76, 19.45``, ``51,76 19,45`` or ``N 51.76 E 19.45`` as a point (EPSG:4326).

    Latitude and longitude may come in either order: the letters decide which is which, and without
    letters the bounds of the city. None if the text is not a pair of coordinates.
    """
    match = _PAIR.fullmatch(text) if len(text) <= LONGEST_TEXT else None
    if match is None:
        return None
    first, second = (float(match[group].replace(",", ".")) for group in (2, 5))
    letters = (match[1] + (match[3] or "")).upper(), (match[4] + (match[6] or "")).upper()
    west, south, east, north = settings.MAP_BOUNDS
    looks_swapped = west - 3 < first < east + 3 and south - 3 < second < north + 3
    if letters in {("E", "N"), ("E", ""), ("", "N")} or (letters == ("", "") and looks_swapped):
        first, second = second, first
    return Point(second, first, srid=4326) if abs(first) <= 90 and abs(second) <= 180 else None
