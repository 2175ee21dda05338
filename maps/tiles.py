"""``/tiles/reports/``: vector tiles of the reports that may be shown, for other maps."""

import hashlib
import re

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from web.errors import NotFound

from .selection import Selection, WrongSelection, read_selection
from .summary.tiling import MAX_ZOOM, Tile, draw_tile, read_edition
from .turns import turns_of_tiles

_TYPE = "application/vnd.mapbox-vector-tile"
_NUMBER = re.compile(r"[0-9]{1,7}")


@require_safe
def tile(request: HttpRequest, z: str, x: str, y: str) -> HttpResponseBase:
    """One tile, with the filters of ``read_selection``. Its tag is the edition of the data, so that
    whoever has the tile of that edition gets 304. 204 where there are no reports; ``TooBusy`` while
    too many others are drawn.
    """
    wanted, selection = _parse({"z": z, "x": x, "y": y}), read_selection(request.GET)
    response = None
    if "If-None-Match" in request.headers:
        etag = _tag(selection, read_edition())
        response = get_conditional_response(request, etag)
    if response is None:
        with turns_of_tiles.take():
            drawn, edition = draw_tile(wanted, selection)
        etag = _tag(selection, edition)
        response = HttpResponse(drawn, _TYPE) if drawn else HttpResponse(status=204)
    response["ETag"] = etag
    # Scripts of any page may read it.
    response["Access-Control-Allow-Origin"] = "*"
    # Kept by everybody, but never drawn without asking whether it still holds.
    patch_cache_control(response, public=True, no_cache=True)
    return response


def _parse(given: dict[str, str]) -> Tile:
    """``WrongSelection`` for what is no number, ``NotFound`` for a tile that does not exist."""
    for name, text in given.items():
        if not _NUMBER.fullmatch(text):
            raise WrongSelection(fields={name: [_("Podaj liczbę całkowitą.")]})
    try:
        return Tile(**{name: int(text) for name, text in given.items()})
    except ValueError as missing:
        words = _("Nie ma takiego kafelka. Przybliżenia są od 0 do %(most)s.")
        raise NotFound(words % {"most": MAX_ZOOM}) from missing


def _tag(selection: Selection, edition: str) -> str:
    of_filters = hashlib.sha256(selection.as_query().encode()).hexdigest()[:8]
    return f'"{edition}-{of_filters}"'
