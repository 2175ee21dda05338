"""``manage.py export_procedures``: published cards, for ``load_procedures`` too."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand

from procedures.card_files.writing import csv_of_cards, current_cards, json_of_cards

_FORMATS = {"json": json_of_cards, "csv": csv_of_cards}


class Command(BaseCommand):
    help = "Write the published cards to FILE, or to the standard output without one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument("--format", dest="kind", choices=sorted(_FORMATS), default="json")

    def handle(self, *, file: Path | None, kind: str, **options: object) -> None:
        cards = current_cards()
        text = _FORMATS[kind](cards)
        if file is None:
            self.stdout.write(text, ending="")
            return
        file.write_text(text, encoding="utf-8", newline="")
        if options["verbosity"]:
            self.stdout.write(f"{len(cards)} cards written to {file}.")
