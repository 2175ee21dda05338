from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from districts.importing import import_addresses


class Command(BaseCommand):
    help = "Replace the gazetteer with fixtures/addresses.csv.gz (or another file of its form)."

    def add_arguments(self, parser):
        default = settings.BASE_DIR / "fixtures" / "addresses.csv.gz"
        parser.add_argument("source", type=Path, nargs="?", default=default)

    def handle(self, *args, source: Path, **options):
        number = import_addresses(source)
        if options["verbosity"]:
            self.stdout.write(f"{number} addresses")
