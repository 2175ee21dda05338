"""Assigns a report to a unit: the routing decision is stored, and its dispatch is owed."""

from collections.abc import Collection
from datetime import datetime

from django.utils import timezone

from catalogue.routing import RoutingDecision
from outbox.cancelling import cancel_letters_about
from owed.nudging import nudge

from .changing import save_change
from .letter_keys import letters_to_units
from .models import Assignment, Dispatch, Report

# The task that sends what is owed to units.
DISPATCH = "reports.dispatch_due"


def new_assignment(
    report: Report,
    decision: RoutingDecision,
    *,
    at: datetime,
    by=None,
    reason: str = "",
    note: str = "",
) -> tuple[Assignment, Dispatch]:
    """``decision`` as a row, and the dispatch that is owed by it; the caller saves both and nudges
    ``DISPATCH``.

    ``by`` None: the portal itself. ``at``: UTC. The assignment keeps the district and the edition
    of boundaries by which the decision was taken.
    """
    assignment = Assignment(
        report=report,
        unit=decision.unit,
        mode=decision.mode,
        rule=decision.rule,
        district=report.district,
        edition_id=report.district.edition_id,
        region=decision.region,
        by=by,
        reason=reason,
        note=note,
        at=at,
    )
    dispatch = Dispatch(
        report=report,
        assignment=assignment,
        unit=decision.unit,
        channel=decision.unit.channel,
        next_attempt_at=at,
    )
    return assignment, dispatch


def reassign(
    locked: Report,
    decision: RoutingDecision,
    *,
    by,
    reason: str,
    note: str = "",
    is_correction: bool = False,
) -> Assignment:
    """Give a locked report to the unit of ``decision``, and take back what is on its way to
    another. This saves the whole row. ``note``: what the public is told when another unit has it.
    ``is_correction``: only what the report says has changed, so that a unit which keeps it is told,
    and nobody else.
    """
    before = locked.assignments.last()
    stays = before is not None and (before.unit_id, before.mode) == (
        decision.unit.pk,
        decision.mode,
    )
    locked.unit = decision.unit
    save_change(locked)
    take_back(locked)
    at = locked.updated_at
    assignment, dispatch = new_assignment(locked, decision, at=at, by=by, reason=reason, note=note)
    dispatch.is_correction = is_correction and stays
    assignment.save()
    dispatch.save()
    nudge(DISPATCH)
    return assignment


def take_back(locked: Report) -> None:
    """End every dispatch that did not succeed, and cancel the letters to units that still wait."""
    supersede_dispatches(locked, [Dispatch.State.OWED, Dispatch.State.FAILED])
    cancel_letters_about(letters_to_units(locked.reference))


def supersede_dispatches(locked: Report, states: Collection[str]) -> None:
    """End the report's dispatches that are in ``states``, so that nobody sends them any more. A
    worker that holds a lease on one finds that the lease is gone.
    """
    locked.dispatches.filter(state__in=states).update(
        state=Dispatch.State.SUPERSEDED, ended_at=timezone.now(), leased_until=None
    )
