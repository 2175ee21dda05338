from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from districts.address_rows import AddressFileError
from districts.importing import TooFewAddresses, import_gazetteer


class Command(BaseCommand):
    help = (
        "Replace the gazetteer with the addresses of a file: .csv(.gz) of the form of "
        "fixtures/addresses.csv.gz (district;street;number;lat;lon), .gml/.xml(.gz) of the state "
        "register (PRG, punkty adresowe, models of 2012 and 2021), or .osm.pbf of OpenStreetMap. "
        "Of the last two the city's addresses with a street are taken; of OpenStreetMap also the "
        "streets, their crossings, and squares, parks, stops, schools and the like by name."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "source",
            type=Path,
            nargs="?",
            help="without it, the file that comes with the portal, unless the gazetteer has more",
        )
        parser.add_argument(
            "--only",
            choices=["addresses", "places"],
            default="",
            help="of an OpenStreetMap extract: addresses, or crossings and places by name",
        )
        parser.add_argument(
            "--accept-fewer",
            action="store_true",
            help="also if the file has over 5 %% fewer of anything than there is now",
        )

    def handle(self, *args, source: Path | None, only: str, accept_fewer: bool, **options):
        shipped = settings.BASE_DIR / "fixtures" / "addresses.csv.gz"
        try:
            addresses, places = import_gazetteer(
                source or shipped, only=only, accept_fewer=accept_fewer
            )
        except TooFewAddresses as refusal:
            if source:
                raise CommandError(str(refusal)) from refusal
            # A city that has imported its own addresses keeps them at every release.
            self.stdout.write(str(refusal))
            return
        except (AddressFileError, OSError) as wrong:
            raise CommandError(str(wrong)) from wrong
        if options["verbosity"] and addresses:
            self.stdout.write(f"{addresses.addresses} addresses, {addresses.placed} with a place")
        if options["verbosity"] and places:
            self.stdout.write(
                f"{places.streets} streets, {places.crossings} crossings, {places.places} names"
            )
