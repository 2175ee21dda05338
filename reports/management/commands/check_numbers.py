"""``manage.py check_numbers``: compares the tallies with the reports."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from reports.tallies import recounting


class Command(BaseCommand):
    help = "Compare the numbers of the work with a recount of all reports; --repair mends them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--repair", action="store_true", help="mend what differs, or fill the tallies first"
        )

    def handle(self, *, repair: bool, **options: object) -> None:
        if repair:
            self.stdout.write(f"Tallies mended: {recounting.repair()}.")
        elif wrong := recounting.check():
            raise CommandError(
                f"{wrong} tallies differ from a recount. Run: check_numbers --repair"
            )
        else:
            self.stdout.write("The numbers of the work are those of a recount.")
