"""Sends reports to units: claims owed rows with a lease, sends them and records the outcome."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import structlog
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Prefetch
from django.utils import timezone

from catalogue.models import RoutingRule
from owed.pauses import pause_after
from reports.changing import lock_reports
from reports.handling.status import change_by_dispatch
from reports.models import Dispatch, Report, Status
from units.models import Membership

from .channels import CHANNELS, DeliveryFailed

_BATCH = 100
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=1)
MOST_ATTEMPTS = 12

# Statuses of reports that no unit has yet.
_ON_THE_WAY = (Status.RECEIVED, Status.WITH_OPERATOR)

_DATABASE_AWAY = (OperationalError, InterfaceError)

_log = structlog.get_logger(__name__)


def dispatch_due() -> int:
    """Send everything that is due now; returns how many were tried. Many calls may run at once."""
    tried = 0
    while batch := claim(timezone.now()):
        _send(batch)
        tried += len(batch)
        # What has become due meanwhile is nudged anew: otherwise this would go on for each single
        # report of a rush.
        if len(batch) < _BATCH:
            break
    return tried


@transaction.atomic
def claim(now: datetime) -> list[Dispatch]:
    """Up to ``_BATCH`` due rows, leased to the caller, with all that their channels need."""
    claimed = Dispatch.objects.due(now).order_by("next_attempt_at").claim(now, most=_BATCH)
    rows = Dispatch.objects.filter(pk__in=[row.pk for row in claimed])
    members = Prefetch("unit__memberships", Membership.objects.select_related("user"))
    related = ("assignment", "unit", "report__category", "report__district")
    return list(rows.select_related(*related).prefetch_related(members))


def _send(batch: Sequence[Dispatch]) -> None:
    """Send a claimed batch outside any transaction, then record every outcome."""
    sent = []
    for dispatch in batch:
        try:
            CHANNELS[dispatch.channel](dispatch)
        except DeliveryFailed as failure:
            _record_failure(dispatch, failure)
        except _DATABASE_AWAY:
            raise
        except Exception as surprise:
            # A dispatch that breaks must not stop the others of its batch.
            _log.exception("dispatch_broke", dispatch=dispatch.pk)
            _record_failure(dispatch, DeliveryFailed(type(surprise).__name__, is_permanent=False))
        else:
            sent.append(dispatch)
    record_sent(sent)


@transaction.atomic
def record_sent(batch: Sequence[Dispatch]) -> None:
    """Mark as done the dispatches that we still hold, and change the status of their reports."""
    # The reports before their dispatches, in the order in which everybody else locks them.
    locked = {report.pk: report for report in lock_reports(row.report_id for row in batch)}
    ours = _still_ours(batch)
    Dispatch.objects.filter(pk__in=[row.pk for row in ours]).update(
        state=Dispatch.State.DONE, ended_at=timezone.now(), leased_until=None, last_error=""
    )
    moved = [row for row in ours if not _stays(row, locked)]
    change_by_dispatch(
        {locked[row.report_id]: _status_after(row) for row in moved},
        {locked[row.report_id]: row.assignment.note for row in moved},
    )


def _still_ours(batch: Sequence[Dispatch]) -> list[Dispatch]:
    """Those that we still hold, locked; the others were claimed anew or superseded."""
    held = Dispatch.objects.owed().still_leased(batch).select_for_update().order_by("pk")
    by_key = {row.pk: row for row in batch}
    return [by_key[key] for key in held.values_list("pk", flat=True)]


def _stays(dispatch: Dispatch, locked: Mapping[int, Report]) -> bool:
    """Whether the unit had the report before, so that a correction is no step of its history."""
    return dispatch.is_correction and locked[dispatch.report_id].status not in _ON_THE_WAY


def _status_after(dispatch: Dispatch) -> str:
    by_operator = dispatch.assignment.mode == RoutingRule.Mode.OPERATOR
    return Status.WITH_OPERATOR if by_operator else Status.FORWARDED


@transaction.atomic
def _record_failure(dispatch: Dispatch, failure: DeliveryFailed) -> None:
    """Plan another attempt. If the failure is permanent or was the last attempt allowed, the
    operator gets the report instead.
    """
    (locked,) = lock_reports([dispatch.report_id])
    if not _still_ours([dispatch]):
        return
    dispatch.attempts += 1
    dispatch.last_error = failure.reason[:200]
    dispatch.leased_until = None
    if failure.is_permanent or dispatch.attempts >= MOST_ATTEMPTS:
        dispatch.state, dispatch.ended_at = Dispatch.State.FAILED, timezone.now()
        change_by_dispatch({locked: Status.WITH_OPERATOR})
    else:
        pause = pause_after(dispatch.attempts, first=FIRST_PAUSE, longest=LONGEST_PAUSE)
        dispatch.next_attempt_at = timezone.now() + pause
    dispatch.save()
    _log.warning("dispatch_failed", dispatch=dispatch.pk, permanent=failure.is_permanent)
