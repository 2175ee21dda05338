"""The operator corrects where a report belongs: routed again, history kept."""

from django.contrib.gis.geos import Point
from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from catalogue.deadlines import expected_by
from catalogue.models import Category, RoutingRule
from catalogue.routing import RoutingDecision, choose_unit
from districts.locating import locate
from outbox.cancelling import cancel_about
from reports.dispatch.dispatching import owe_dispatch
from reports.models import Assignment, Dispatch, Report
from reports.placing import forget_extent
from units.models import Unit

from .status import lock


@transaction.atomic
def correct_category(
    report: Report, category: Category, *, by, reason: str = "", seen_version: int | None = None
) -> Assignment:
    """Give ``report`` another category and route it again. Raises ``StaleReport``."""
    locked = lock(report, seen_version)
    before = locked.category.code
    locked.category = category
    locked.expected_by = expected_by(category, timezone.localdate(locked.created_at))
    record(actor=by, action="category_corrected", target=locked, was=before, to=category.code)
    return reassign(locked, choose_unit(category, locked.district), by=by, reason=reason)


@transaction.atomic
def correct_place(
    report: Report, location: Point, *, by, reason: str = "", seen_version: int | None = None
) -> Assignment:
    """Move ``report`` (EPSG:4326) and route it again by the edition in force. Raises
    ``OutsideCity``, ``StaleReport``.
    """
    placement = locate(location)
    locked = lock(report, seen_version)
    was = list(locked.location.coords)
    forget_extent(locked)
    locked.location, locked.is_approximate = location, False
    locked.district, locked.metres_to_border = placement.district, placement.metres_to_border
    record(actor=by, action="place_corrected", target=locked, was=was, to=list(location.coords))
    decision = choose_unit(locked.category, placement.district)
    return reassign(locked, decision, by=by, reason=reason)


@transaction.atomic
def forward(
    report: Report, unit: Unit, *, by, reason: str = "", seen_version: int | None = None
) -> Assignment:
    """Hand ``report`` to ``unit`` whatever the annex says. Raises ``StaleReport``."""
    locked = lock(report, seen_version)
    record(actor=by, action="forwarded", target=locked, was=locked.unit.code, to=unit.code)
    mode = RoutingRule.Mode.OPERATOR if unit.is_operator else RoutingRule.Mode.AUTOMATIC
    return reassign(locked, RoutingDecision(unit, mode, rule=None), by=by, reason=reason)


def reassign(locked: Report, decision: RoutingDecision, *, by, reason: str) -> Assignment:
    """Store the decision; owe a dispatch, which makes every sending still owed pointless."""
    now = timezone.now()
    locked.unit, locked.updated_at = decision.unit, now
    locked.version += 1
    locked.save()
    locked.dispatches.filter(state__in=[Dispatch.State.OWED, Dispatch.State.FAILED]).update(
        state=Dispatch.State.SUPERSEDED, ended_at=now, leased_until=None
    )
    # A letter that still waits for the mail server says what is no longer so.
    cancel_about(f"dispatch:{locked.reference}:")
    assignment = Assignment.objects.create(
        report=locked,
        unit=decision.unit,
        mode=decision.mode,
        rule=decision.rule,
        district=locked.district,
        edition=locked.district.edition,
        by=by,
        reason=reason,
        at=now,
    )
    owe_dispatch(assignment)
    return assignment
