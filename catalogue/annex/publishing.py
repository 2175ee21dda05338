"""Publishes the annex from the routing table, and tells whether the table has changed since."""

from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop, override
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import AuditWord, User
from regulations.differing import Paragraph, differences_between
from regulations.models import Kind, Translation, Version
from web.errors import PortalError

from .text import annex_text

_TITLE = gettext_noop("Załącznik do regulaminu: kto się czym zajmuje")
# The key of the lock by which two people who publish at once take turns.
_LOCK_KEY = 7_213_001


class AnnexWord(AuditWord):
    PUBLISHED = "annex_published"


class AnnexUnchanged(PortalError):
    code = "annex_unchanged"
    status = 409
    detail = _("Tabela nie zmieniła się od ostatniej opublikowanej wersji.")


@dataclass(frozen=True, slots=True)
class AnnexState:
    """The newest published version, if any, and what has changed in the table since."""

    version: Version | None
    changes: list[Paragraph]

    @property
    def is_out_of_date(self) -> bool:
        return self.version is None or bool(self.changes)


def annex_state() -> AnnexState:
    version = Version.objects.published().filter(kind=Kind.ANNEX).first()
    if version is None:
        return AnnexState(None, [])
    rows = differences_between(version.body, annex_text())
    return AnnexState(version, [row for row in rows if row.number])


@transaction.atomic
def publish_annex(*, by: User | None) -> Version:
    """Publish the table as it is now, in force at once. Raises ``AnnexUnchanged``.

    ``by``: None when a command publishes it while loading the reference data.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK_KEY])
    state = annex_state()
    if not state.is_out_of_date:
        raise AnnexUnchanged
    last = int(state.version.number.partition(".")[0]) if state.version else 0
    now = timezone.now()
    version = Version.objects.create(
        kind=Kind.ANNEX,
        number=f"{last + 1}.0",
        title=_TITLE,
        body=annex_text(),
        published_at=now,
        in_force_from=now,
    )
    translate_annex(version)
    if by is not None:
        record(actor=by, action=AnnexWord.PUBLISHED, target=version, number=version.number)
    return version


def translate_annex(version: Version) -> None:
    """Write the table as it is now in each other language, as translations of ``version``."""
    for language, _name in settings.LANGUAGES:
        if language != settings.LANGUAGE_CODE:
            with override(language):
                words = {"title": gettext(_TITLE), "body": annex_text(language)}
            Translation.objects.update_or_create(version=version, language=language, defaults=words)
