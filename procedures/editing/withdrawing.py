"""A card is withdrawn, now or later: its address says why, and which card stands in its place."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from procedures.models import Procedure, ProcedureWord
from web.errors import PortalError

from .locking import NotNow, lock_procedure
from .publishing import InThePast


class WrongSuccessor(PortalError):
    code = "wrong_successor"
    field = "replaced_by"
    detail = _("W miejsce tej karty może wejść tylko inna, opublikowana karta.")


@transaction.atomic
def withdraw_procedure(
    procedure: Procedure,
    *,
    note: str,
    by: User,
    at: datetime | None = None,
    replaced_by: Procedure | None = None,
) -> None:
    """From ``at`` (aware), or now, the card only says that it is withdrawn. Raises ``InThePast``,
    ``WrongSuccessor`` and ``NotNow``.
    """
    locked = lock_procedure(procedure)
    now = timezone.now()
    if locked.withdrawn_at is not None or not Procedure.objects.known().filter(pk=locked.pk):
        raise NotNow
    if at is not None and at <= now:
        raise InThePast
    if replaced_by is not None and (
        replaced_by.pk == locked.pk
        or not Procedure.objects.published().filter(pk=replaced_by.pk).exists()
    ):
        raise WrongSuccessor
    locked.withdrawn_at = at or now
    locked.withdrawal_note, locked.replaced_by = note, replaced_by
    locked.save(update_fields=["withdrawn_at", "withdrawal_note", "replaced_by"])
    details = {"at": at.isoformat()} if at else {}
    record(actor=by, action=ProcedureWord.WITHDRAWN, target=locked, note=note, **details)


@transaction.atomic
def restore_procedure(procedure: Procedure, *, by: User) -> None:
    """A withdrawal is taken back, whether its instant has come or not. Raises ``NotNow``."""
    locked = lock_procedure(procedure)
    if locked.withdrawn_at is None:
        raise NotNow
    locked.withdrawn_at, locked.withdrawal_note, locked.replaced_by = None, "", None
    locked.save(update_fields=["withdrawn_at", "withdrawal_note", "replaced_by"])
    record(actor=by, action=ProcedureWord.RESTORED, target=locked)
