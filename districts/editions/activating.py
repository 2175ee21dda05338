"""When editions come into force: the switch is one small row, and what follows is done later."""

from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from districts.models import Activation, Edition, EditionStep, Layer
from districts.signals import came_into_force
from web.errors import PortalError

Step = EditionStep.Word


class NotApproved(PortalError):
    code = "not_approved"
    status = 409
    detail = _("W życie wchodzi tylko zatwierdzone wydanie.")


class StartInPast(PortalError):
    code = "start_in_past"
    status = 400
    field = "at"
    detail = _("Ten dzień już minął. Podaj przyszły dzień i godzinę albo wprowadź wydanie od razu.")


class InstantTaken(PortalError):
    code = "instant_taken"
    status = 409
    field = "at"
    detail = _("Na tę chwilę jest już wyznaczone inne wydanie tej warstwy.")


class AlreadyInForce(PortalError):
    code = "already_in_force"
    status = 409
    detail = _("To wydanie właśnie obowiązuje.")


class NothingAhead(PortalError):
    code = "nothing_ahead"
    status = 409
    detail = _("To wydanie już weszło w życie albo nie ma wyznaczonego dnia.")


class NothingBefore(PortalError):
    code = "nothing_before"
    status = 409
    detail = _("Przed tym wydaniem nie było innego, do którego można wrócić.")


@transaction.atomic
def activate_edition(edition: Edition, *, by, at: datetime | None = None) -> Activation:
    """Bring an approved edition into force at ``at``, or now. Raises ``NotApproved``,
    ``StartInPast``, ``InstantTaken`` and ``AlreadyInForce``.
    """
    # Two people take turns, so that no instant comes before one that has begun meanwhile.
    layer = Layer.objects.select_for_update(no_key=True).get(pk=edition.layer_id)
    approved = Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    now = _clock()
    if approved.approved_at is None or approved.withdrawn_at:
        raise NotApproved
    if at is not None and at <= now:
        raise StartInPast
    if at is None and Edition.objects.in_force_or_none(layer.pk) == approved:
        raise AlreadyInForce
    row = Activation(layer=layer, edition=approved, at=at or now, by=by)
    return _start(row, Step.SCHEDULED if at else Step.ACTIVATED)


@transaction.atomic
def cancel_activations(edition: Edition, *, by) -> None:
    """Take back the starts of an edition that lie ahead. Raises ``NothingAhead``."""
    Layer.objects.select_for_update(no_key=True).get(pk=edition.layer_id)
    ahead = list(Activation.objects.filter(edition=edition, at__gt=_clock()))
    if not ahead:
        raise NothingAhead
    for row in ahead:
        row.delete()
    days = [row.at.isoformat() for row in ahead]
    EditionStep.objects.create(edition=edition, word=Step.UNSCHEDULED, by=by, details={"at": days})


def edition_before(layer: str) -> Edition | None:
    """The edition that a return would bring back: the one in force before that of now."""
    begun = Activation.objects.filter(layer=layer, at__lte=timezone.now()).order_by("-at")
    last = begun.first()
    before = begun.exclude(edition=last.edition_id).first() if last else None
    return before.edition if before else None


@transaction.atomic
def return_to_previous(layer: Layer, *, by) -> Activation:
    """Bring the edition before the last one into force again, now. Raises ``NothingBefore``."""
    locked = Layer.objects.select_for_update(no_key=True).get(pk=layer.pk)
    before = edition_before(locked.pk)
    if before is None:
        raise NothingBefore
    row = Activation(layer=locked, edition=before, at=_clock(), by=by, returns=True)
    return _start(row, Step.RETURNED)


def _start(row: Activation, word: EditionStep.Word) -> Activation:
    if Activation.objects.filter(layer=row.layer, at=row.at).exists():
        raise InstantTaken
    row.save(force_insert=True)
    EditionStep.objects.create(
        edition=row.edition, word=word, by=row.by, details={"at": row.at.isoformat()}
    )
    if word != Step.SCHEDULED:
        came_into_force.send(sender=Activation, activation=row)
    return row


def _clock() -> datetime:
    """The database's own clock, after waiting for locks; a reader compares with the same one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        [moment] = cursor.fetchone()
    return moment
