"""The part of the world that a map shows, as its address says it."""

import re
from collections.abc import Mapping
from math import isfinite

from django.utils.translation import gettext_lazy as _

from .selection import WrongSelection
from .summary.squares import Box

MAX_ZOOM = 22
_NUMBER = re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{1,20})?")
_ZOOM = re.compile(r"[0-9]{1,2}")


def read_extent(query: Mapping[str, str]) -> tuple[Box, int]:
    """``bbox`` (west, south, east, north in degrees) and ``zoom`` (0 to 22). Raises
    ``WrongSelection``.
    """
    zoom = query.get("zoom", "")
    if not _ZOOM.fullmatch(zoom) or int(zoom) > MAX_ZOOM:
        words = _("Podaj przybliżenie: liczbę od 0 do %(most)s.") % {"most": MAX_ZOOM}
        raise WrongSelection(fields={"zoom": [words]})
    return read_box(query.get("bbox", "")), int(zoom)


def read_box(text: str) -> Box:
    """Raises ``WrongSelection``. A box over the antimeridian is none: the city lies elsewhere."""
    parts = text.split(",", 4)
    if len(parts) != 4 or not all(_NUMBER.fullmatch(part) for part in parts):
        raise _wrong(_("Podaj cztery liczby: zachód,południe,wschód,północ."))
    west, south, east, north = (float(part) for part in parts)
    if not all(map(isfinite, (west, south, east, north))):
        raise _wrong(_("Liczba poza zakresem."))
    if max(abs(west), abs(east)) > 180 or max(abs(south), abs(north)) > 90:
        raise _wrong(_("Liczba poza zakresem."))
    if west > east or south > north:
        raise _wrong(_("Zachód musi leżeć przed wschodem, południe przed północą."))
    return west, south, east, north


def _wrong(words) -> WrongSelection:
    return WrongSelection(fields={"bbox": [str(words)]})
