"""``manage.py load_demo_boundaries``: a draft of new boundaries, to be tried by GIS staff."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from demo.boundaries import draft_boundaries


class Command(BaseCommand):
    help = "Begin the demo's draft of boundaries; does nothing when it is there."

    def handle(self, **options) -> None:
        if settings.PORTAL_MODE not in ("demo", "test"):
            raise CommandError("The demo is loaded only where PORTAL_MODE is demo or test.")
        with transaction.atomic():
            draft = draft_boundaries()
        if options["verbosity"]:
            self.stdout.write(f"Draft {draft} begun." if draft else "The draft is there already.")
