from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from districts.address_files import AddressFileError
from districts.importing import import_addresses


class Command(BaseCommand):
    help = (
        "Replace the gazetteer with the addresses of a file: .csv(.gz) of the form of "
        "fixtures/addresses.csv.gz (district;street;number;lat;lon), or .gml/.xml(.gz) of the "
        "state register (PRG, punkty adresowe), of which the city's points with a street are taken."
    )

    def add_arguments(self, parser):
        default = settings.BASE_DIR / "fixtures" / "addresses.csv.gz"
        parser.add_argument("source", type=Path, nargs="?", default=default)

    def handle(self, *args, source: Path, **options):
        try:
            number = import_addresses(source)
        except (AddressFileError, OSError) as wrong:
            raise CommandError(str(wrong)) from wrong
        if options["verbosity"]:
            self.stdout.write(f"{number} addresses")
