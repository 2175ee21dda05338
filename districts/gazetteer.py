"""Places by words: addresses and coordinates as people write them."""

import re
import unicodedata
from dataclasses import dataclass

from django.conf import settings
from django.contrib.gis.geos import Point
from django.db.models import Q

from .models import Address, District, Edition

# Words for the kind of street; people write them or not, before or after the name.
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
# Letters that Unicode does not take apart into a letter and a mark.
_WHOLE = str.maketrans("łŁøØđĐ", "lLoOdD")
_NUMBER = re.compile(r"\d+[a-z]?(?:/\d+[a-z]?)?")
_COORDINATE = r"([NSEW]?)\s*([+-]?\d{1,3}(?:[.,]\d+)?)\s*°?\s*([NSEW]?)"
_PAIR = re.compile(rf"\s*{_COORDINATE}(?:\s*[;,]\s*|\s+){_COORDINATE}\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundAddress:
    """``location`` (EPSG:4326) is None where only the district of an address is known.

    A street alone has no number and no district.
    """

    label: str
    street: str
    number: str
    district: District | None
    location: Point | None


def plain(text: str) -> str:
    """Small letters, without diacritics: ``Żeromskiego`` → ``zeromskiego``."""
    taken_apart = unicodedata.normalize("NFKD", text.translate(_WHOLE))
    return "".join(c for c in taken_apart if not unicodedata.combining(c)).casefold()


def street_key(text: str) -> str:
    """The words that tell a street from others: ``al. Piłsudskiego`` → ``pilsudskiego``."""
    words = re.findall(r"[^\W_]+", plain(text))
    return " ".join(word for word in words if word not in _KINDS) or " ".join(words)


def number_key(text: str) -> str:
    return re.sub(r"\s+", "", plain(text))


def _split_address(text: str) -> tuple[str, str] | None:
    """Keys of street and number; the number is the last word that begins with a digit."""
    words = re.sub(r"(?<=\d)\s+(?=[a-z]\b)", "", plain(text)).replace(",", " ").split()
    for place in range(len(words) - 1, 0, -1):
        if _NUMBER.fullmatch(words[place]):
            street = street_key(" ".join(words[:place] + words[place + 1 :]))
            return (street, words[place]) if street else None
    return None


def find_address(text: str) -> FoundAddress | None:
    """The address that ``text`` names, whatever its spelling; None if the gazetteer has none.

    Where several districts have it, the one with a coordinate comes first.
    """
    keys = _split_address(text)
    if keys is None:
        return None
    return next(iter(_found(*keys, limit=1)), None)


def _found(street: str, number: str, *, limit: int) -> list[FoundAddress]:
    """As written; else without the flat after the stroke; else as a half of ``12/14``."""
    house = number.partition("/")[0]
    rows = Address.objects.filter(street_key=street).order_by("location", "district_code")
    for condition in (
        Q(number_key=number),
        Q(number_key=house),
        Q(number_key__startswith=f"{house}/"),
        Q(number_key__endswith=f"/{house}"),
    ):
        if answer := as_found(rows.filter(condition)[:limit]):
            return answer
    return []


def as_found(rows) -> list[FoundAddress]:
    rows = list(rows)
    if not rows:
        return []
    codes = {row.district_code for row in rows}
    light = District.objects.defer("boundary", "outline")
    districts = {
        row.code: row for row in light.filter(edition=Edition.objects.in_force(), code__in=codes)
    }
    return [
        FoundAddress(
            label=f"{row.street} {row.number}",
            street=row.street,
            number=row.number,
            district=districts[row.district_code],
            location=row.location,
        )
        for row in rows
        if row.district_code in districts
    ]


def parse_coordinates(text: str) -> Point | None:
    """``51.76, 19.45``, ``51,76 19,45`` or ``N 51.76 E 19.45`` as a point (EPSG:4326).

    Latitude and longitude may come in either order: letters decide, else the city's extent. None if
    the text is no pair of coordinates.
    """
    match = _PAIR.fullmatch(text)
    if match is None:
        return None
    first, second = (float(match[group].replace(",", ".")) for group in (2, 5))
    letters = (match[1] + match[3]).upper(), (match[4] + match[6]).upper()
    if letters in {("E", "N"), ("E", ""), ("", "N")} or (
        letters == ("", "") and _is_longitude_first(first, second)
    ):
        first, second = second, first
    return Point(second, first, srid=4326) if abs(first) <= 90 and abs(second) <= 180 else None


def _is_longitude_first(first: float, second: float) -> bool:
    west, south, east, north = settings.MAP_EXTENT
    return west - 3 < first < east + 3 and south - 3 < second < north + 3
