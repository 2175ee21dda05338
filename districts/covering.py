"""Which districts a line or an area touches, and how much of it lies in each."""

from dataclasses import dataclass, replace

from django.contrib.gis.db.models.functions import Intersection
from django.contrib.gis.geos import GEOSGeometry, LineString, Point, Polygon
from django.utils.translation import gettext_lazy as _

from web.errors import PortalError

from .locating import Placement, locate
from .models import District, Edition

_MOST_METRES = 2_000
_MOST_SQUARE_METRES = 500_000
# PL-1992, the plane coordinate system of Poland, in which lengths and areas are measured.
_METRIC_SRID = 2180
Extent = LineString | Polygon


class _ExtentRefused(PortalError):
    """Base of the refusals below; a form shows the sentence beside its field ``extent``."""

    status = 422
    field = "extent"


class ExtentTooLarge(_ExtentRefused):
    code = "extent_too_large"
    detail = _("To za dużo na jedno zgłoszenie: najwyżej 2 km odcinka albo 0,5 km² obszaru.")


class ExtentCrossed(_ExtentRefused):
    code = "extent_crossed"
    detail = _("Brzegi obszaru się przecinają. Postaw punkty po kolei, dookoła.")


class ExtentOutside(_ExtentRefused):
    code = "extent_outside"
    detail = _("Większa część tego miejsca leży poza Łodzią.")


@dataclass(frozen=True, slots=True)
class Share:
    """``part``: how much of the extent lies in the district, above 0 and at most 1."""

    district: District
    part: float


@dataclass(frozen=True, slots=True)
class Cover:
    """Where a line or an area lies.

    ``placement``: of ``point``, which lies on the extent, in the district with the largest share
    (EPSG:4326). ``shares``: the largest first, equal ones in the order of codes. ``size``: metres
    of a line, square metres of an area.
    """

    placement: Placement
    point: Point
    shares: list[Share]
    size: float


def find_cover(extent: Extent, *, edition: Edition | None = None) -> Cover:
    """Where ``extent`` (EPSG:4326) lies, by the edition in force or by ``edition``.

    A line along a border belongs to both districts by equal parts. Raises ``ExtentTooLarge``,
    ``ExtentCrossed`` and, if most of it lies outside the city, ``ExtentOutside``.
    """
    if not extent.valid:
        raise ExtentCrossed
    size = _measure_size(extent)
    if size > (_MOST_METRES if extent.dims == 1 else _MOST_SQUARE_METRES):
        raise ExtentTooLarge
    parts = _find_parts(extent, edition or Edition.objects.in_force())
    total = sum(_measure_size(part) for _district, part in parts)
    if not total or total < size / 2:
        raise ExtentOutside
    parts.sort(key=lambda row: (-round(_measure_size(row[1]), 2), row[0].code))
    shares = [Share(district, _measure_size(part) / total) for district, part in parts]
    largest, point = shares[0].district, parts[0][1].point_on_surface
    placement = locate(point, edition=edition)
    # The district with the largest share counts. A point on a border may be located in the one
    # beside it, because there the codes decide.
    if placement.district.pk != largest.pk:
        placement = replace(placement, district=largest, neighbour=placement.district)
    return Cover(placement, point, shares, size)


def _find_parts(extent: Extent, edition: Edition) -> list[tuple[District, GEOSGeometry]]:
    """The districts in which more than single points of ``extent`` lie, each with that part."""
    rows = District.objects.filter(edition=edition)
    touched = (
        rows.filter(boundary__intersects=extent)
        .annotate(inside=Intersection("boundary", extent))
        .defer("boundary", "outline")
        .select_related("edition")
    )
    return [(row, row.inside) for row in touched if _measure_size(row.inside) > 0]


def _measure_size(part: GEOSGeometry) -> float:
    """Metres of a line, square metres of an area, 0 for points."""
    plane = part.transform(_METRIC_SRID, clone=True)
    return plane.area if part.dims == 2 else plane.length if part.dims == 1 else 0.0
