"""The two rooms in which staff have a list: the operator's, and that of a unit."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import has_access, staff_required
from accounts.models import User
from reports.models import Report
from reports.models.report import ReportQuerySet
from units.models import Unit

from .selection import Scope


class Room(StrEnum):
    """The value is the name of the room's address."""

    OPERATOR = "operator"
    UNIT = "unit"

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Which there are in this room, the first of them at first."""
        return tuple(Scope) if self is Room.OPERATOR else (Scope.OPEN, Scope.ALL)

    @property
    def url(self) -> str:
        return reverse(f"panel:{self.value}")

    def url_of(self, name: str, *args: object) -> str:
        """Of something else in the room."""
        return reverse(f"panel:{self.value}-{name}", args=args)

    def includes(self, user: User) -> bool:
        """Whether ``user`` may be in this room."""
        return has_access(user, **self._roles)

    def require(self, view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        """Decorate a view of this room, see ``staff_required``."""
        return staff_required(**self._roles)(view)

    @property
    def _roles(self) -> dict[str, bool]:
        return {"operator": True} if self is Room.OPERATOR else {"unit_member": True}


@dataclass(frozen=True, slots=True)
class Desk:
    """A member of staff in one of the rooms; ``units``: in which they work, none of the operator's
    room.
    """

    room: Room
    user: User
    units: tuple[Unit, ...] = ()

    @property
    def title(self) -> str:
        if self.room is Room.OPERATOR:
            return _("Kolejka operatora")
        return ", ".join(unit.short_name for unit in self.units)

    @property
    def reports(self) -> ReportQuerySet:
        """All that this person may see in this room."""
        rows = Report.objects.visible_to(self.user)
        return rows if self.room is Room.OPERATOR else rows.filter(unit__in=self.units)


def desk_of(user: User, room: Room) -> Desk:
    memberships = user.unit_memberships if room is Room.UNIT else ()
    return Desk(room, user, tuple(membership.unit for membership in memberships))
