"""The operator corrects where a report belongs. It is routed again and its history stays."""

from django.contrib.gis.geos import Point
from django.db import transaction

from accounts.audit import record
from catalogue.models import Category
from catalogue.routing import choose_unit, decide_by_hand
from districts.locating import locate
from reports.assigning import reassign
from reports.changing import lock_report
from reports.models import Assignment, Report, ReportWord
from reports.placing import Place, write_place
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
    return reassign(locked, choose_unit(category, locked.district), by=by, reason=reason)


@transaction.atomic
def correct_place(
    report: Report, location: Point, *, by, reason: str = "", seen_version: int | None = None
) -> Assignment:
    """Move ``report`` to ``location`` (EPSG:4326) and route it again by the edition in force.
    Raises ``OutsideCity`` and ``StaleReport``.
    """
    placement = locate(location)
    locked = lock_report(report, seen_version)
    was = list(locked.location.coords)
    # Nobody asked for a side of the new place, and no device measured it.
    place = Place(placement=placement, location=location, address=locked.address)
    write_place(locked, place)
    record(
        actor=by,
        action=ReportWord.PLACE_CORRECTED,
        target=locked,
        was=was,
        to=list(location.coords),
    )
    decision = choose_unit(locked.category, placement.district)
    return reassign(locked, decision, by=by, reason=reason)


@transaction.atomic
def forward(
    report: Report, unit: Unit, *, by, reason: str = "", seen_version: int | None = None
) -> Assignment:
    """Hand ``report`` to ``unit``, whatever the annex says. Raises ``StaleReport``."""
    locked = lock_report(report, seen_version)
    record(actor=by, action=ReportWord.FORWARDED, target=locked, was=locked.unit.code, to=unit.code)
    return reassign(locked, decide_by_hand(unit), by=by, reason=reason)
