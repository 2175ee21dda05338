"""Who of the staff does a report: they take it, let it go, or are given it by whoever leads."""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import Role, User
from reports.changing import lock_report, save_for_staff
from reports.letters.staff import owe_assigned_letter
from reports.models import Report, ReportWord
from units.models import Unit
from web.errors import PortalError


class NotTheirs(PortalError):
    code = "not_theirs"
    status = 409
    detail = _("Tę sprawę prowadzi ktoś inny.")


class NotLeader(PortalError):
    code = "not_leader"
    status = 403
    detail = _("Sprawy przydziela kierownik tej jednostki albo operator.")


class NotOfUnit(PortalError):
    code = "not_of_unit"
    field = "assignee"
    detail = _("Ta osoba nie pracuje w jednostce, która ma tę sprawę.")


def people_of(unit: Unit) -> QuerySet[User]:
    """Who can be given a report of ``unit``: its members, and of the operator's unit operators."""
    belongs = Q(memberships__unit=unit)
    if unit.is_operator:
        belongs |= Q(groups__name=Role.OPERATOR)
    people = User.objects.filter(belongs, is_active=True).distinct()
    return people.order_by("last_name", "first_name", "username")


def may_assign(user: User, unit: Unit) -> bool:
    """Whether ``user`` gives the reports of ``unit`` to its members: operators and its leaders."""
    return user.is_operator or (user.is_leader and Unit.objects.led_by(user).contains(unit))


@transaction.atomic
def take_report(report: Report, *, by: User, seen_version: int | None = None) -> None:
    """``by``, who sees the report, does it from now on; also in place of somebody who is away.
    Raises ``StaleReport``.
    """
    locked = lock_report(report, seen_version)
    if locked.assignee_id != by.pk:
        _set(locked, by, by=by, action=ReportWord.TAKEN)


@transaction.atomic
def let_go(report: Report, *, by: User, seen_version: int | None = None) -> None:
    """``by``, who has the report, does it no longer. Raises ``NotTheirs`` and ``StaleReport``."""
    locked = lock_report(report, seen_version)
    if locked.assignee_id != by.pk:
        raise NotTheirs
    _set(locked, None, by=by, action=ReportWord.LET_GO)


@transaction.atomic
def set_assignee(
    report: Report, *, assignee: User | None, by: User, seen_version: int | None = None
) -> None:
    """Give the report to ``assignee``, who gets a letter; None: nobody has it. Raises
    ``NotLeader``, ``NotOfUnit`` and ``StaleReport``.
    """
    locked = lock_report(report, seen_version)
    if not may_assign(by, locked.unit):
        raise NotLeader
    if assignee is not None and not people_of(locked.unit).contains(assignee):
        raise NotOfUnit
    if locked.assignee_id == (assignee.pk if assignee else None):
        return
    _set(locked, assignee, by=by, action=ReportWord.ASSIGNEE_SET)
    if assignee is not None and assignee != by:
        owe_assigned_letter(locked, assignee, by=by)


def _set(locked: Report, person: User | None, *, by: User, action: ReportWord) -> None:
    locked.assignee = person
    record(actor=by, action=action, target=locked, assignee=person.pk if person else None)
    save_for_staff(locked, "assignee")
