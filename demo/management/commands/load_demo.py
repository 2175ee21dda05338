"""``manage.py load_demo``: loads 300 realistic reports, for a demonstration and for tests."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from demo.content import read_content
from demo.making import demo_id, make_reports, write_reports
from demo.photos import make_photos
from reports.intake.category_uses import count_category_uses
from reports.models import Report


class Command(BaseCommand):
    help = "Load the demo's reports; does nothing when they are there."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--without-photos", action="store_true")

    def handle(self, *, without_photos: bool, **options) -> None:
        if settings.PORTAL_MODE not in ("demo", "test"):
            raise CommandError("The demo is loaded only where PORTAL_MODE is demo or test.")
        if Report.objects.filter(submission_id=demo_id("report 0")).exists():
            outcome = "The demo is there already."
        else:
            content = read_content(settings.BASE_DIR / "fixtures" / "demo.yaml")
            with transaction.atomic():
                made = make_reports(content, timezone.now())
                write_reports(made)
                photos = [] if without_photos else make_photos(made)
            count_category_uses()
            outcome = f"{len(made)} demo reports and {len(photos)} photos loaded."
        if options["verbosity"]:
            self.stdout.write(outcome)
