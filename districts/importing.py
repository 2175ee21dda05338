"""The gazetteer is read from its file by one COPY and exchanged in one transaction."""

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path

from django.db import connection, transaction

from .gazetteer import number_key, street_key
from .models import Address

FIELDS = ("street", "number", "street_key", "number_key", "district_code", "location")


@transaction.atomic
def import_addresses(path: Path) -> int:
    """Replace the gazetteer with the rows of ``path``; returns how many there are then."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE districts_address IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("DELETE FROM districts_address")
        with cursor.copy(f"COPY districts_address ({', '.join(FIELDS)}) FROM STDIN") as copy:
            for row in unique(rows(path)):
                copy.write_row(row)
        cursor.execute("ANALYZE districts_address")
    return Address.objects.count()


def rows(path: Path) -> Iterator[tuple]:
    """Rows of the table from ``district;street;number;lat;lon`` (EPSG:4326, lat, lon or none)."""
    with gzip.open(path, "rt", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        for district, street, number, lat, lon in csv.reader(lines, delimiter=";"):
            place = f"SRID=4326;POINT({lon} {lat})" if lat else None
            yield street, number, street_key(street), number_key(number), district, place


def unique(rows: Iterator[tuple]) -> Iterator[tuple]:
    seen = set()
    for row in rows:
        if row[2:5] not in seen:
            seen.add(row[2:5])
            yield row
