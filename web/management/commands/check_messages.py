"""Fails where a translation is missing. ``bin/check`` runs it."""

import re
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.management.commands.makemessages import Command as MakeMessages
from django.core.management.commands.makemessages import TranslatableFile

_NOT_OURS = ("node_modules", "var", "tests", "benchmarks")


class _ExtractMessages(MakeMessages):
    """makemessages that writes into a folder of its own and leaves the catalogues alone."""

    folder = ""

    def find_files(self, root: str) -> list[TranslatableFile]:
        files = super().find_files(root)
        for file in files:
            file.locale_dir = self.folder
        return files


class Command(BaseCommand):
    help = "Check that every text is in the catalogues, none fuzzy, none empty, none left over."
    requires_system_checks = []

    def handle(self, **options: object) -> None:
        with TemporaryDirectory() as folder:
            template = _extract_messages(folder)
            faults = [
                fault
                for code, _name in settings.LANGUAGES
                for fault in faults_of(_catalogue_path(code), template, code)
            ]
        if faults:
            raise CommandError("\n".join(faults))
        self.stdout.write("Translations are complete.")


def _catalogue_path(language: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def _extract_messages(folder: str) -> Path:
    command = _ExtractMessages()
    command.folder = folder
    ignored = list(_NOT_OURS)
    call_command(command, locale=["en"], ignore_patterns=ignored, keep_pot=True, verbosity=0)
    return Path(folder) / "django.pot"


def faults_of(catalogue: Path, template: Path, language: str) -> list[str]:
    """Sentences about what is wrong with one catalogue; empty where nothing is."""
    if not catalogue.exists():
        return [f"{catalogue} does not exist."]
    return [
        *_run_tool("msgfmt", "--check", "--output-file=/dev/null", str(catalogue)),
        # Empty entries count as present here; ``_untranslated`` looks at them.
        *_differences("Missing", catalogue, template),
        *_entries("Fuzzy", "--only-fuzzy", catalogue),
        *_differences("Left over", template, catalogue),
        *_entries("Left over", "--only-obsolete", catalogue),
        *_untranslated(catalogue, language),
        *_changed(catalogue, language),
    ]


def _run_tool(*command: str) -> list[str]:
    """The complaints of a gettext tool that ends with an error; else empty."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return done.stderr.strip().splitlines() if done.returncode else []


def _differences(word: str, defined: Path, used: Path) -> list[str]:
    """Texts of ``used`` that ``defined`` lacks. msgcmp gives only their line numbers."""
    lines = used.read_text(encoding="utf-8").splitlines()
    complaints = _run_tool("msgcmp", "--use-untranslated", str(defined), str(used))
    numbers = [re.match(rf"{re.escape(str(used))}:(\d+):", complaint) for complaint in complaints]
    return [f"{word}: {_text_at(lines, int(number[1]))}" for number in numbers if number]


def _text_at(lines: list[str], number: int) -> str:
    """The entry of a catalogue that ends at (or runs over) the line of that number."""
    first = next(i for i in range(number - 1, -1, -1) if lines[i].startswith("msgid "))
    return "\n".join(lines[first : number - 1]) or lines[first]


def _untranslated(catalogue: Path, language: str) -> list[str]:
    found = _entries("Not translated", "--untranslated", catalogue)
    if language != settings.LANGUAGE_CODE:
        return found
    # Texts in the code are Polish, so an empty entry means that the text stays as it is. Only
    # plural forms must be given.
    return [entry for entry in found if "msgid_plural" in entry]


def _changed(catalogue: Path, language: str) -> list[str]:
    """Polish texts for which the Polish catalogue has different ones, left by a fuzzy match."""
    if language != settings.LANGUAGE_CODE:
        return []
    found = _entries("Changed", "--translated", catalogue)
    return [entry for entry in found if "msgid_plural" not in entry]


def _entries(word: str, which: str, catalogue: Path) -> list[str]:
    """Entries that msgattrib chooses by the option ``which``, without the header."""
    command = ["msgattrib", which, "--no-wrap", "--no-location", str(catalogue)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    blocks = [block for block in done.stdout.split("\n\n") if 'msgid ""\nmsgstr ""\n"' not in block]
    return [f"{word}: {block.strip()}" for block in blocks if block.strip()]
