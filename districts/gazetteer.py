"""Finds places by what people write: addresses and coordinates."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.gis.geos import Point
from django.db.models import Q

from .locating import locate_many
from .models import Address, District, Edition

# Words for the kind of a street. People may leave them out, or write them before or after the name.
_KINDS = frozenset(
    (
        "ul",
        "ulica",
        "al",
        "aleja",
        "aleje",
        "pl",
        "plac",
        "os",
        "osiedle",
        "skwer",
        "rondo",
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
_NUMBER = re.compile(r"\d++[a-z]?(?:/\d++[a-z]?)?")
_COORDINATE = r"([NSEW]?)\s*+([+-]?\d{1,3}(?:[.,]\d++)?)(?:\s*+°)?(?:\s*+([NSEW]))?"
_PAIR = re.compile(rf"\s*+{_COORDINATE}(?:\s*+[;,]\s*+|\s++){_COORDINATE}\s*+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundAddress:
    """An address, or a street alone, which has no number and no district.

    ``location`` (EPSG:4326) is None where only the district of an address is known.
    """

    label: str
    street: str
    number: str
    district: District | None
    location: Point | None


def _fold(text: str) -> str:
    """Lower case without diacritics: ``Żeromskiego`` → ``zeromskiego``."""
    split = unicodedata.normalize("NFKD", text.translate(_UNSPLIT))
    return "".join(c for c in split if not unicodedata.combining(c)).casefold()


def street_key(text: str) -> str:
    """The words that distinguish a street: ``al. Piłsudskiego`` → ``pilsudskiego``."""
    words = re.findall(r"[^\W_]+", _fold(text[:LONGEST_TEXT]))
    return " ".join(word for word in words if word not in _KINDS) or " ".join(words)


def number_key(text: str) -> str:
    """``12 A`` → ``12a``."""
    return re.sub(r"\s+", "", _fold(text))


def split_address(text: str, number: re.Pattern[str]) -> tuple[str, str] | None:
    """Keys of street and number: ``al. Piłsudskiego 12 A`` → ``("pilsudskiego", "12a")``.

    The number is the last word that matches ``number`` and is not the first word. None without one,
    and for a text that is longer than an address can be.
    """
    if len(text) > LONGEST_TEXT:
        return None
    words = re.sub(r"(?<=\d)\s++(?=[a-z]\b)", "", _fold(text)).replace(",", " ").split()
    for place in range(len(words) - 1, 0, -1):
        if number.fullmatch(words[place]):
            return street_key(" ".join(words[:place] + words[place + 1 :])), words[place]
    return None


def find_address(text: str) -> FoundAddress | None:
    """The address that ``text`` names, whatever its spelling; None if the gazetteer has none.

    Where several districts have it, the one with a coordinate comes first.
    """
    street, number = split_address(text, _NUMBER) or ("", "")
    if not street:
        return None
    rows = Address.objects.filter(street_key=street).order_by("location", "district_code")
    house = number.partition("/")[0]
    # "12/14" may be a flat (14 of house 12) or a house on two plots, known by either number.
    for condition in (
        Q(number_key=number),
        Q(number_key=house),
        Q(number_key__startswith=f"{house}/"),
        Q(number_key__endswith=f"/{house}"),
    ):
        if found := found_addresses(rows.filter(condition)[:1]):
            return found[0]
    return None


def found_addresses(rows: Iterable[Address]) -> list[FoundAddress]:
    """The rows with their districts of the edition in force; without it, a row is left out.

    The place decides where it is known: boundaries may have moved since the row was imported.
    """
    rows = list(rows)
    if not rows:
        return []
    placed = [row.location for row in rows if row.location is not None]
    by_place = dict(zip(map(id, placed), locate_many(placed), strict=True))
    codes = [by_place.get(id(row.location)) or row.district_code for row in rows]
    light = District.objects.defer("boundary", "outline")
    edition = Edition.objects.in_force()
    districts = {row.code: row for row in light.filter(edition=edition, code__in=codes)}
    return [
        FoundAddress(
            label=f"{row.street} {row.number}",
            street=row.street,
            number=row.number,
            district=districts[code],
            location=row.location,
        )
        for row, code in zip(rows, codes, strict=True)
        if code in districts
    ]


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
