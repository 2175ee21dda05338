"""A card is written: begun, saved, thrown away."""

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.audit import record
from accounts.models import User
from procedures.arranging import Arrangement, read_arrangement, write_arrangement
from procedures.contents import Contents, check_contents, read_contents, write_contents
from procedures.models import Procedure, ProcedureVersion, ProcedureWord
from procedures.search.indexing import index_procedures
from web.errors import PortalError

from .locking import NotNow, lock_procedure, lock_unpublished

_NUMBERS = 20_261_127


class TooManyCards(PortalError):
    code = "too_many_cards"
    status = 409
    detail = gettext_lazy("Skończyły się numery kart.")


@transaction.atomic
def begin_procedure(contents: Contents, *, by: User) -> ProcedureVersion:
    """A new card with the next free number, as a draft."""
    with connection.cursor() as cursor:
        # One after the other, so that two get two numbers. Any number that nobody else locks.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_NUMBERS])
    last = Procedure.objects.order_by("-number").first()
    number = int(last.number.removeprefix("KA-")) + 1 if last else 1
    if number > 99_999:
        raise TooManyCards
    procedure = Procedure.objects.create(number=f"KA-{number:05}", keeper=by)
    return _begin(procedure, contents, by=by)


@transaction.atomic
def begin_version(procedure: Procedure, *, by: User) -> ProcedureVersion:
    """The draft of ``procedure``: the one that is there, or a new one that says what the newest
    version does. Raises ``NotNow`` where one is scheduled: it must be taken back first.
    """
    procedure = lock_procedure(procedure)
    if (draft := procedure.versions.filter(published_at=None).first()) is not None:
        return draft
    if procedure.versions.exclude(pk__in=procedure.versions.begun()).exists():
        raise NotNow(_("Publikacja następnej wersji jest już zaplanowana. Najpierw ją odwołaj."))
    newest = procedure.versions.begun().order_by("published_at").last()
    if newest is None:
        raise NotNow
    return _begin(procedure, read_contents(newest).without_note(), by=by)


def _begin(procedure: Procedure, contents: Contents, *, by: User) -> ProcedureVersion:
    check_contents(contents)
    last = procedure.versions.aggregate(last=Max("number"))["last"] or 0
    version = ProcedureVersion(procedure=procedure, number=last + 1, author=by)
    write_contents(version, contents)
    version.writers.add(by)
    record(actor=by, action=ProcedureWord.BEGUN, target=procedure, version=version.number)
    return version


@transaction.atomic
def save_draft(version: ProcedureVersion, contents: Contents, *, edits: int, by: User) -> bool:
    """Save what ``version`` says, if that changes it; whether it did. What was approved, or waited
    for review, is a draft again. Raises ``CardChanged`` where somebody saved after ``edits``,
    ``NotNow`` where it is published, and ``ValidationError``.
    """
    check_contents(contents)
    locked = lock_unpublished(version, edits=edits)
    before = read_contents(locked)
    if before == contents:
        return False
    locked.edits += 1
    locked.review_since, locked.approved_by = None, ""
    write_contents(locked, contents)
    locked.writers.add(by)
    record(
        actor=by,
        action=ProcedureWord.SAVED,
        target=locked.procedure,
        version=locked.number,
        fields=contents.differs_from(before),
    )
    return True


@transaction.atomic
def discard_draft(version: ProcedureVersion, *, edits: int, by: User) -> None:
    """Delete a version that was never published. Raises ``CardChanged`` and ``NotNow``."""
    locked = lock_unpublished(version, edits=edits)
    procedure = locked.procedure
    record(actor=by, action=ProcedureWord.DISCARDED, target=procedure, version=locked.number)
    locked.delete()


@transaction.atomic
def arrange_procedure(procedure: Procedure, wanted: Arrangement, *, keeper: User, by: User) -> bool:
    """How the card is found and what it belongs with, from now on; whether that changes it."""
    locked = lock_procedure(procedure)
    changed = wanted.differs_from(read_arrangement(locked))
    if locked.keeper != keeper:
        locked.keeper = keeper
        locked.save(update_fields=["keeper"])
        changed.append("keeper")
    if not changed:
        return False
    write_arrangement(locked, wanted)
    index_procedures([locked])
    record(actor=by, action=ProcedureWord.ARRANGED, target=locked, fields=changed)
    return True
