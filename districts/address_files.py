"""Files of addresses: our own, the state register's, and OpenStreetMap's."""

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from django.utils.translation import gettext as _

from .address_rows import AddressFileError, AddressRow
from .osm_files import read_osm
from .register_files import read_register


def read_addresses(path: Path) -> Iterator[AddressRow]:
    """The rows of ``path``. Raises ``AddressFileError``, and ``OSError`` if it cannot be opened.

    ``.pbf`` is an OpenStreetMap extract, ``.gml`` and ``.xml`` the state register's, any other is
    ours; all but the first may be packed (``.gz``).
    """
    if path.name.endswith(".pbf"):
        yield from read_osm(path)
        return
    is_packed = path.name.endswith(".gz")
    is_register = path.name.removesuffix(".gz").endswith((".gml", ".xml"))
    with cast("IO[bytes]", gzip.open(path) if is_packed else path.open("rb")) as file:
        yield from read_register(file) if is_register else _read_own(file)


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
