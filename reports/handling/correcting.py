"""The operator corrects where a report belongs. It is routed again and its history stays."""

from django.db import transaction

from accounts.audit import record
from catalogue.models import Category
from catalogue.routing import choose_unit, decide_by_hand
from reports.assigning import reassign
from reports.changing import lock_report
from reports.models import Assignment, Report, ReportWord
from reports.placing import GivenPlace, find_place, place_in_trail, write_place
from units.models import Unit


@transaction.atomic
def correct_category(
    report: Report, category: Category, *, by, reason: str = "", seen_version: int | None = None
) -> Assignment:
    """Give ``report`` another category and route it again. Raises ``StaleReport``."""
    locked = lock_report(report, seen_version)
    before = locked.category.code
    locked.set_category(category)
    record(
        actor=by, action=ReportWord.CATEGORY_CORRECTED, target=locked, was=before, to=category.code
    )
    decision = choose_unit(category, locked.district)
    return reassign(locked, decision, by=by, reason=reason, is_correction=True)


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
    decision = choose_unit(locked.category, found.placement.district)
    return reassign(locked, decision, by=by, reason=reason, is_correction=True)


@transaction.atomic
def forward(
    report: Report, unit: Unit, *, by, reason: str = "", seen_version: int | None = None
) -> Assignment:
    """Hand ``report`` to ``unit``, whatever the annex says. Raises ``StaleReport``."""
    locked = lock_report(report, seen_version)
    record(actor=by, action=ReportWord.FORWARDED, target=locked, was=locked.unit.code, to=unit.code)
    return reassign(locked, decide_by_hand(unit), by=by, reason=reason)
