"""The osiedla as a drawing, coloured by reports for 1,000 residents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians

from django.contrib.gis.geos import MultiPolygon
from django.utils.formats import number_format

from districts.models import District, Edition
from maps.pages.shading import shades_of

from .tables import Row

_WIDTH = 1000
# Degrees of latitude are longer here, by so much.
_LONGER = 1 / cos(radians(51.77))


@dataclass(frozen=True, slots=True)
class Area:
    """``path``: of an SVG; ``shade``: as on the public map, None where nothing can be said."""

    path: str
    words: str
    shade: int | None


@dataclass(frozen=True, slots=True)
class Drawing:
    """``classes``: each shade that there is, and its numbers in words, from the lowest."""

    width: int
    height: int
    areas: Sequence[Area]
    classes: Sequence[tuple[int, str]]


def districts_in_force() -> list[District]:
    shown = District.objects.filter(edition=Edition.objects.in_force_or_none())
    return list(shown.only("code", "name", "population", "outline"))


def draw(districts: Sequence[District], rows: Sequence[Row]) -> Drawing | None:
    """None where no district has a number."""
    found: Mapping[str, Row] = {row.code: row for row in rows}
    rates = {code: row.rate for code, row in found.items() if row.rate is not None}
    if not rates:
        return None
    west, south, east, north = _extent([one.outline for one in districts])
    scale = _WIDTH / (east - west)
    shades = shades_of(list(rates.values()))
    areas = []
    for one in districts:
        row = found.get(one.code)
        rate = rates.get(one.code)
        words = f"{one.name}: {row.rate_words if row else '–'}"
        path = _path(one.outline, west, north, scale)
        areas.append(Area(path, words, None if rate is None else shades[rate]))
    classes: dict[int, list[float]] = {}
    for rate in sorted(shades):
        classes.setdefault(shades[rate], []).append(rate)
    height = round((north - south) * scale * _LONGER)
    return Drawing(_WIDTH, height, areas, [(one, _range(in_it)) for one, in_it in classes.items()])


def _extent(outlines: Sequence[MultiPolygon]) -> tuple[float, float, float, float]:
    wests, souths, easts, norths = zip(*(one.extent for one in outlines), strict=True)
    return min(wests), min(souths), max(easts), max(norths)


def _path(outline: MultiPolygon, west: float, north: float, scale: float) -> str:
    rings = (ring for polygon in outline.coords for ring in polygon)
    return "".join(
        "M"
        + "L".join(
            f"{(lon - west) * scale:.0f} {(north - lat) * scale * _LONGER:.0f}" for lon, lat in ring
        )
        + "Z"
        for ring in rings
    )


def _range(rates: Sequence[float]) -> str:
    low, high = (number_format(rate, decimal_pos=1) for rate in (rates[0], rates[-1]))
    return low if low == high else f"{low}–{high}"
