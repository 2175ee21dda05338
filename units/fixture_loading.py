"""Loading the rows of a fixture into the database: they are added, changed or switched off, and
never deleted.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.db import models, transaction

from .fixture_files import FixtureError


@dataclass(slots=True)
class Difference:
    """What a load changes, as lines that a person can read."""

    lines: list[str] = field(default_factory=list)

    def note_added(self, row: object) -> None:
        self.lines.append(f"+ {row}")

    def note_changed(self, row: object, fields: dict[str, tuple]) -> None:
        """``fields``: the old and the new value of each field that changes."""
        values = ", ".join(f"{name}: {old!r} → {new!r}" for name, (old, new) in fields.items())
        self.lines.append(f"~ {row}: {values}")

    def note_switched_off(self, row: object) -> None:
        self.lines.append(f"- {row}")


def sync_by_code(
    model: type[Any], wanted: Iterable[dict], difference: Difference, *, where: str
) -> dict[str, Any]:
    """Make the rows of ``model`` equal to ``wanted``, values by field that include the ``code``.

    Rows whose code is not wanted any more are switched off if the model has ``is_active``. Returns
    the wanted rows by their code. Raises ``FixtureError``, which names ``where``.
    """
    existing = {row.code: row for row in model.objects.select_for_update()}
    loaded = {}
    for values in wanted:
        row = existing.pop(values["code"], None)
        loaded[values["code"]] = _write(row or model(), values, difference, where=where)
    if any(column.name == "is_active" for column in model._meta.fields):
        for row in existing.values():
            switch_off(row, difference)
    return loaded


def _write(row: models.Model, values: dict, difference: Difference, *, where: str) -> models.Model:
    """Save ``row`` with ``values`` if that changes it; ``FixtureError`` if the model refuses."""
    is_new = row.pk is None
    changed = {
        name: (getattr(row, name), new)
        for name, new in values.items()
        if not is_new and getattr(row, name) != new
    }
    if not is_new and not changed:
        return row
    for name, new in values.items():
        setattr(row, name, new)
    try:
        row.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as refused:
        faults = refused.message_dict.items()
        texts = "; ".join(f"{name}: {' '.join(messages)}" for name, messages in faults)
        raise FixtureError(f"{where}: {values['code']}: {texts}") from refused
    if is_new:
        difference.note_added(values["code"])
    else:
        difference.note_changed(values["code"], changed)
    row.save()
    return row


def switch_off(row: Any, difference: Difference) -> None:
    """Make a row inactive. It is not deleted, so that what refers to it stays valid."""
    if row.is_active:
        row.is_active = False
        row.save(update_fields=["is_active"])
        difference.note_switched_off(getattr(row, "code", row))


class LoadCommand(BaseCommand):
    """A command that loads one fixture file in one transaction and prints the difference.

    Subclasses set ``file``, a name in ``fixtures/``, and write ``load(path, difference)``.
    """

    file = ""

    def add_arguments(self, parser) -> None:
        default = settings.BASE_DIR / "fixtures" / self.file
        parser.add_argument("path", nargs="?", type=Path, default=default)
        parser.add_argument(
            "--dry-run", action="store_true", help="Show the difference, change nothing."
        )

    def handle(self, *, path: Path, dry_run: bool, **options) -> None:
        difference = Difference()
        with transaction.atomic():
            self.load(path, difference)
            transaction.set_rollback(dry_run)
        if dry_run or options["verbosity"] > 1:
            for line in difference.lines:
                self.stdout.write(line)
        if dry_run or options["verbosity"]:
            ending = "would change" if dry_run else "changed"
            self.stdout.write(f"{self.file}: {len(difference.lines)} rows {ending}.")

    def load(self, path: Path, difference: Difference) -> None:
        raise NotImplementedError
