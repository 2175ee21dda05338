"""``manage.py load_procedures``: departments, topics, desks and cards, from readable files."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from procedures.card_files.arrangement import load_arrangement
from procedures.card_files.loading import load_cards
from procedures.card_files.reading import read_cards
from units.fixture_files import FixtureError
from units.fixture_loading import Difference

_ENDINGS = (".yaml", ".yml", ".json", ".csv")


class Command(BaseCommand):
    help = (
        "Publish the cards of a file or a folder (.yaml, .json, .csv): a changed card gets a new "
        "version, an unchanged one nothing. Without PATH: fixtures/procedures.yaml (how cards are "
        "arranged) and the cards in fixtures/procedures/."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="?", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="Show the difference, change nothing."
        )
        parser.add_argument(
            "--only-new", action="store_true", help="Leave cards alone that are there already."
        )
        parser.add_argument(
            "--demo", action="store_true", help="Mark the cards as written for a demonstration."
        )

    def handle(
        self, *, path: Path | None, dry_run: bool, only_new: bool, demo: bool, **options: object
    ) -> None:
        fixtures = Path(settings.BASE_DIR) / "fixtures"
        cards = read_cards(_card_files(path or fixtures / "procedures"))
        for card in cards:
            card.values["is_demo"] = demo or card.values["is_demo"]
        difference = Difference()
        with transaction.atomic():
            if path is None:
                load_arrangement(fixtures / "procedures.yaml", difference)
            load_cards(cards, difference, only_new=only_new)
            transaction.set_rollback(dry_run)
        if dry_run or options["verbosity"] == 2:
            for line in difference.lines:
                self.stdout.write(line)
        if dry_run or options["verbosity"]:
            ending = "would change" if dry_run else "changed"
            self.stdout.write(f"{len(cards)} cards read, {len(difference.lines)} rows {ending}.")


def _card_files(path: Path) -> list[Path]:
    """The file itself, or the files of the folder in the order of their names."""
    if not path.is_dir():
        return [path]
    files = sorted(file for file in path.iterdir() if file.suffix in _ENDINGS)
    if not files:
        raise FixtureError(f"{path}: no file that ends with {', '.join(_ENDINGS)}.")
    return files
