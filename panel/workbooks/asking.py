"""Somebody asks for a workbook, and gets it when it is made."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from owed.nudging import nudge
from panel.queue.rooms import Desk, Room, desk_of
from panel.queue.selection import Selection
from web.errors import PortalError

from .models import Workbook

# The task that makes what is owed.
TASK = "panel.make_workbooks"
# Of one person, waiting at one time.
MOST_OWED = 3


class TooManyOwed(PortalError):
    code = "too_many_workbooks"
    status = 409
    detail = _("Robimy już dla Ciebie 3 arkusze. Poczekaj, aż któryś będzie gotowy.")


@transaction.atomic
def ask_workbook(desk: Desk, selection: Selection, *, language: str) -> Workbook:
    """Owe all that ``selection`` shows at this desk as a workbook; one that is owed already is not
    owed twice. Raises ``TooManyOwed``.
    """
    # Two presses at one instant follow each other.
    User.objects.select_for_update(no_key=True).get(pk=desk.user.pk)
    wanted = {"room": desk.room.value, "query": selection.as_query(), "language": language}
    owed = Workbook.objects.owed().filter(by=desk.user)
    if same := owed.filter(**wanted).first():
        return same
    if owed.count() >= MOST_OWED:
        raise TooManyOwed
    expires_at = timezone.now() + timedelta(hours=settings.WORKBOOK_HOURS)
    workbook = Workbook.objects.create(by=desk.user, expires_at=expires_at, **wanted)
    nudge(TASK)
    return workbook


def workbooks_of(user: User) -> QuerySet[Workbook]:
    """Those that ``user`` asked for and that are not past their time, the newest first."""
    rows = Workbook.objects.filter(by=user, expires_at__gt=timezone.now())
    return rows.order_by("-created_at", "id")


def may_open(user: User, workbook: Workbook) -> bool:
    """Whether ``user`` may still see all that the file holds: rights end, files stay."""
    room = Room(workbook.room)
    if workbook.by_id != user.pk or not room.includes(user):
        return False
    return set(workbook.units.all()) <= set(desk_of(user, room).units)
