import csv
import gzip
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from districts.editions.deriving import as_name
from districts.models import District, Edition

_HEADER = """\
# Adresy Łodzi: osiedle;ulica;numer;szerokość;długość (EPSG:4326; puste, gdzie nieznane).
# Adresy: miejski wykaz granic osiedli. Współrzędne: © OpenStreetMap contributors, ODbL 1.0.
"""


class Command(BaseCommand):
    help = "Derive fixtures/addresses.csv.gz from the city's list and the geocoded buildings."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="with addresses_*.csv")

    def handle(self, *args, folder: Path, **options):
        target = settings.BASE_DIR / "fixtures" / "addresses.csv.gz"
        edition = Edition.objects.in_force()
        codes = dict(District.objects.filter(edition=edition).values_list("name", "code"))
        places = {
            (codes[as_name(row["osiedle"])], *_split(row)): (row["lat"], row["lon"])
            for row in _read_rows(folder / "addresses_geocoded.csv")
        }
        listed = {
            (codes[as_name(row["osiedle"])], *_split(row))
            for row in _read_rows(folder / "addresses_by_osiedle.csv")
        }
        with target.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as file:
            file.write(_HEADER.encode())
            for key in sorted(listed | places.keys()):
                row = (*key, *places.get(key, ("", "")))
                file.write((";".join(row) + "\n").encode())


def _split(row: dict[str, str]) -> tuple[str, str]:
    """Street and number. Where a name ends with a number, the city's list has it with the number of
    the house: "Rewolucji", "1905 r. 13".
    """
    street, _space, number = f"{row['ulica']} {row['numer']}".rpartition(" ")
    return street, number


def _read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))
