"""Assigns a report to a unit: the routing decision is stored, and its dispatch is owed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from catalogue.models import RoutingRule
from catalogue.routing import RoutingDecision
from districts.models import Activation, District
from outbox.cancelling import cancel_letters_about, cancel_letters_about_any
from owed.nudging import nudge

from .changing import save_change, save_moves
from .letter_keys import letters_to_staff, letters_to_units
from .models import Assignment, Dispatch, Report, ToOperator

# The task that sends what is owed to units.
DISPATCH = "reports.dispatch_due"
_UNSENT = (Dispatch.State.OWED, Dispatch.State.FAILED)


def give(report: Report, decision: RoutingDecision, *, by=None) -> None:
    """Make it the report of the unit that ``decision`` names; the caller saves the report and the
    assignment. ``by`` None: the portal itself.
    """
    report.unit = decision.unit
    report.to_operator = to_operator(decision)
    if decision.rule is None and by is not None:
        report.hand_overs += 1


def to_operator(decision: RoutingDecision) -> str:
    """One of ``ToOperator``; "" where the report goes to a unit."""
    if decision.mode != RoutingRule.Mode.OPERATOR:
        return ""
    if decision.rule is None:
        return ToOperator.BY_HAND
    return ToOperator.CATCH_ALL if decision.rule.category_id is None else ToOperator.BY_CATEGORY


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
    another; whoever did it there does it no longer. This saves the whole row. ``note``:
    what the public is told when another unit has it.
    ``is_correction``: only what the report says has changed, so that a unit which keeps it is told,
    and nobody else.
    """
    before = locked.assignments.last()
    stays = before is not None and (before.unit_id, before.mode) == (
        decision.unit.pk,
        decision.mode,
    )
    if locked.unit_id != decision.unit.pk:
        locked.assignee = None
        cancel_letters_about(letters_to_staff(locked.reference))
    give(locked, decision, by=by)
    save_change(locked)
    take_back(locked)
    at = locked.updated_at
    assignment, dispatch = new_assignment(locked, decision, at=at, by=by, reason=reason, note=note)
    dispatch.is_correction = is_correction and stays
    assignment.save()
    dispatch.save()
    nudge(DISPATCH)
    return assignment


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What new boundaries give a locked report: district, metres to its border, unit and mode.

    ``region_id``: key of the region that binds. ``is_sent``: whether the unit is sent it, because
    it did not have it. ``note``: as in ``reassign``.
    """

    report: Report
    district: District
    metres_to_border: float
    decision: RoutingDecision
    region_id: int | None
    is_sent: bool
    note: str


def reassign_by_boundaries(moves: Sequence[Move], *, activation: Activation, reason: str) -> None:
    """Give many locked reports what ``activation`` of new boundaries gives them, as ``reassign``
    does for one; five statements.
    """
    at = timezone.now()
    sent = [move for move in moves if move.is_sent]
    for move in moves:
        move.report.district = move.district
        give(move.report, move.decision)
        move.report.metres_to_border = move.metres_to_border
    save_moves([move.report for move in moves], at=at)
    supersede_dispatches([move.report for move in sent], _UNSENT)
    cancel_letters_about_any([letters_to_units(move.report.reference) for move in sent])
    pairs = {move.report.pk: _assign(move, at, activation, reason) for move in moves}
    Assignment.objects.bulk_create([assignment for assignment, _dispatch in pairs.values()])
    Dispatch.objects.bulk_create([pairs[move.report.pk][1] for move in sent])
    if sent:
        nudge(DISPATCH)


def _assign(
    move: Move, at: datetime, activation: Activation, reason: str
) -> tuple[Assignment, Dispatch]:
    assignment, dispatch = new_assignment(
        move.report, move.decision, at=at, reason=reason, note=move.note
    )
    assignment.region_id = move.region_id
    assignment.activation = activation
    return assignment, dispatch


def take_back(locked: Report) -> None:
    """End every dispatch that did not succeed, and cancel the letters to units that still wait."""
    supersede_dispatches([locked], _UNSENT)
    cancel_letters_about(letters_to_units(locked.reference))


def supersede_dispatches(locked: Iterable[Report], states: Collection[str]) -> None:
    """End the reports' dispatches that are in ``states``, so that nobody sends them any more. A
    worker that holds a lease on one finds that the lease is gone.
    """
    Dispatch.objects.filter(report__in=locked, state__in=states).update(
        state=Dispatch.State.SUPERSEDED, ended_at=timezone.now(), leased_until=None
    )


def resume_dispatch(locked: Report, *, ended_since: datetime) -> None:
    """Owe the report's latest dispatch again, if it was ended unsent since ``ended_since``."""
    ended = Dispatch.objects.filter(
        assignment=locked.assignments.last(),
        state=Dispatch.State.SUPERSEDED,
        ended_at__gte=ended_since,
    )
    if ended.update(state=Dispatch.State.OWED, ended_at=None, next_attempt_at=timezone.now()):
        nudge(DISPATCH)
