"""``manage.py check_map``: compares the summary of the map with the reports."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from maps.summary import recounting


class Command(BaseCommand):
    help = "Compare the numbers of the map with a recount of all reports; --repair mends them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--repair", action="store_true", help="mend what differs, or fill the summary first"
        )

    def handle(self, *, repair: bool, **options: object) -> None:
        if repair:
            self.stdout.write(f"Squares mended: {recounting.repair()}.")
        elif wrong := recounting.check():
            raise CommandError(f"{wrong} squares differ from a recount. Run: check_map --repair")
        else:
            self.stdout.write("The numbers of the map are those of a recount.")
