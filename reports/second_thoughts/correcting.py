"""The sender corrects or withdraws a report that was just sent."""

from dataclasses import replace

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.audit import record
from catalogue.models import Category
from catalogue.routing import choose_unit
from districts.covering import Share
from procedures.elsewhere import check_is_report
from reports.assigning import reassign, take_back
from reports.changing import lock_report, save_change
from reports.clock import end_question
from reports.handling.merging import lock_with_repetitions, take_apart
from reports.history import append_status
from reports.intake.personal_data import kinds_found
from reports.letters.notices import owe_status_letters
from reports.models import Report, ReportWord, Status, StatusChange
from reports.placing import GivenPlace, find_place, place_in_trail, write_place

from .time_limits import TooLate, may_correct

# Degrees: about two decimetres. The form carries six decimals of a degree.
_SAME_PLACE = 2e-6


@transaction.atomic
def correct(report: Report, *, category: Category, description: str, place: GivenPlace) -> Report:
    """Replace what was sent and route the report again. Raises ``NotForReports``, ``TooLate``,
    ``OutsideCity`` and ``SideNeeded``.
    """
    check_is_report(category)
    locked = lock_report(report)
    if not may_correct(locked):
        raise TooLate
    was = _correct_place(locked, place)
    if category != locked.category:
        locked.answers = {}
    locked.set_category(category)
    locked.description = description
    locked.description_is_public = False
    locked.personal_data = kinds_found(description)
    record(actor=None, action=ReportWord.CORRECTED_BY_SENDER, target=locked, **was)
    decision = choose_unit(category, locked.district, locked.location)
    reassign(locked, decision, by=None, reason="", is_correction=True)
    return locked


def _correct_place(locked: Report, place: GivenPlace) -> dict[str, object]:
    """Write the place that the form of the correction gives, a point. Where it is the one that was
    sent, all that the report keeps of it stays: address, line or area, how exact it is. Returns
    what the trail says of the place before, if it is another.
    """
    if place.location is None or place.location.distance(locked.location) >= _SAME_PLACE:
        was = place_in_trail(locked)
        write_place(locked, find_place(place))
        return was
    side = None if locked.is_approximate else place.side
    found = find_place(GivenPlace(location=locked.location, side=side, accuracy=locked.accuracy))
    shares = [Share(row.district, row.part) for row in locked.touched.all()]
    kept = replace(
        found,
        extent=locked.extent,
        shares=shares,
        address=locked.address,
        is_approximate=locked.is_approximate,
    )
    write_place(locked, kept)
    return {}


@transaction.atomic
def withdraw(report: Report) -> StatusChange:
    """End the report because its sender wishes so. It is hidden, and nothing more is sent to a
    unit; what repeats it goes on for itself. Raises ``TooLate`` and ``StaleReport``.
    """
    locked, repetitions = lock_with_repetitions(report)
    if not may_correct(locked):
        raise TooLate
    take_back(locked)
    end_question(locked)
    locked.is_hidden = True
    save_change(locked, "is_hidden")
    record(actor=None, action=ReportWord.WITHDRAWN_BY_SENDER, target=locked)
    # The note is written in Polish, because everybody reads it, not only the sender.
    with override(settings.LANGUAGE_CODE):
        note = _("Wycofane przez zgłaszającego.")
    # Staff may not make this change, so it is not in the table of allowed changes.
    change = append_status(locked, Status.REJECTED, note=note)
    owe_status_letters([change])
    take_apart(repetitions)
    return change
