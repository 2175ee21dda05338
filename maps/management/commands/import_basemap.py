from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from maps.basemap.errors import BasemapError
from maps.basemap.installing import install_basemap


class Command(BaseCommand):
    help = (
        "Put a ready base map in force: one PMTiles file (version 3) of vector tiles in the schema "
        "of Protomaps that covers the city. A file that is damaged or foreign is refused, and the "
        "base map before it stays."
    )

    def add_arguments(self, parser):
        parser.add_argument("source", type=Path)

    def handle(self, *args, source: Path, **options):
        try:
            name = install_basemap(source)
        except (BasemapError, OSError) as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["verbosity"]:
            self.stdout.write(f"base map {name} is in force")
