"""The annex is published from the routing table, and says when the table has gone on since."""

from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from regulations.differing import Paragraph, differences_between
from regulations.models import Kind, Version
from web.errors import PortalError

from .text import annex_text

_TITLE = "Załącznik do regulaminu: kto się czym zajmuje"
# Two people who publish at once take turns.
_LOCK = 7_213_001


class AnnexUnchanged(PortalError):
    code = "annex_unchanged"
    status = 409
    detail = _("Tabela nie zmieniła się od ostatniej opublikowanej wersji.")


@dataclass(frozen=True, slots=True)
class AnnexState:
    """The newest published version, if any, and what the table has changed since."""

    version: Version | None
    changes: list[Paragraph]

    @property
    def is_out_of_date(self) -> bool:
        return self.version is None or bool(self.changes)


def annex_state() -> AnnexState:
    version = _newest()
    if version is None:
        return AnnexState(None, [])
    rows = differences_between(version.body, annex_text())
    return AnnexState(version, [row for row in rows if row.number])


@transaction.atomic
def publish_annex(*, by: User | None) -> Version:
    """Publish the table as it stands; it binds at once. Raises ``AnnexUnchanged``.

    ``by``: None when the reference data are loaded.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    state = annex_state()
    if not state.is_out_of_date:
        raise AnnexUnchanged
    now = timezone.now()
    version = Version.objects.create(
        kind=Kind.ANNEX,
        number=_next_number(state.version),
        title=_TITLE,
        body=annex_text(),
        published_at=now,
        in_force_from=now,
    )
    if by is not None:
        record(actor=by, action="annex_published", target=version, number=version.number)
    return version


def _newest() -> Version | None:
    return Version.objects.published().filter(kind=Kind.ANNEX).first()


def _next_number(last: Version | None) -> str:
    return f"{int(last.number.partition('.')[0]) + 1}.0" if last else "1.0"
