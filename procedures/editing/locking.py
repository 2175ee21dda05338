"""A card is locked before it is changed: two acts on one card come one after the other."""

from django.utils.translation import gettext_lazy as _

from procedures.models import Procedure, ProcedureVersion
from web.errors import PortalError


class CardChanged(PortalError):
    """Somebody else has changed the card since the page was shown."""

    code = "card_changed"
    status = 409
    detail = _(
        "W tym czasie ktoś zmienił tę kartę. Zobacz, co się zmieniło, i zdecyduj jeszcze raz."
    )


class NotNow(PortalError):
    """The card is not, or no longer, in a state in which that can be done."""

    code = "not_now"
    status = 409
    detail = _("Tego nie można teraz zrobić: stan karty jest już inny.")


def lock_procedure(procedure: Procedure) -> Procedure:
    return Procedure.objects.select_for_update(of=("self",)).get(pk=procedure.pk)


def lock_version(version: ProcedureVersion) -> ProcedureVersion:
    """The version as it is now, behind the lock of its procedure. Raises ``CardChanged`` where it
    is gone.
    """
    lock_procedure(version.procedure)
    found = ProcedureVersion.objects.select_related("procedure").filter(pk=version.pk).first()
    if found is None:
        raise CardChanged
    return found


def lock_unpublished(version: ProcedureVersion, *, edits: int) -> ProcedureVersion:
    """The same for a version without an instant, as it was saved for the time ``edits``. Raises
    ``CardChanged`` and ``NotNow``.
    """
    locked = lock_version(version)
    if locked.edits != edits:
        raise CardChanged
    if locked.published_at is not None:
        raise NotNow
    return locked
