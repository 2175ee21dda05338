"""Near a border the resident says on which side the matter lies, because nobody can guess it."""

from dataclasses import replace

from django.contrib.gis.geos import Point

from districts.bordering import NearBorder, describe_border
from districts.locating import Placement
from districts.named_places import lies_whole_in
from web.errors import PortalError

# The width of a wide street, and about the error of a phone's location.
NEAR_METRES = 30


class SideNeeded(PortalError):
    """The place is so near a border that its district is uncertain. ``border``: the question, and
    both sides in words.
    """

    code = "side_needed"
    status = 422
    field = "side"

    def __init__(self, border: NearBorder) -> None:
        self.border = border
        super().__init__(
            border.question,
            sides=[
                {"code": side.district.code, "name": side.district.name, "words": side.words}
                for side in border.sides
            ],
        )


def is_near_border(
    placement: Placement, accuracy: float | None = None, *, point: Point | None = None
) -> bool:
    """Whether the border is within ``accuracy`` (metres of the location, if known) or 30 m.

    If ``point`` is where a pin is put for a large place, and all of that place lies in the
    district, its reach says nothing about the border.
    """
    if placement.neighbour is None:
        return False
    if placement.metres_to_border < NEAR_METRES:
        return True
    if not accuracy or placement.metres_to_border >= accuracy:
        return False
    return point is None or not lies_whole_in(placement.district, point, reach=accuracy)


def on_side(
    placement: Placement, side: str, *, point: Point, accuracy: float | None = None
) -> Placement:
    """The placement of ``point`` in the district that the resident chose; ``side`` is the code of
    that district.

    Away from borders ``side`` is ignored. Raises ``SideNeeded`` if it names neither district.
    """
    neighbour = placement.neighbour
    if neighbour is None or not is_near_border(placement, accuracy, point=point):
        return placement
    if side == placement.district.code:
        return placement
    if side == neighbour.code:
        return replace(placement, district=neighbour, neighbour=placement.district)
    raise SideNeeded(describe_border(point, placement))
