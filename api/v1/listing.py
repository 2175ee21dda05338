"""The list of reports that may be shown, from one key to the next, however many there are."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

import orjson
from django.db.models import F, Q, QuerySet
from django.http import HttpResponseBase, QueryDict, StreamingHttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from catalogue.models import Category, CategoryGroup
from districts.neighbourhood import clip_to_neighbourhood
from maps.selection import district_keys
from reports.geojson import feature, feature_rows
from reports.models import Report, Status
from reports.public import PUBLIC_PLACE, seen_in

from .parameters import parse_bbox, parse_instant

_PAGE, _MOST = 500, 10_000
# So many are read by one statement; a larger page is sent piece by piece.
_PIECE = 1_000
_LIMIT = re.compile(r"[0-9]{1,20}")
_CODE = re.compile(r"[-a-zA-Z0-9_]{1,60}")
_LARGEST_KEY = 2**63 - 1


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a page begins: after the report with this instant and key, or in front of it."""

    at: datetime
    pk: int
    is_back: bool = False

    def __str__(self) -> str:
        text = f"{'-' if self.is_back else '+'}{self.at.isoformat()} {self.pk}"
        return urlsafe_b64encode(text.encode()).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class _List:
    """``column``: the instant by which it is ordered; ``is_rising``: the oldest first."""

    rows: QuerySet
    column: str
    is_rising: bool

    def read(self, place: _Place | None, most: int) -> list[dict]:
        """At most ``most`` rows after ``place``, or before it, in the order of the list."""
        is_back = place is not None and place.is_back
        is_rising = self.is_rising != is_back
        sign = "" if is_rising else "-"
        rows = self.rows.order_by(f"{sign}{self.column}", f"{sign}id")
        if place:
            word = "gt" if is_rising else "lt"
            # The first condition lets the index begin at the right place.
            rows = rows.filter(
                Q(**{f"{self.column}__{word}e": place.at}),
                Q(**{f"{self.column}__{word}": place.at}) | Q(**{f"id__{word}": place.pk}),
            )
        found = list(feature_rows(rows, at="place", key=F("pk"), instant=F(self.column))[:most])
        return found[::-1] if is_back else found


def list_reports(request: Request) -> HttpResponseBase:
    """A page of GeoJSON with the addresses of the next page and of the one before. A page of more
    than a thousand is sent while it is read.
    """
    query = request._request.GET
    listed, limit = _list_of(query), _read_limit(query.get("limit", ""))
    place = _read_place(query.get("cursor", ""))
    if limit > _PIECE and not (place and place.is_back):
        pieces = _pieces(request, listed, place, limit)
        # The first rows are read before the answer begins, so that a fault has a status of its own.
        begun = [next(pieces), next(pieces)]
        return StreamingHttpResponse(chain(begun, pieces), content_type="application/json")
    limit = min(limit, _PIECE)
    rows = listed.read(place, limit + 1)
    is_more = len(rows) > limit
    if place and place.is_back:
        rows = rows[-limit:]
        before, after = rows[0] if is_more else None, rows[-1] if rows else None
    else:
        rows = rows[:limit]
        before, after = rows[0] if place and rows else None, rows[-1] if is_more else None
    features = [feature(row) for row in rows]
    links = _links(request, before, after)
    return Response({"type": "FeatureCollection", "features": features, **links})


def _pieces(request: Request, listed: _List, place: _Place | None, limit: int) -> Iterator[bytes]:
    """The JSON of a page, in which each piece was read by a statement of its own."""
    yield b'{"type":"FeatureCollection","features":['
    here, left, is_more = place, limit, True
    first: dict | None = None
    while left and is_more:
        most = min(left, _PIECE)
        rows = listed.read(here, most + 1)
        is_more, rows = len(rows) > most, rows[:most]
        if rows:
            between = b"," if first else b""
            yield between + b",".join(orjson.dumps(feature(row)) for row in rows)
            first, last = first or rows[0], rows[-1]
            here = _place_of(last)
        left -= len(rows)
    before = first if place else None
    links = _links(request, before, last if first and is_more else None)
    yield b"]," + orjson.dumps(links)[1:]


def _links(request: Request, before: dict | None, after: dict | None) -> dict[str, str | None]:
    """The pages in front of the row ``before`` and after the row ``after``."""
    return {
        "next": _address(request, _place_of(after)) if after else None,
        "previous": (
            _address(request, replace(_place_of(before), is_back=True)) if before else None
        ),
    }


def _address(request: Request, place: _Place) -> str:
    return replace_query_param(request.build_absolute_uri(), "cursor", str(place))


def _place_of(row: dict) -> _Place:
    return _Place(row["instant"], row["key"])


def _read_place(text: str) -> _Place | None:
    if not text:
        return None
    try:
        plain = urlsafe_b64decode(text[:120] + "=" * (-len(text[:120]) % 4)).decode()
        moment, key = plain[1:].split(" ")
        place = _Place(datetime.fromisoformat(moment), int(key), is_back=plain[0] == "-")
    except (ValueError, IndexError) as wrong:
        raise _refused("cursor", _("Tej strony listy nie ma. Zacznij od początku.")) from wrong
    if plain[0] not in "+-" or place.at.tzinfo is None or not 0 < place.pk <= _LARGEST_KEY:
        raise _refused("cursor", _("Tej strony listy nie ma. Zacznij od początku."))
    return place


def _read_limit(text: str) -> int:
    """As many as there may be, if more are wanted; the usual number for what is no number."""
    return min(int(text), _MOST) or _PAGE if _LIMIT.fullmatch(text) else _PAGE


def _list_of(query: QueryDict) -> _List:
    rows = Report.objects.public().annotate(place=PUBLIC_PLACE)
    if bbox := parse_bbox(query.get("bbox")):
        near = clip_to_neighbourhood(bbox)
        rows = rows.filter(seen_in(near)) if near else rows.none()
    if codes := _known(query, "category", Category, _("Nie ma takiej kategorii.")):
        rows = rows.filter(category__code__in=codes)
    if codes := _known(query, "group", CategoryGroup, _("Nie ma takiej grupy kategorii.")):
        rows = rows.filter(category__group__code__in=codes)
    if statuses := [one for one in query.getlist("status") if one]:
        if set(statuses) - set(Status.values):
            raise _refused("status", _("Nie ma takiego statusu."))
        rows = rows.filter(status__in=statuses)
    if code := query.get("district", ""):
        if not (keys := district_keys(code)):
            raise _refused("district", _("Nie ma takiego osiedla."))
        rows = rows.filter(district__in=keys)
    if since := parse_instant(query, "updated_after"):
        return _List(rows.filter(updated_at__gt=since), "updated_at", is_rising=True)
    return _List(rows, "created_at", is_rising=False)


def _known(
    query: QueryDict, name: str, model: type[Category | CategoryGroup], words: Promise
) -> list[str]:
    codes = [one for one in query.getlist(name) if one]
    plain = [one for one in codes if _CODE.fullmatch(one)]
    if codes and model.objects.filter(code__in=plain).count() != len(set(codes)):
        raise _refused(name, words)
    return codes


def _refused(name: str, words: Promise) -> ValidationError:
    return ValidationError({name: [str(words)]})
