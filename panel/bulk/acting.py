"""A bulk act is prepared, confirmed, and may be undone until it begins."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from owed.nudging import nudge
from panel.act import Act
from panel.queue.rooms import Desk
from panel.registry import ACTS
from web.errors import PortalError

from .models import BulkAct, BulkItem

# The task that does what is due.
TASK = "panel.do_bulk_acts"
# How long an act can be undone.
PATIENCE = timedelta(minutes=1)
MOST_REPORTS = 5_000


class NothingChosen(PortalError):
    code = "nothing_chosen"
    detail = _("Zaznacz co najmniej jedno zgłoszenie.")


class TooManyChosen(PortalError):
    code = "too_many_chosen"
    detail = _("To za dużo naraz: najwyżej 5000 zgłoszeń. Wybierz więcej filtrów.")


class TooLate(PortalError):
    code = "too_late"
    status = 409
    detail = _("Minuta minęła albo ktoś już o tym zdecydował. Tego nie można teraz zmienić.")


def bulk_acts_for(user: User) -> list[Act]:
    """The rows of the registry that ``user`` may do to many reports."""
    allowed = {act.name for act in ACTS if act.permission.includes(user)}
    return [
        act for act in ACTS if act.in_bulk and act.name in allowed and act.covered_by not in allowed
    ]


@transaction.atomic
def prepare(
    desk: Desk, act: Act, keys: Iterable[int], *, values: Mapping[str, str], query: str
) -> BulkAct:
    """Keep which reports are meant, as they are now; nothing is done yet. Raises ``NothingChosen``
    and ``TooManyChosen``.
    """
    rows = desk.reports.filter(pk__in=list(keys)).order_by("pk")
    chosen = list(rows.values_list("pk", "version")[: MOST_REPORTS + 1])
    if not chosen:
        raise NothingChosen
    if len(chosen) > MOST_REPORTS:
        raise TooManyChosen
    bulk = BulkAct.objects.create(
        by=desk.user, room=desk.room.value, query=query, act=act.name, values=dict(values)
    )
    BulkItem.objects.bulk_create(
        [BulkItem(bulk_act=bulk, report_id=pk, version=version) for pk, version in chosen]
    )
    return bulk


@transaction.atomic
def confirm(bulk: BulkAct) -> None:
    """Let it begin in a minute. Raises ``TooLate`` if it was confirmed or given up already."""
    prepared = BulkAct.objects.filter(pk=bulk.pk, state=BulkAct.State.PREPARED)
    due_at = timezone.now() + PATIENCE
    if not prepared.update(state=BulkAct.State.WAITING, due_at=due_at):
        raise TooLate
    nudge(TASK, after=PATIENCE.total_seconds() + 1)


def undo(bulk: BulkAct) -> None:
    """Do nothing of it. Raises ``TooLate`` if it has begun: whichever of this statement and that of
    the worker comes first decides.
    """
    now = timezone.now()
    undoable = BulkAct.objects.filter(pk=bulk.pk, state=BulkAct.State.PREPARED)
    undoable |= BulkAct.objects.filter(pk=bulk.pk, state=BulkAct.State.WAITING, due_at__gt=now)
    if not undoable.update(state=BulkAct.State.UNDONE, ended_at=now):
        raise TooLate
