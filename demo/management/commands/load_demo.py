"""``manage.py load_demo``: about 300 believable reports, for a demonstration and for tests."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from demo.content import read_content
from demo.making import demo_id, make, write
from demo.moments import created_at
from demo.photos import make_photos
from reports.models import Report


class Command(BaseCommand):
    help = "Load the demo's reports; does nothing when they are there."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--without-photos", action="store_true")

    def handle(self, *, without_photos: bool, **options) -> None:
        if settings.PORTAL_MODE not in ("demo", "test"):
            raise CommandError("The demo is loaded only where PORTAL_MODE is demo or test.")
        if Report.objects.filter(submission_id=demo_id("report 0")).exists():
            told = "The demo is there already."
        else:
            told = _load(with_photos=not without_photos)
        if options["verbosity"]:
            self.stdout.write(told)


def _load(*, with_photos: bool) -> str:
    content, now = read_content(settings.BASE_DIR / "fixtures" / "demo.yaml"), timezone.now()
    with transaction.atomic():
        made = make(content, now, lambda rng, months: created_at(rng, now, months))
        write(made)
        photos = make_photos(made) if with_photos else []
    return f"{len(made)} demo reports and {len(photos)} photos loaded."
