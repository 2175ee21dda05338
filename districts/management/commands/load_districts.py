from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from districts.editions.publishing import EditionDiffers, publish_edition


class Command(BaseCommand):
    help = "Publish the edition of fixtures/lodz_districts.geojson, once."

    def handle(self, *args, **options):
        path = settings.BASE_DIR / "fixtures" / "lodz_districts.geojson"
        try:
            edition, is_new = publish_edition(path)
        except EditionDiffers as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["verbosity"]:
            word = "published" if is_new else "was published already"
            self.stdout.write(f"edition {edition} {word}: {edition.districts.count()} districts")
