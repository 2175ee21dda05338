"""Mends of a draft, on request only: each is shown before it is done, and can be undone.

No mend moves the outer border of the city: each result is compared with it.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

import shapely
from django.db import models
from django.utils.translation import gettext_lazy as _

from districts.models import DraftChange, Edition, EditionCheck, Finding
from web.errors import PortalError

from .drafting import NotADraft, Shape, change_draft, shapes_of
from .fitting import ROUNDING, Fit
from .flaws import city_outline
from .found import Kind, Severity
from .measuring import flatten, made_valid, metres, polygons_of, square_metres
from .snapping import snap_together

Grounds = dict[str, shapely.Geometry]
# Metres within which vertices are made one where a mend needs it of its own.
_EXACT = 0.001
# Changes smaller than this (m²) are traces of computing and not shown.
_NOTHING = 0.0001
# The most districts that are snapped at once: more would keep the person waiting.
_MOST_SNAPPED = 200


class Mend(models.TextChoices):
    SNAP = "snap", _("Zetknij z sąsiadami")
    GIVE = "give", _("Oddaj sąsiadowi")
    CLIP = "clip", _("Przytnij do miasta")
    VALID = "valid", _("Popraw kształt")


# Which mends a finding is offered, the likeliest first.
MENDS: dict[str, tuple[Mend, ...]] = {
    Kind.INVALID: (Mend.VALID,),
    Kind.OVERLAP: (Mend.GIVE, Mend.SNAP),
    Kind.GAP: (Mend.GIVE, Mend.SNAP),
    Kind.UNCOVERED: (Mend.GIVE, Mend.SNAP),
    Kind.MISMATCH: (Mend.SNAP,),
    Kind.SLIVER: (Mend.GIVE,),
    Kind.OUTSIDE: (Mend.CLIP,),
}


class CheckFirst(PortalError):
    code = "check_first"
    status = 409
    detail = _("Szkic zmienił się od sprawdzenia. Sprawdź go jeszcze raz, a potem napraw.")


class CannotMend(PortalError):
    code = "cannot_mend"
    status = 409
    detail = _("Ta naprawa tu nie pomoże. Spróbuj innej albo popraw granicę na mapie.")


class MovesOuterBorder(PortalError):
    code = "moves_outer_border"
    status = 409
    detail = _("Ta naprawa przesunęłaby granicę miasta, więc jej nie zrobimy.")


@dataclass(frozen=True, slots=True)
class Piece:
    """Ground (EPSG:4326) that the district ``code`` gains or loses, in m²."""

    code: str
    ground: shapely.Polygon
    square_metres: float
    is_gained: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a mend would do to the draft of ``revision``: districts with their new shapes (None:
    the district goes), and the ground that changes hands, ``square_metres`` of it.
    """

    mend: Mend
    revision: int
    shapes: dict[str, Shape | None]
    pieces: list[Piece]
    square_metres: float


def propose_mend(finding: Finding, mend: Mend, *, tolerance: float = 1.0) -> Proposal:
    """What ``mend`` would do about one finding of the last check. ``tolerance``: metres, for
    snapping. Raises ``CheckFirst``, ``CannotMend``, ``MovesOuterBorder``, ``NotADraft``.
    """
    if mend not in MENDS.get(finding.kind, ()):
        raise CannotMend
    place = shapely.from_wkb(bytes(finding.place.wkb))
    makers: dict[Mend, Callable[[Grounds, shapely.Geometry | None], Grounds]] = {
        Mend.VALID: lambda grounds, _city: {code: grounds[code] for code in finding.codes},
        Mend.CLIP: lambda grounds, city: _clip(grounds, finding.codes, city),
        Mend.GIVE: lambda grounds, _city: _give(grounds, place, finding),
        Mend.SNAP: lambda grounds, city: snap_together(
            grounds, finding.codes, tolerance=tolerance, outline=city
        ),
    }
    must_help = finding.severity == Severity.ERROR
    return _propose(finding.edition, mend, makers[mend], must_help=must_help)


def propose_snapping(edition: Edition, *, tolerance: float) -> Proposal:
    """What snapping would do to all districts with errors of their borders; as ``propose_mend``."""
    kinds = [kind for kind, mends in MENDS.items() if Mend.SNAP in mends]
    rows = edition.findings.filter(kind__in=kinds, severity=Severity.ERROR)
    codes = {code for row in rows.defer("place") for code in row.codes}
    if not codes or len(codes) > _MOST_SNAPPED:
        raise CannotMend

    def snap(grounds: Grounds, city: shapely.Geometry | None) -> Grounds:
        return snap_together(grounds, codes, tolerance=tolerance, outline=city)

    return _propose(edition, Mend.SNAP, snap, must_help=True)


def mend_draft(edition: Edition, proposal: Proposal, *, by) -> Edition:
    """Do what was shown, as one change of the draft. Raises ``DraftChanged``, ``NotADraft``."""
    return change_draft(
        edition,
        proposal.shapes,
        by=by,
        word=DraftChange.Word.MENDED,
        revision=proposal.revision,
        details={
            "mend": proposal.mend.value,
            "codes": sorted(proposal.shapes),
            "square_metres": round(proposal.square_metres, 2),
        },
    )


