"""Where a report lies: a point, near a border with a side; or a line or an area."""

from dataclasses import dataclass, field

from django.contrib.gis.geos import Point

from districts.covering import Extent, Share, cover
from districts.locating import Placement, locate

from .models import Report, TouchedDistrict
from .sides import is_near_border, on_side


@dataclass(frozen=True, slots=True)
class Place:
    """``side``: code of the district that the sender chose, empty where nothing was asked."""

    placement: Placement
    location: Point
    side: str = ""
    extent: Extent | None = None
    shares: list[Share] = field(default_factory=list)


def find_place(
    location: Point | None, extent: Extent | None, *, side: str | None, accuracy: float | None
) -> Place:
    """By ``extent`` if there is one, else by ``location`` (both EPSG:4326).

    ``side``: None if nobody asked, "" if they were asked and did not say. Raises ``OutsideCity``,
    ``SideNeeded``, ``ExtentRefused``.
    """
    if extent is not None:
        found = cover(extent)
        return Place(found.placement, found.point, extent=extent, shares=found.shares)
    if location is None:
        raise ValueError("a location or an extent is needed")
    placement = locate(location)
    if side is None:
        return Place(placement, location)
    placement = on_side(placement, side, accuracy)
    return Place(placement, location, side if is_near_border(placement, accuracy) else "")


def remember_touched(report: Report, shares: list[Share]) -> None:
    rows = [TouchedDistrict(report=report, district=row.district, part=row.part) for row in shares]
    TouchedDistrict.objects.bulk_create(rows)


def forget_extent(locked: Report) -> None:
    """The report was moved to a point; the caller saves it."""
    locked.extent = None
    locked.touched.all().delete()
