"""The operator corrects where a report belongs. It is routed again and its history stays."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.audit import record
from catalogue.models import Category
from catalogue.routing import choose_unit, decide_by_hand
from reports.assigning import reassign
from reports.changing import lock_report
from reports.history import append_status
from reports.letters.notices import owe_status_letters
from reports.models import Assignment, Report, ReportWord, Status
from reports.placing import GivenPlace, find_place, place_in_trail, write_place
from units.models import Unit


@transaction.atomic
def correct_category(
    report: Report, category: Category, *, by, reason: str = "", seen_version: int | None = None
) -> Assignment:
    """Give ``report`` another category and route it again. The public is told, also why the unit
    now has until another day. A unit that keeps the report keeps working on it. Raises
    ``StaleReport``.
    """
    locked = lock_report(report, seen_version)
    before, unit, day = locked.category, locked.unit, locked.expected_by
    locked.set_category(category)
    record(
        actor=by,
        action=ReportWord.CATEGORY_CORRECTED,
        target=locked,
        was=before.code,
        to=category.code,
    )
    note = _correction_in_words(locked, day) if category != before else ""
    decision = choose_unit(category, locked.district, locked.location)
    assignment = reassign(locked, decision, by=by, reason=reason, note=note, is_correction=True)
    if note and locked.status == Status.IN_PROGRESS and locked.unit == unit:
        # Its sending changes no status, so nothing else would tell.
        owe_status_letters([append_status(locked, Status.IN_PROGRESS, by=by, note=note)])
    return assignment


def _correction_in_words(report: Report, was_expected_by: date | None) -> str:
    """In Polish, because everybody reads it, not only the sender."""
    with override(settings.LANGUAGE_CODE):
        words = _("Poprawiliśmy kategorię: teraz to „%(category)s”.") % {
            "category": report.category.name
        }
        day = report.expected_by
        if day == was_expected_by:
            return words
        if day is None:
            return words + " " + _("Takie sprawy nie mają ustalonego terminu odpowiedzi.")
        moved = _(
            "Taka sprawa ma inny termin: odpowiedzi można się spodziewać do %(day)s, licząc od dnia"
            " zgłoszenia."
        )
        return words + " " + moved % {"day": date_format(day, "j E Y")}


@transaction.atomic
def correct_place(
    report: Report, place: GivenPlace, *, by, reason: str = "", seen_version: int | None = None
) -> Assignment:
    """Move ``report`` to ``place`` and route it again by the edition in force. Nothing of the old
    place stays but what the trail says. Raises ``OutsideCity`` and ``StaleReport``.
    """
    found = find_place(place)
    locked = lock_report(report, seen_version)
    was = place_in_trail(locked)
    write_place(locked, found)
    record(
        actor=by,
        action=ReportWord.PLACE_CORRECTED,
        target=locked,
        to=list(found.location.coords),
        **was,
    )
    decision = choose_unit(locked.category, found.placement.district, found.location)
    return reassign(locked, decision, by=by, reason=reason, is_correction=True)


@transaction.atomic
def forward(
    report: Report, unit: Unit, *, by, reason: str = "", seen_version: int | None = None
) -> Assignment:
    """Hand ``report`` to ``unit``, whatever the annex says. Raises ``StaleReport``."""
    locked = lock_report(report, seen_version)
    record(actor=by, action=ReportWord.FORWARDED, target=locked, was=locked.unit.code, to=unit.code)
    return reassign(locked, decide_by_hand(unit), by=by, reason=reason)
