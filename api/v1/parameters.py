"""Reads numbers in query parameters strictly; a refusal names the parameter."""

import math
import re
from datetime import datetime

from django.contrib.gis.geos import Point
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ValidationError

from api.instants import read_instant
from reports.references import parse_reference
from web.errors import PortalError

_MOST_REFERENCES = 100

_NUMBER = re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{1,20})?")
_METRES = re.compile(r"[0-9]{1,6}(\.[0-9]{1,20})?")


def _parse_number(text: str | None, *, name: str, limit: float) -> float:
    """A plain decimal within ±``limit``; ``ValidationError`` naming ``name`` otherwise."""
    if text is None or not _NUMBER.fullmatch(text):
        raise ValidationError({name: [_("Podaj liczbę dziesiętną, na przykład 51.7687.")]})
    number = float(text)
    if not math.isfinite(number) or abs(number) > limit:
        raise ValidationError({name: [_("Liczba poza zakresem.")]})
    return number


def parse_point(parameters) -> Point:
    """``lat`` and ``lon`` (EPSG:4326, degrees) as a point."""
    lat = _parse_number(parameters.get("lat"), name="lat", limit=90)
    lon = _parse_number(parameters.get("lon"), name="lon", limit=180)
    return Point(lon, lat, srid=4326)


def parse_instant(parameters, name: str = "at") -> datetime | None:
    """``name``: a date and time of ISO 8601, or a date for its first moment; without a zone it is
    that of the city. None if it is absent.
    """
    text = parameters.get(name)
    if not text:
        return None
    try:
        return read_instant(text)
    except (ValueError, OverflowError) as fault:
        words = _("Podaj datę, na przykład 2026-02-01 albo 2026-02-01T12:00:00+01:00.")
        raise ValidationError({name: [words]}) from fault


def parse_accuracy(parameters) -> float | None:
    """``accuracy`` of a location in metres; None if it is absent or not a number."""
    text = parameters.get("accuracy")
    return float(text) if text and _METRES.fullmatch(text) else None


def parse_references(text: str) -> list[str]:
    """Numbers of reports between commas, in any spelling, as they are stored."""
    parts = text.split(",", _MOST_REFERENCES)
    if len(parts) > _MOST_REFERENCES:
        words = _("Podaj najwyżej %(most)s numerów.") % {"most": _MOST_REFERENCES}
        raise ValidationError({"references": [words]})
    try:
        return [parse_reference(part) for part in parts]
    except PortalError as refusal:
        raise ValidationError({"references": [str(refusal.detail)]}) from refusal


def parse_bbox(text: str | None) -> tuple[float, float, float, float] | None:
    """``west,south,east,north`` (degrees); None if the parameter is absent."""
    if not text:
        return None
    parts = text.split(",")
    if len(parts) != 4:
        raise ValidationError({"bbox": [_("Podaj cztery liczby: zachód,południe,wschód,północ.")]})
    west, south, east, north = (_parse_number(part, name="bbox", limit=180) for part in parts)
    if west > east or south > north:
        raise ValidationError(
            {"bbox": [_("Zachód musi leżeć przed wschodem, południe przed północą.")]}
        )
    return west, south, east, north
