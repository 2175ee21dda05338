"""A second person approves an edition; from then on it never changes. Until its day it may go."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from districts.models import Activation, Edition, EditionStep, Finding
from districts.signals import no_longer_draft
from web.errors import PortalError

from .comparing import record_descents
from .drafting import lock_draft

Step = EditionStep.Word


class NotChecked(PortalError):
    code = "not_checked"
    status = 409
    detail = _("Najpierw sprawdź szkic: od ostatniej zmiany nikt tego nie zrobił albo są błędy.")


class WarningUnexplained(PortalError):
    code = "warning_unexplained"
    status = 409
    detail = _("Najpierw wyjaśnij każde ostrzeżenie, które znalazło sprawdzenie.")


class ApproverDrewIt(PortalError):
    code = "approver_drew_it"
    status = 409
    detail = _("Wydanie zatwierdza ktoś inny niż osoby, które je przygotowały.")


class AlreadyBinding(PortalError):
    code = "already_binding"
    status = 409
    detail = _("To wydanie już obowiązywało, więc zostaje. Możesz wrócić do poprzedniego.")


@transaction.atomic
def approve_edition(edition: Edition, *, by) -> Edition:
    """Approve a checked draft; which district came from which is recorded. Raises ``NotChecked``,
    ``WarningUnexplained``, ``ApproverDrewIt`` (its author, or who changed it) and ``NotADraft``.
    """
    locked = lock_draft(edition)
    if locked.checked_at is None:
        raise NotChecked
    if locked.findings.filter(severity=Finding.Severity.WARNING, explanation="").exists():
        raise WarningUnexplained
    if not may_approve(locked, by):
        raise ApproverDrewIt
    record_descents(locked)
    locked.approved_at, locked.approved_by = timezone.now(), by
    locked.save(update_fields=["approved_at", "approved_by"])
    EditionStep.objects.create(edition=locked, word=Step.APPROVED, by=by)
    no_longer_draft.send(sender=Edition, edition=locked)
    return locked


def may_approve(edition: Edition, person) -> bool:
    """Whether ``person`` neither began the draft nor drew anything of it, nor changed it last, be
    it by taking back what another drew.
    """
    if person.pk in (edition.author_id, edition.changed_by_id):
        return False
    return not edition.changes.filter(undone_at__isnull=True, by=person).exists()


@transaction.atomic
def withdraw_edition(edition: Edition, *, by) -> Edition:
    """Put an edition away that was never in force, with its activation ahead if it has one. Raises
    ``AlreadyBinding``.
    """
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    if locked.withdrawn_at:
        return locked
    ahead = Activation.objects.filter(edition=locked, at__gt=timezone.now())
    if Activation.objects.filter(edition=locked).exclude(pk__in=ahead).exists():
        raise AlreadyBinding
    ahead.delete()
    locked.withdrawn_at = timezone.now()
    locked.save(update_fields=["withdrawn_at"])
    EditionStep.objects.create(edition=locked, word=Step.WITHDRAWN, by=by)
    no_longer_draft.send(sender=Edition, edition=locked)
    return locked
