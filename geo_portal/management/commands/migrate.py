"""``manage.py migrate``: Django's own, which first refuses a database of the first house (see
``docs/adr/0022-second-house.md``).
"""

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder


class Command(migrate.Command):
    def handle(self, *args: str, **options) -> None:
        _refuse_first_house(connections[options["database"]])
        super().handle(*args, **options)


def _refuse_first_house(connection: BaseDatabaseWrapper) -> None:
    """Raise ``CommandError`` where categories and the annex still belong to ``reports``.

    The tables of ``reports`` need those of ``catalogue``, so only the first house, which had no
    ``catalogue``, can have recorded the one without the other. Django itself would end with a
    traceback.
    """
    apps = {app for app, _name in MigrationRecorder(connection).applied_migrations()}
    if "reports" in apps and "catalogue" not in apps:
        raise CommandError(
            "This database was made by an earlier layout of the code, which was never released, "
            "and cannot be carried over; `bin/run --fresh` begins anew, without its reports, "
            "photos and letters (with compose: `docker compose down --volumes`)."
        )
