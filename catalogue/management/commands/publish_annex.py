"""``manage.py publish_annex``: publishes the routing table as the next version of the annex."""

from django.core.management.base import BaseCommand

from catalogue.annex.publishing import AnnexUnchanged, publish_annex, translate_annex
from regulations.models import Kind, Version


class Command(BaseCommand):
    help = "Publish the annex if the table has changed since its last version."

    def handle(self, **options) -> None:
        try:
            outcome = f"Annex {publish_annex(by=None).number} is published."
        except AnnexUnchanged:
            # Its words in other languages may be newer than the table.
            translate_annex(Version.objects.in_force(Kind.ANNEX))
            outcome = "The table has not changed; nothing to publish."
        if options["verbosity"]:
            self.stdout.write(outcome)