def _propose(
    edition: Edition,
    mend: Mend,
    make: Callable[[Grounds, shapely.Geometry | None], Grounds],
    *,
    must_help: bool,
) -> Proposal:
    draft = Edition.objects.get(pk=edition.pk)
    if draft.approved_at or draft.withdrawn_at:
        raise NotADraft
    checked = EditionCheck.objects.filter(edition=draft, revision=draft.revision)
    if not checked.exists():
        raise CheckFirst
    shapes, city = shapes_of(draft), city_outline()
    before = {code: made_valid(shape.boundary) for code, shape in shapes.items()}
    made = make(before, city)
    after = {**before, **made}
    after = {code: ground for code, ground in after.items() if not ground.is_empty}
    if mend != Mend.SNAP:
        # Corners that the mend made are given to the neighbours beside them.
        around = [code for code in made if code in after]
        after |= snap_together(after, around, tolerance=_EXACT, outline=city)
    changed = [
        code
        for code, shape in shapes.items()
        if code not in after or not shapely.equals_exact(shape.boundary, _like(after[code]))
    ]
    if not changed:
        raise CannotMend
    _refuse_useless(before, after, changed, shapes, must_help=must_help)
    _refuse_moved_border(before, after, changed, city)
    pieces = _pieces(before, after, changed)
    moved = [piece.ground for piece in pieces]
    return Proposal(
        mend=mend,
        revision=draft.revision,
        shapes={
            code: replace(shapes[code], boundary=after[code]) if code in after else None
            for code in changed
        },
        pieces=pieces,
        square_metres=float(sum(square_metres(polygons_of(shapely.union_all(moved))))),
    )


def _like(ground: shapely.Geometry) -> shapely.MultiPolygon:
    """As the database keeps it."""
    return ground if ground.geom_type == "MultiPolygon" else shapely.MultiPolygon([ground])


def _clip(grounds: Grounds, codes: Collection[str], city: shapely.Geometry | None) -> Grounds:
    if city is None:
        raise CannotMend
    return {
        code: shapely.MultiPolygon(polygons_of(grounds[code].intersection(city))) for code in codes
    }


def _give(grounds: Grounds, piece: shapely.Geometry, finding: Finding) -> Grounds:
    """Give ``piece`` to the neighbour with which it shares the longest border."""
    without = {
        code: shapely.MultiPolygon(polygons_of(ground.difference(piece)))
        for code, ground in grounds.items()
        if ground.intersects(piece)
    }
    # A sliver goes to somebody else than the district whose part it is.
    takers = [code for code in without if finding.kind != Kind.SLIVER or code not in finding.codes]
    takers = [code for code in takers if not without[code].is_empty]
    if not takers:
        raise CannotMend
    edge = shapely.buffer(piece.boundary, 1e-8)
    shared = metres([edge.intersection(without[code].boundary) for code in takers])
    _length, taker = max(zip(shared, takers, strict=True))
    given = {code: rest for code, rest in without.items() if not grounds[code].touches(piece)}
    whole = shapely.union(without[taker], piece)
    return given | {taker: shapely.MultiPolygon(polygons_of(whole))}


def _refuse_useless(
    before: Grounds, after: Grounds, changed: list[str], shapes: dict, *, must_help: bool
) -> None:
    """``CannotMend`` unless there are fewer errors among the changed districts and those around
    them than before, or at least not more.
    """
    tree = shapely.STRtree(list(before.values()))
    names = list(before)
    _seed, near = tree.query([before[code] for code in changed], "dwithin", distance=1e-5)
    local = {names[index] for index in near}
    given = {code: shapes[code].boundary for code in local}
    left = {code: after[code] for code in local if code in after}
    had, has = (
        sum(
            found.severity == Severity.ERROR
            for found in Fit(those, outline=None, covers_city=True).find_misfits()
        )
        for those in (given, left)
    )
    # What lacks at the edge of the city is no hole of the districts around it.
    if has > had or (must_help and has == had and not _covers_more(before, after, changed)):
        raise CannotMend


def _covers_more(before: Grounds, after: Grounds, changed: list[str]) -> bool:
    had = shapely.union_all([before[code] for code in changed])
    has = shapely.union_all([after[code] for code in changed if code in after])
    return bool(sum(square_metres(polygons_of(has.difference(had)))) > _NOTHING)


def _refuse_moved_border(
    before: Grounds, after: Grounds, changed: list[str], city: shapely.Geometry | None
) -> None:
    """``MovesOuterBorder`` if the districts reach further out of the city than before, or leave
    ground of it, by more than rounding.
    """
    had = shapely.union_all([before[code] for code in changed])
    has = shapely.union_all([after[code] for code in changed if code in after])
    gained, lost = has.difference(had), had.difference(has)
    others = [ground for code, ground in after.items() if code not in changed]
    lost = lost.difference(shapely.union_all([one for one in others if one.intersects(lost)]))
    if city is not None:
        gained, lost = gained.difference(city), lost.intersection(city)
    else:
        gained = shapely.MultiPolygon()
    pieces = [*polygons_of(gained), *polygons_of(lost)]
    if not shapely.is_empty(shapely.buffer(flatten(pieces), -ROUNDING / 2)).all():
        raise MovesOuterBorder


def _pieces(before: Grounds, after: Grounds, changed: list[str]) -> list[Piece]:
    grounds = []
    for code in changed:
        was, is_now = before[code], after.get(code, shapely.MultiPolygon())
        for is_gained, ground in ((True, is_now - was), (False, was - is_now)):
            grounds += [(code, part, is_gained) for part in polygons_of(ground)]
    sizes = square_metres([part for _code, part, _gained in grounds])
    return [
        Piece(code, part, float(size), is_gained)
        for (code, part, is_gained), size in zip(grounds, sizes, strict=True)
        if size > _NOTHING
    ]
