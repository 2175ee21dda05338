"""Files of addresses: our own, and the state register's (PRG, punkty adresowe, GML of 2012)."""

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast
from xml.etree import ElementTree

from django.contrib.gis.geos import Point
from django.utils.translation import gettext as _

_CITY = "Łódź"
_POINT = "PRG_PunktAdresowy"
_REGISTER_SRID = 2180


class AddressFileError(Exception):
    """The file cannot be read; the text says where and why, as a sentence for people."""


@dataclass(frozen=True, slots=True)
class AddressRow:
    """``lat``, ``lon`` in EPSG:4326, or both None; ``district`` is a code, empty if unknown."""

    street: str
    number: str
    district: str = ""
    lat: float | None = None
    lon: float | None = None


def read_addresses(path: Path) -> Iterator[AddressRow]:
    """The rows of ``path``, a file of the state register or one of our own.

    A file whose name ends in ``.gml`` or ``.xml`` is the register's, any other is ours; both may
    be packed (``.gz``). Raises ``AddressFileError``.
    """
    is_packed = path.name.endswith(".gz")
    is_register = path.name.removesuffix(".gz").endswith((".gml", ".xml"))
    with cast("IO[bytes]", gzip.open(path) if is_packed else path.open("rb")) as file:
        yield from _read_register(file) if is_register else _read_own(file)


def _read_own(file: IO[bytes]) -> Iterator[AddressRow]:
    """``district;street;number;lat;lon``: UTF-8, # begins a comment, lat and lon may be empty."""
    lines = (line.decode() for line in file)
    for line, row in enumerate(csv.reader(lines, delimiter=";"), start=1):
        if not row or row[0].startswith("#"):
            continue
        try:
            district, street, number, lat, lon = row
            place = (float(lat), float(lon)) if lat else (None, None)
        except ValueError as wrong:
            problem = _("Wiersz %(line)s: potrzeba osiedla, ulicy, numeru, szerokości i długości.")
            raise AddressFileError(problem % {"line": line}) from wrong
        yield AddressRow(street, number, district, *place)


def _read_register(file: IO[bytes]) -> Iterator[AddressRow]:
    """Address points of the city."""
    try:
        # An administrator chose this file, so it is trusted. Each element is cleared once it has
        # been read, so that a large file does not fill the memory.
        for _event, element in ElementTree.iterparse(file):  # noqa: S314
            if _local_name(element) == _POINT:
                row = _register_row(element)
                element.clear()
                if row:
                    yield row
    except ElementTree.ParseError as wrong:
        problem = _("To nie jest plik rejestru adresów: %(reason)s")
        raise AddressFileError(problem % {"reason": wrong}) from wrong


def _register_row(element: ElementTree.Element) -> AddressRow | None:
    """None for a point of another place, or on no street.

    ``pos`` is northing and easting in EPSG:2180.
    """
    texts = {_local_name(part): (part.text or "").strip() for part in element.iter()}
    if texts.get("miejscowosc") != _CITY or not texts.get("ulica"):
        return None
    try:
        northing, easting = map(float, texts["pos"].split()[:2])
        number = texts["numerPorzadkowy"]
    except (KeyError, ValueError) as wrong:
        problem = _("Punkt „%(street)s” nie ma numeru albo położenia.")
        raise AddressFileError(problem % {"street": texts["ulica"]}) from wrong
    place = Point(easting, northing, srid=_REGISTER_SRID)
    place.transform(4326)
    return AddressRow(texts["ulica"], number, "", round(place.y, 6), round(place.x, 6))


def _local_name(element: ElementTree.Element) -> str:
    """The element's name without its namespace, which differs between issues of the file."""
    return element.tag.rpartition("}")[2]
