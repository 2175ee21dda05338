"""The sender corrects or withdraws what was just sent."""

from django.conf import settings
from django.contrib.gis.geos import Point
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.audit import record
from catalogue.deadlines import expected_by
from catalogue.elsewhere import check_is_report
from catalogue.models import Category
from catalogue.routing import choose_unit
from outbox.cancelling import cancel_about
from reports.handling.correcting import reassign
from reports.handling.status import append, lock
from reports.intake.personal_data import kinds_found
from reports.letters.notices import owe_statuses
from reports.models import Dispatch, Report, Status, StatusChange
from reports.placing import find_place, forget_extent

from .time_limits import TooLate, may_correct


@transaction.atomic
def correct(
    report: Report, *, category: Category, description: str, location: Point, side: str = ""
) -> Report:
    """Replace what was sent and route it again. Raises ``TooLate``, ``OutsideCity``,
    ``SideNeeded``.
    """
    check_is_report(category)
    place = find_place(location, None, side=side, accuracy=None)
    locked = _lock_for_correction(report)
    if not _is_same(location, locked.location):
        forget_extent(locked)
    if category != locked.category:
        locked.answers = {}
    locked.category, locked.description = category, description
    locked.description_is_public = False
    locked.personal_data = kinds_found(description)
    locked.location, locked.is_approximate = location, False
    locked.district, locked.side = place.placement.district, side
    locked.metres_to_border = place.placement.metres_to_border
    locked.expected_by = expected_by(category, timezone.localdate(locked.created_at))
    record(actor=None, action="corrected_by_sender", target=locked)
    reassign(locked, choose_unit(category, locked.district), by=None, reason="")
    return locked


@transaction.atomic
def withdraw(report: Report) -> StatusChange:
    """End the report as its sender wishes; nothing of it is shown, nothing more is sent to a unit.
    Raises ``TooLate``.
    """
    locked = _lock_for_correction(report)
    locked.dispatches.filter(state=Dispatch.State.OWED).update(
        state=Dispatch.State.SUPERSEDED, ended_at=timezone.now(), leased_until=None
    )
    cancel_about(f"dispatch:{locked.reference}:")
    locked.is_hidden = True
    locked.save(update_fields=["is_hidden"])
    record(actor=None, action="withdrawn_by_sender", target=locked)
    # The sender's own end is no change that staff may choose, so their table does not hold it.
    # Read by everybody, whatever language its sender uses.
    with override(settings.LANGUAGE_CODE):
        note = _("Wycofane przez zgłaszającego.")
    change = append(locked, Status.REJECTED, note=note)
    owe_statuses([change])
    return change


def _is_same(location: Point, other: Point) -> bool:
    """The form carries six decimals of a degree, a decimetre."""
    return location.distance(other) < 2e-6


def _lock_for_correction(report: Report) -> Report:
    locked = lock(report, None)
    if not may_correct(locked):
        raise TooLate
    return locked
