"""A version is checked by a second person, published now or later, or goes back."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from procedures.models import Picture, ProcedureVersion, ProcedureWord
from procedures.search.indexing import index_procedures
from web.errors import PortalError

from .locking import NotNow, lock_unpublished, lock_version


class Unfinished(PortalError):
    code = "unfinished"
    status = 409
    detail = _("Karta potrzebuje krótkiego opisu i przynajmniej jednego kroku.")


class PicturesNotReady(PortalError):
    code = "pictures_not_ready"
    status = 409
    detail = _(
        "Ilustracje nie są gotowe. Odśwież stronę za chwilę; odrzuconą zastąp innym plikiem."
    )


class SecondPersonNeeded(PortalError):
    code = "second_person_needed"
    status = 403
    detail = _("Kto pisał tę wersję, nie publikuje jej. Poproś drugą osobę.")


class InThePast(PortalError):
    code = "in_the_past"
    field = "at"
    detail = _("Ta chwila już minęła. Podaj późniejszą albo zostaw pole puste.")


class SentenceNeeded(PortalError):
    code = "sentence_needed"
    field = "note"
    detail = _("Napisz jedno zdanie: co poprawić.")


def may_publish(version: ProcedureVersion, user: User) -> bool:
    """Whether ``user`` is a second person: somebody who wrote nothing of ``version``."""
    return not version.writers.filter(pk=user.pk).exists()


@transaction.atomic
def send_to_review(version: ProcedureVersion, *, edits: int, by: User) -> None:
    """Raises ``Unfinished``, ``PicturesNotReady``, ``CardChanged`` and ``NotNow``."""
    locked = lock_unpublished(version, edits=edits)
    if locked.review_since is not None:
        raise NotNow
    if not locked.summary or not locked.steps.exists():
        raise Unfinished
    if locked.illustrations.exclude(picture__state=Picture.State.READY).exists():
        raise PicturesNotReady
    locked.review_since = timezone.now()
    locked.save(update_fields=["review_since"])
    _record(ProcedureWord.SENT_TO_REVIEW, locked, by=by)


@transaction.atomic
def send_back(version: ProcedureVersion, *, edits: int, note: str, by: User | None) -> None:
    """The version is a draft again; ``note`` says what to mend. Raises ``SentenceNeeded``,
    ``CardChanged`` and ``NotNow``.
    """
    if not note.strip():
        raise SentenceNeeded
    locked = _lock_in_review(version, edits=edits)
    locked.review_since, locked.approved_by = None, ""
    locked.save(update_fields=["review_since", "approved_by"])
    _record(ProcedureWord.SENT_BACK, locked, by=by, note=note.strip())


@transaction.atomic
def publish_version(
    version: ProcedureVersion, *, edits: int, by: User, at: datetime | None = None
) -> None:
    """The version begins at ``at`` (aware), or now. Raises ``SecondPersonNeeded``, ``InThePast``,
    ``CardChanged`` and ``NotNow``.
    """
    locked = _lock_in_review(version, edits=edits)
    if not may_publish(locked, by):
        raise SecondPersonNeeded
    now = timezone.now()
    if at is not None and at <= now:
        raise InThePast
    locked.published_at = at or now
    locked.save(update_fields=["published_at"])
    # A scheduled version too: from its instant on it is found, without anything being started.
    index_procedures([locked.procedure])
    if at is None:
        _record(ProcedureWord.PUBLISHED, locked, by=by)
    else:
        _record(ProcedureWord.SCHEDULED, locked, by=by, at=at.isoformat())


@transaction.atomic
def unschedule_version(version: ProcedureVersion, *, by: User) -> None:
    """A version whose instant lies ahead waits for publication again. Raises ``NotNow``."""
    locked = lock_version(version)
    if locked.published_at is None or locked.published_at <= timezone.now():
        raise NotNow
    locked.published_at = None
    locked.save(update_fields=["published_at"])
    _record(ProcedureWord.UNSCHEDULED, locked, by=by)


def _lock_in_review(version: ProcedureVersion, *, edits: int) -> ProcedureVersion:
    locked = lock_unpublished(version, edits=edits)
    if locked.review_since is None:
        raise NotNow
    return locked


def _record(
    word: ProcedureWord, version: ProcedureVersion, *, by: User | None, **details: object
) -> None:
    record(actor=by, action=word, target=version.procedure, version=version.number, **details)
