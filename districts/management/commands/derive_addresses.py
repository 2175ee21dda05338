import csv
import gzip
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

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
        with target.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as file:
            file.write(_HEADER.encode())
            for row in _merged(folder, codes):
                file.write((";".join(row) + "\n").encode())


def _merged(folder: Path, codes: dict[str, str]) -> list[tuple[str, ...]]:
    """Every address once, with its coordinates where they are known."""
    places = {
        (codes[row["osiedle"]], row["ulica"], row["numer"]): (row["lat"], row["lon"])
        for row in _read(folder / "addresses_geocoded.csv")
    }
    known = {
        (codes[row["osiedle"]], row["ulica"], row["numer"])
        for row in _read(folder / "addresses_by_osiedle.csv")
    }
    return [(*key, *places.get(key, ("", ""))) for key in sorted(known | places.keys())]


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))
