"""``manage.py load_units``: the city's units from ``fixtures/units.yaml``."""

from pathlib import Path

from units.fixture_files import FixtureError, check_fields, check_known, check_unique, read_rows
from units.fixture_loading import Difference, LoadCommand, sync_by_code
from units.models import Unit

_REQUIRED = {"code": str, "name": str, "short_name": str, "channel": str}
_OPTIONAL = {"email": str, "phone": str, "is_operator": bool, "takes_reports": bool}
_DEFAULTS = {
    "email": "",
    "phone": "",
    "is_operator": False,
    "takes_reports": True,
    "is_active": True,
}


class Command(LoadCommand):
    help = "Load the city's units; units that left the file are switched off."
    file = "units.yaml"

    def load(self, path: Path, difference: Difference) -> None:
        rows = read_rows(path, "units")
        _check_rows(rows, where=str(path))
        _drop_former_operator(rows)
        sync_by_code(Unit, [_DEFAULTS | row for row in rows], difference, where=str(path))


def _check_rows(rows: list[dict], *, where: str) -> None:
    for position, row in enumerate(rows, start=1):
        place = f"{where}: unit {row.get('code', position)}"
        check_fields(row, where=place, required=_REQUIRED, optional=_OPTIONAL)
        check_known(row["channel"], Unit.Channel.values, where=place, what="channel")
        if row["channel"] == Unit.Channel.EMAIL and not row.get("email"):
            raise FixtureError(f"{place}: the e-mail channel needs an 'email'.")
    check_unique((row["code"] for row in rows), where=where, what="code")
    if sum(row.get("is_operator", False) for row in rows) != 1:
        raise FixtureError(f"{where}: exactly one unit must have 'is_operator: true'.")


def _drop_former_operator(rows: list[dict]) -> None:
    """Take the role from the unit that had it: the database allows one operator at a time."""
    operator = next(row["code"] for row in rows if row.get("is_operator"))
    Unit.objects.filter(is_operator=True).exclude(code=operator).update(is_operator=False)
