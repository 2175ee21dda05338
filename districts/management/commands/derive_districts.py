from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from districts.editions.deriving import derive_districts


class Command(BaseCommand):
    help = "Derive fixtures/lodz_districts.geojson from the city's export of osiedla."

    def add_arguments(self, parser):
        parser.add_argument("source", type=Path, help="osiedla.geojson of the city")

    def handle(self, *args, source: Path, **options):
        target = settings.BASE_DIR / "fixtures" / "lodz_districts.geojson"
        target.write_text("\n".join(derive_districts(source)) + "\n")
        self.stdout.write(f"{target.name}: {target.stat().st_size} B")
