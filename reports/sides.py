"""Near a border the resident says on which side the matter lies, because nobody can guess it."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from districts.locating import Placement
from web.errors import PortalError

# The width of a wide street, and about the error of a phone's location.
_NEAR_METRES = 30


class SideNeeded(PortalError):
    """The place is so near a border that its district is uncertain. ``sides``: both districts."""

    code = "side_needed"
    status = 422
    field = "side"
    detail = _("To miejsce leży tuż przy granicy osiedli. Po której stronie jest sprawa?")

    def __init__(self, placement: Placement) -> None:
        self.sides = _sides(placement)
        super().__init__(sides=[{"code": row.code, "name": row.name} for row in self.sides])


def _sides(placement: Placement) -> list:
    """The district of the place, and its neighbour if there is one."""
    return [row for row in (placement.district, placement.neighbour) if row is not None]


def is_near_border(placement: Placement, accuracy: float | None = None) -> bool:
    """Whether the border is within ``accuracy`` (metres of the location, if known) or 30 m."""
    limit = max(_NEAR_METRES, accuracy or 0)
    return placement.neighbour is not None and placement.metres_to_border < limit


def on_side(placement: Placement, side: str, accuracy: float | None = None) -> Placement:
    """The placement in the district that the resident chose; ``side`` is the code of that district.

    Away from borders ``side`` is ignored. Raises ``SideNeeded`` if it names neither district.
    """
    neighbour = placement.neighbour
    if neighbour is None or not is_near_border(placement, accuracy):
        return placement
    if side == placement.district.code:
        return placement
    if side == neighbour.code:
        return replace(placement, district=neighbour, neighbour=placement.district)
    raise SideNeeded(placement)
