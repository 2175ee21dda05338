"""``manage.py load_regulations``: texts from ``fixtures/regulations/*.md``."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from regulations.models import Translation, Version
from regulations.text_files import TextError, TextFile, read_texts, read_translations

_COMPARED = ("title", "body", "published_at", "in_force_from")


class Command(BaseCommand):
    help = "Publish the texts that are not there yet; a published text never changes."

    def add_arguments(self, parser) -> None:
        default = settings.BASE_DIR / "fixtures" / "regulations"
        parser.add_argument("folder", nargs="?", type=Path, default=default)
        parser.add_argument("--dry-run", action="store_true", help="Show, change nothing.")

    def handle(self, *, folder: Path, dry_run: bool, **options) -> None:
        with transaction.atomic():
            new = [text.version for text in read_texts(folder) if self._is_new(text)]
            Version.objects.bulk_create(new)
            translated = sum(_keep(translation) for translation in read_translations(folder))
            transaction.set_rollback(dry_run)
        if options["verbosity"] or dry_run:
            for version in new:
                self.stdout.write(f"+ {version.kind} {version.number}: {version.title}")
            did = "would be" if dry_run else "were"
            self.stdout.write(f"{len(new)} texts {did} published, {translated} translated.")

    def _is_new(self, text: TextFile) -> bool:
        """Whether the database does not hold the text yet; ``TextError`` if it holds another
        content under the same number.
        """
        version = text.version
        stored = Version.objects.filter(kind=version.kind, number=version.number).first()
        if stored is None:
            return True
        changed = [name for name in _COMPARED if getattr(stored, name) != getattr(version, name)]
        if changed == ["body"] and stored.published_at and text.has_words_of(stored.body):
            self.stderr.write(
                f"{version.kind} {version.number} names what the settings of the city held when it "
                "was published; to tell the new facts, add a file with a new number."
            )
            return False
        if changed and stored.published_at:
            raise TextError(
                f"{version.kind} {version.number} is published with another {', '.join(changed)}; "
                "a published text never changes: add a file with a new number."
            )
        if changed:
            raise TextError(
                f"{version.kind} {version.number} is there as a draft; publish that one."
            )
        return False


def _keep(translation: Translation) -> bool:
    """Store a translation in place of the one before; whether that changes anything."""
    words = {"title": translation.title, "body": translation.body}
    stored = Translation.objects.filter(version=translation.version, language=translation.language)
    if stored.filter(**words).exists():
        return False
    if not stored.update(**words):
        translation.save()
    return True
