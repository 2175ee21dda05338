"""``manage.py index_procedures``: makes the search of cards anew."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from procedures.models import SearchEntry
from procedures.search.indexing import index_all


class Command(BaseCommand):
    help = "Index the cards that have changed; with --anew, all of them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--anew", action="store_true")

    def handle(self, *, anew: bool, **options: object) -> None:
        if anew:
            SearchEntry.objects.update(digest="")
        self.stdout.write(f"{index_all()} versions indexed.")
