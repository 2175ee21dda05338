"""Which desk serves somebody who lives at an address."""

from dataclasses import dataclass
from typing import Literal

from districts.errors import NoEdition, OutsideCity, OutsideLayer
from districts.gazetteer import FoundPlace, parse_coordinates
from districts.locating import locate
from districts.models import OSIEDLA
from districts.searching import find_by_words
from districts.suggesting import suggest_addresses

from .models import Desk, DeskDistrict, ProcedureVersion

_MOST_PLACES = 6
_State = Literal["found", "unclear", "unknown", "outside", "none"]


@dataclass(frozen=True, slots=True)
class DeskAnswer:
    """``state``: the ``desk`` is found; the address is unclear, and ``places`` are what it may
    mean (labels); it is unknown; it lies outside the city; or no desk is for its district.
    ``place``: the address as the city writes it.
    """

    state: _State
    desk: Desk | None = None
    place: str = ""
    places: tuple[str, ...] = ()


def find_desk(version: ProcedureVersion, text: str) -> DeskAnswer:
    """The desk of the version's unit for the address, crossing, named place or coordinates
    ``text``, by the districts of the procedure's layer (the osiedla if it names none).
    """
    layer = version.procedure.desk_layer_id or OSIEDLA
    if point := parse_coordinates(text):
        place = FoundPlace(label=text.strip(), street="", number="", district=None, location=point)
    else:
        found = find_by_words(text)
        if found is None or not _is_clear(found):
            places = _likely(text)
            return DeskAnswer("unclear" if places else "unknown", places=places)
        place = found
    try:
        district = _code_of(place, layer)
    except OutsideCity:
        return DeskAnswer("outside", place=place.label)
    except (OutsideLayer, NoEdition):
        return DeskAnswer("none", place=place.label)
    if district is None:
        return DeskAnswer("unclear", places=_likely(text))
    rows = DeskDistrict.objects.filter(unit=version.unit, layer=layer, code=district)
    row = rows.filter(desk__is_active=True).select_related("desk").first()
    return DeskAnswer("found" if row else "none", desk=row.desk if row else None, place=place.label)


def _is_clear(place: FoundPlace) -> bool:
    """Whether it is one address, crossing or place: a street alone may lie in many districts."""
    return bool(place.number or place.kind) and not place.districts


def _code_of(place: FoundPlace, layer: str) -> str | None:
    if place.location is not None:
        return locate(place.location, layer=layer).district.code
    # Only the osiedle of such an address is known.
    return place.district.code if place.district and layer == OSIEDLA else None


def _likely(text: str) -> tuple[str, ...]:
    found = suggest_addresses(text, limit=_MOST_PLACES)
    return tuple(dict.fromkeys(place.label for place in found))
