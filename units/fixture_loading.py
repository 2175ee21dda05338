"""Fixture rows brought into the database: added, changed or switched off; never deleted."""

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
    """What a load changes, in lines for people."""

    lines: list[str] = field(default_factory=list)

    def added(self, row: object) -> None:
        self.lines.append(f"+ {row}")

    def changed(self, row: object, fields: dict[str, tuple]) -> None:
        told = ", ".join(f"{name}: {old!r} → {new!r}" for name, (old, new) in fields.items())
        self.lines.append(f"~ {row}: {told}")

    def retired(self, row: object) -> None:
        self.lines.append(f"- {row}")


def sync_by_code(
    model: type[Any], wanted: Iterable[dict], difference: Difference, *, where: str
) -> dict[str, Any]:
    """Make rows of ``model`` equal to ``wanted`` (each with its ``code``); rows by their code.

    Rows whose code is not wanted any more are switched off where the model knows ``is_active``.
    """
    existing = {row.code: row for row in model.objects.select_for_update()}
    loaded = {}
    for values in wanted:
        row = existing.pop(values["code"], None)
        loaded[values["code"]] = _write(row or model(), values, difference, where=where)
    if any(column.name == "is_active" for column in model._meta.fields):
        for row in existing.values():
            retire(row, difference)
    return loaded


def _write(row: models.Model, values: dict, difference: Difference, *, where: str) -> models.Model:
    """Save ``row`` with ``values`` if that changes it; ``FixtureError`` if the model refuses."""
    fields = (
        {
            name: (getattr(row, name), new)
            for name, new in values.items()
            if getattr(row, name, None) != new
        }
        if row.pk
        else {}
    )
    if row.pk and not fields:
        return row
    for name, new in values.items():
        setattr(row, name, new)
    try:
        row.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as refused:
        told = "; ".join(f"{name}: {' '.join(text)}" for name, text in refused.message_dict.items())
        raise FixtureError(f"{where}: {values['code']}: {told}") from refused
    difference.changed(values["code"], fields) if row.pk else difference.added(values["code"])
    row.save()
    return row


def retire(row: Any, difference: Difference) -> None:
    """Switch a row off; what refers to it stays right."""
    if row.is_active:
        row.is_active = False
        row.save(update_fields=["is_active"])
        difference.retired(getattr(row, "code", row))


class LoadCommand(BaseCommand):
    """A command that loads one fixture file in one transaction and tells the difference.

    Subclasses name the ``file`` and write ``load(path, difference)``.
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
        self.tell(difference, dry_run=dry_run, verbosity=options["verbosity"])

    def load(self, path: Path, difference: Difference) -> None:
        raise NotImplementedError

    def tell(self, difference: Difference, *, dry_run: bool, verbosity: int) -> None:
        if dry_run or verbosity > 1:
            for line in difference.lines:
                self.stdout.write(line)
        if dry_run or verbosity:
            ending = "would change" if dry_run else "changed"
            self.stdout.write(f"{self.file}: {len(difference.lines)} rows {ending}.")
