"""``manage.py publish_annex``: the routing table becomes the next version of the annex."""

from django.core.management.base import BaseCommand

from catalogue.annex.publishing import AnnexUnchanged, publish_annex


class Command(BaseCommand):
    help = "Publish the annex if the table has changed since its last version."

    def handle(self, **options) -> None:
        try:
            told = f"Annex {publish_annex(by=None).number} is published."
        except AnnexUnchanged:
            told = "The table has not changed; nothing to publish."
        if options["verbosity"]:
            self.stdout.write(told)
