"""What somebody draws in the browser: one act on a draft, checked and kept as one change of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

import shapely
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from districts.models import DraftChange, Edition
from web.errors import PortalError

from .drafting import Shape, change_draft, is_done, lock_draft, shapes_of
from .fitting import invalid_place


class Drawn(models.TextChoices):
    MOVED = "moved", gettext_lazy("przesunięto wierzchołek")
    INSERTED = "inserted", gettext_lazy("dodano wierzchołek")
    REMOVED = "removed", gettext_lazy("usunięto wierzchołek")
    SNAPPED = "snapped", gettext_lazy("dosunięto wierzchołek do sąsiada")
    SPLIT = "split", gettext_lazy("podzielono obszar")
    MERGED = "merged", gettext_lazy("połączono obszary")
    RENAMED = "renamed", gettext_lazy("zmieniono nazwę")


class CannotDraw(PortalError):
    code = "cannot_draw"
    status = 422
    detail = gettext_lazy("Tej zmiany nie da się zapisać. Wczytaj szkic jeszcze raz.")


@dataclass(frozen=True, slots=True)
class Names:
    name: str
    borough: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """``areas``: by code, the new boundary (EPSG:4326), None for a district that goes.
    ``names``: by code, of what is renamed or new.
    """

    act: Drawn
    areas: Mapping[str, shapely.MultiPolygon | None]
    names: Mapping[str, Names]


@transaction.atomic
def draw(edition: Edition, drawing: Drawing, *, by, revision: int, key: UUID) -> Edition:
    """Keep one act upon the draft of ``revision``; the same ``key`` again is done already. Raises
    ``NotADraft``, ``DraftChanged`` and ``CannotDraw``.
    """
    locked = lock_draft(edition, revision=revision, key=key)
    if is_done(locked, key):
        return locked
    touched = drawing.areas.keys() | drawing.names.keys()
    had = shapes_of(locked, codes=touched)
    _refuse_wrong_codes(drawing, had)
    shapes = {code: _drawn(drawing, code, had) for code in sorted(touched)}
    _refuse_broken(shapes, had)
    named = [(shapes[code] or had[code]).name for code in sorted(touched)]
    return change_draft(
        locked,
        shapes,
        by=by,
        word=DraftChange.Word.DRAWN,
        key=key,
        details={"drawn": drawing.act.value, "codes": sorted(touched), "names": named},
    )


def _refuse_wrong_codes(drawing: Drawing, had: Mapping[str, Shape]) -> None:
    """Only a split makes a district, and only a merge takes one away, one each. Only what is new or
    renamed has names.
    """
    new = {code for code, area in drawing.areas.items() if area is not None} - had.keys()
    gone = {code for code, area in drawing.areas.items() if area is None}
    named = drawing.names.keys()
    fits = {
        Drawn.SPLIT: len(new) == 1 < len(drawing.areas) and not gone and named == new,
        Drawn.MERGED: not new and len(gone) == 1 and len(drawing.areas) == 2 and not named,
        Drawn.RENAMED: not drawing.areas and len(named) == 1,
    }
    is_known = (gone | named) <= had.keys() | new
    moves = bool(drawing.areas) and not (new or gone or named)
    if not is_known or not fits.get(drawing.act, moves):
        raise CannotDraw


def _drawn(drawing: Drawing, code: str, had: Mapping[str, Shape]) -> Shape | None:
    names = drawing.names.get(code)
    if names and code not in drawing.areas:
        return replace(had[code], name=names.name, borough=names.borough)
    area = drawing.areas[code]
    if area is None:
        return None
    if names:
        return Shape(boundary=area, name=names.name, borough=names.borough)
    shape = replace(had[code], boundary=area)
    if drawing.act == Drawn.SPLIT and _is_smaller(area, had[code].boundary):
        # Nobody has counted who lives in which part.
        return replace(shape, population=None)
    if drawing.act == Drawn.MERGED:
        known = [one.population for one in had.values()]
        together = sum(one for one in known if one is not None)
        return replace(shape, population=None if None in known else together)
    return shape


def _is_smaller(area: shapely.Geometry, before: shapely.Geometry) -> bool:
    """Neighbours of a split only get vertices of the line, to a centimetre."""
    return area.area < before.area * 0.9999


def _refuse_broken(shapes: Mapping[str, Shape | None], had: Mapping[str, Shape]) -> None:
    """What was broken before may be mended in several acts; nothing else becomes broken."""
    for code, shape in shapes.items():
        if shape is None or shape.boundary.is_valid:
            continue
        if code not in had or had[code].boundary.is_valid:
            place, _reason = invalid_place(shape.boundary)
            where = place.representative_point()
            words = _("Granica %(name)s przecina lub dotyka samej siebie: %(lat).5f, %(lon).5f.")
            raise CannotDraw(words % {"name": shape.name, "lat": where.y, "lon": where.x})
