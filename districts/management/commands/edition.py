import sys
from collections.abc import Generator

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from districts.editions.commanding import SUBCOMMANDS
from web.errors import PortalError


class Command(BaseCommand):
    help = (
        "Editions of boundaries: list, import, check, compare, approve, activate, return, "
        "withdraw. Nothing is kept without --apply. Exit codes: 0 done or possible, 1 refused, "
        "2 wrong arguments; check and compare have more."
    )

    def add_arguments(self, parser):
        parsers = parser.add_subparsers(dest="subcommand", required=True, metavar="SUBCOMMAND")
        for one in SUBCOMMANDS:
            own = parsers.add_parser(one.name, help=one.help, description=one.help)
            one.add_arguments(own)
            if not one.only_reads:
                own.add_argument("--apply", action="store_true", help="keep it; else a dry run")

    def handle(self, *args, subcommand: str, **options):
        [chosen] = [one for one in SUBCOMMANDS if one.name == subcommand]
        is_kept = chosen.only_reads or options["apply"]
        # A dry run does the same, so that it refuses the same, and takes it back.
        with transaction.atomic():
            try:
                code = self._print(chosen.run(options))
            except PortalError as refusal:
                raise CommandError(str(refusal.detail)) from refusal
            if not is_kept:
                transaction.set_rollback(True)
        if not is_kept:
            # Where a program reads the output, it is one JSON object.
            said = self.stderr if options.get("json") else self.stdout
            said.write("dry run: nothing was kept (--apply)")
        if code:
            sys.exit(code)

    def _print(self, lines: Generator[str, None, int | None]) -> int | None:
        """Print what a subcommand says; returns its exit code."""
        while True:
            try:
                self.stdout.write(next(lines))
            except StopIteration as end:
                return end.value
