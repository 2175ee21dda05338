"""Reads the parameters of the standard strictly: what is unknown or malformed is refused."""

import math
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.contrib.gis.geos import Polygon
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from api.instants import read_instant
from web.errors import PortalError

from .crs import ALL, BY_URI, CRS84, Crs

MOST, USUAL = 10_000, 1_000
OF_ITEMS = ("bbox", "bbox-crs", "crs", "datetime", "limit", "after")
OF_ITEM = ("crs",)

_NUMBER = re.compile(r"[+-]?[0-9]{1,20}(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,2})?")
_COUNT = re.compile(r"[0-9]{1,18}")
_OPEN = ("", "..")


class BadParameter(PortalError):
    code = "invalid"

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(f"{name}: {sentence}", fields={name: [sentence]})


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked of a collection. ``areas``: where features must lie, in any of them; None
    means everywhere. ``since`` and ``until``: the instants asked for, both included, None where
    that side is open; ``is_timeless`` if none was named. ``after``: the key of the last feature of
    the page before.
    """

    crs: Crs
    areas: list[Polygon] | None
    since: datetime | None
    until: datetime | None
    is_timeless: bool
    limit: int
    after: int


def refuse_unknown(request: HttpRequest, known: Collection[str] = ()) -> None:
    for name in request.GET:
        if name not in known:
            raise BadParameter(name, _("Tu nie ma takiego parametru."))


def parse_query(request: HttpRequest) -> Query:
    refuse_unknown(request, OF_ITEMS)
    values = request.GET
    since, until = _parse_datetime(values.get("datetime"))
    return Query(
        crs=parse_crs(values),
        areas=_parse_bbox(values),
        since=since,
        until=until,
        is_timeless="datetime" not in values,
        limit=min(_parse_count(values, "limit", USUAL, least=1), MOST),
        after=_parse_count(values, "after", 0),
    )


def parse_crs(values: QueryDict, name: str = "crs") -> Crs:
    uri = values.get(name)
    if uri is None:
        return CRS84
    if uri not in BY_URI:
        known = {"known": ", ".join(crs.uri for crs in ALL)}
        words = _("Nie znamy tego układu współrzędnych. Znamy: %(known)s.")
        raise BadParameter(name, words % known)
    return BY_URI[uri]


def _parse_count(values: QueryDict, name: str, usual: int, *, least: int = 0) -> int:
    text = values.get(name)
    if text is None:
        return usual
    if not _COUNT.fullmatch(text) or int(text) < least:
        raise BadParameter(name, _("Podaj liczbę całkowitą od %(least)s.") % {"least": least})
    return int(text)


def _parse_bbox(values: QueryDict) -> list[Polygon] | None:
    crs = parse_crs(values, "bbox-crs")
    text = values.get("bbox")
    if text is None:
        return None
    parts = text.split(",", 6)
    if len(parts) not in (4, 6) or not all(map(_NUMBER.fullmatch, parts)):
        raise BadParameter("bbox", _("Podaj cztery albo sześć liczb po przecinku."))
    numbers = [float(part) for part in parts]
    if not all(map(math.isfinite, numbers)):
        raise BadParameter("bbox", _("Podaj cztery albo sześć liczb po przecinku."))
    # Nothing here has a height, so the third number of each corner says nothing.
    half = len(numbers) // 2
    (a, b), (c, d) = numbers[:2], numbers[half : half + 2]
    try:
        return crs.areas_of((a, b, c, d))
    except ValueError as fault:
        words = _("Najpierw podaj dolny lewy róg, potem górny prawy, w kolejności osi układu.")
        raise BadParameter("bbox", words) from fault


def _parse_datetime(text: str | None) -> tuple[datetime | None, datetime | None]:
    """The first and the last instant of ``datetime``, None where it is open."""
    if text is None:
        return None, None
    first, slash, last = text.partition("/")
    try:
        if not slash:
            return (moment := read_instant(text)), moment
        since = None if first in _OPEN else read_instant(first)
        until = None if last in _OPEN else read_instant(last, end_of_day=True)
    except (ValueError, OverflowError) as fault:
        words = _("Podaj chwilę, na przykład 2026-02-01T12:00:00Z, albo dwie z ukośnikiem.")
        raise BadParameter("datetime", words) from fault
    if since and until and since > until:
        raise BadParameter("datetime", _("Początek musi być przed końcem."))
    return since, until
