"""``manage.py publish_annex``: publishes the routing table as the next version of the annex."""

from django.core.management.base import BaseCommand

from catalogue.annex.publishing import AnnexUnchanged, publish_annex


class Command(BaseCommand):
    help = "Publish the annex if the table has changed since its last version."

    def handle(self, **options) -> None:
        try:
            outcome = f"Annex {publish_annex(by=None).number} is published."
        except AnnexUnchanged:
            outcome = "The table has not changed; nothing to publish."
        if options["verbosity"]:
            self.stdout.write(outcome)
