from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from districts.address_rows import AddressFileError
from districts.importing_places import import_places
from maps.basemap.building import LARGEST, build_basemap, working_folder
from maps.basemap.downloading import download_extract
from maps.basemap.errors import BasemapError
from maps.basemap.installing import install_basemap


class Command(BaseCommand):
    help = (
        "Make the base map of the city from an OpenStreetMap extract (.osm.pbf) and put it in "
        "force; without a file, from the region's extract, which is downloaded. Streets, crossings "
        "and places by name go into the gazetteer. bin/basemap installs the programs and calls it."
    )

    def add_arguments(self, parser):
        parser.add_argument("source", type=Path, nargs="?")
        parser.add_argument(
            "--accept-fewer",
            action="store_true",
            help="into the gazetteer also if there are over 5 %% fewer of anything than now",
        )

    def handle(self, *args, source: Path | None, accept_fewer: bool, **options):
        folder = working_folder()
        target = folder / "miasto.pmtiles"
        try:
            extract = source or download_extract(folder / "pobrane", self._show_progress)
            if not extract.is_file():
                raise CommandError(_("Nie ma pliku %(path)s.") % {"path": extract})
            city = build_basemap(extract, target, self.stdout.write)
            size = target.stat().st_size
            install_basemap(target)
        except BasemapError as refusal:
            raise CommandError(str(refusal)) from refusal
        megabytes = f"{size / 1e6:.1f}"
        words = _("Podkład mapy działa (%(megabytes)s MB, %(path)s).")
        self.stdout.write(words % {"megabytes": megabytes, "path": target})
        if size > LARGEST:
            self.stdout.write(_("Jest większy niż 40 MB: sprawdź, czy plik źródłowy jest z Łodzi."))
        self._fill_gazetteer(city, accept_fewer=accept_fewer)

    def _fill_gazetteer(self, city: Path, *, accept_fewer: bool) -> None:
        try:
            counts = import_places(city, accept_fewer=accept_fewer)
        except AddressFileError as refusal:
            again = _("Jeśli tak ma być, uruchom jeszcze raz z --accept-fewer.")
            raise CommandError(f"{refusal} {again}") from refusal
        words = _(
            "Wyszukiwarka zna ulic: %(streets)s, skrzyżowań: %(crossings)s, miejsc: %(places)s."
        )
        found = {"streets": counts.streets, "crossings": counts.crossings, "places": counts.places}
        self.stdout.write(words % found)

    def _show_progress(self, have: int, of_bytes: int) -> None:
        share = f"{100 * have // of_bytes} %" if of_bytes else ""
        self.stdout.write(f"\r{have / 1e6:.0f} MB {share}", ending="")
        if have == of_bytes:
            self.stdout.write("")
