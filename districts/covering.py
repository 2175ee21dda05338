"""Which districts a line or an area touches, and how much of it lies in each."""

from dataclasses import dataclass, replace

from django.contrib.gis.db.models.functions import Intersection
from django.contrib.gis.geos import GEOSGeometry, LineString, Point, Polygon
from django.utils.translation import gettext_lazy as _

from web.errors import PortalError

from .locating import Placement, locate
from .models import District, Edition

_LONGEST = 2_000  # metres
_LARGEST = 500_000  # square metres
# Metres are measured in the state's plane coordinate system.
_METRIC = 2180
Extent = LineString | Polygon


class ExtentRefused(PortalError):
    """Base: the sentence stands by the field ``extent``."""

    status = 422
    field = "extent"


class ExtentTooLarge(ExtentRefused):
    code = "extent_too_large"
    detail = _("To za dużo na jedno zgłoszenie: najwyżej 2 km odcinka albo 0,5 km² obszaru.")


class ExtentCrossed(ExtentRefused):
    code = "extent_crossed"
    detail = _("Brzegi obszaru się przecinają. Postaw punkty po kolei, dookoła.")


class ExtentOutside(ExtentRefused):
    code = "extent_outside"
    detail = _("Większa część tego miejsca leży poza Łodzią.")


@dataclass(frozen=True, slots=True)
class Share:
    """``part``: how much of the extent lies in the district, above 0 and at most 1."""

    district: District
    part: float


@dataclass(frozen=True, slots=True)
class Cover:
    """``point``: on the extent, in the first of the districts (EPSG:4326). ``shares``: largest
    first, on a tie by code. ``size``: metres of a line, square metres of an area.
    """

    placement: Placement
    point: Point
    shares: list[Share]
    size: float


def cover(extent: Extent) -> Cover:
    """Where ``extent`` (EPSG:4326) lies, by the edition in force.

    A line along a border belongs to both districts by equal parts. Raises ``ExtentTooLarge``,
    ``ExtentCrossed`` and, if most of it lies outside the city, ``ExtentOutside``.
    """
    size = _check_size(extent)
    parts = _parts_of(extent)
    total = sum(_measured(part) for _district, part in parts)
    if not total or total < size / 2:
        raise ExtentOutside
    parts.sort(key=lambda row: (-round(_measured(row[1]), 2), row[0].code))
    shares = [Share(district, _measured(part) / total) for district, part in parts]
    point = parts[0][1].point_on_surface
    return Cover(_in_district(locate(point), shares[0].district), point, shares, size)


def _check_size(extent: Extent) -> float:
    if not extent.valid:
        raise ExtentCrossed
    size = _measured(extent)
    if size > (_LONGEST if extent.dims == 1 else _LARGEST):
        raise ExtentTooLarge
    return size


def _parts_of(extent: Extent) -> list[tuple[District, GEOSGeometry]]:
    """Districts that more than a point of ``extent`` lies in, each with that part."""
    rows = District.objects.filter(edition=Edition.objects.in_force())
    touched = (
        rows.filter(boundary__intersects=extent)
        .annotate(inside=Intersection("boundary", extent))
        .defer("boundary", "outline")
        .select_related("edition")
    )
    return [(row, row.inside) for row in touched if _measured(row.inside) > 0]


def _measured(part: GEOSGeometry) -> float:
    """Metres or square metres; 0 for what is less than a line."""
    plane = part.transform(_METRIC, clone=True)
    return plane.area if part.dims == 2 else plane.length if part.dims == 1 else 0.0


def _in_district(placement: Placement, district: District) -> Placement:
    """A point on a border is located by the codes; the larger part binds."""
    if placement.district.pk == district.pk:
        return placement
    return replace(placement, district=district, neighbour=placement.district)
