"""Drafts of editions: begun, changed by steps that can be undone and done again, described."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

import shapely
from django.contrib.gis.geos import GEOSGeometry, Point
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from districts.models import District, DraftChange, Edition, EditionStep, Layer
from web.errors import PortalError

from .outlines_and_borders import as_multipolygon

Word = DraftChange.Word
Step = EditionStep.Word
_NAMES = ("name", "borough", "teryt", "population")


class NotADraft(PortalError):
    code = "not_a_draft"
    status = 409
    detail = gettext_lazy("To wydanie nie jest już szkicem i się nie zmienia. Zacznij nowy szkic.")


class DraftChanged(PortalError):
    """Somebody else changed the draft since it was read; ``revision`` is the one it has now, ``by``
    and ``at`` (UTC) tell of the last change.
    """

    code = "draft_changed"
    status = 409

    def __init__(self, edition: Edition) -> None:
        who = edition.changed_by.get_username() if edition.changed_by else _("ktoś inny")
        detail = _("Ten szkic zmienił w międzyczasie %(who)s. Twojej zmiany nie zapisaliśmy.")
        at = edition.changed_at.isoformat() if edition.changed_at else None
        super().__init__(detail % {"who": who}, revision=edition.revision, by=who, at=at)


class CodeTaken(PortalError):
    code = "code_taken"
    status = 409
    field = "code"
    detail = gettext_lazy("Wydanie o tym oznaczeniu już jest.")


class NothingToUndo(PortalError):
    code = "nothing_to_undo"
    status = 409
    detail = gettext_lazy("Nie ma już czego cofnąć ani powtórzyć.")


@dataclass(frozen=True, slots=True)
class Shape:
    """A district as a draft has it. ``boundary``: EPSG:4326, valid or not."""

    name: str
    boundary: shapely.Polygon | shapely.MultiPolygon
    borough: str = ""
    teryt: str = ""
    population: int | None = None


@transaction.atomic
def begin_draft(
    layer: Layer, code: str, *, by, source: str, credit: str, is_empty: bool = False
) -> Edition:
    """A draft of ``layer`` based on its edition in force, with the districts of that one unless
    ``is_empty``. Raises ``CodeTaken``.
    """
    if Edition.objects.filter(code=code).exists():
        raise CodeTaken
    base = Edition.objects.in_force_or_none(layer.pk)
    draft = Edition.objects.create(
        layer=layer, code=code, based_on=base, source=source, credit=credit, author=by
    )
    if base is not None and not is_empty:
        rows = list(base.districts.all())
        for row in rows:
            row.pk, row.edition, row.outline = None, draft, row.boundary
        District.objects.bulk_create(rows)
    EditionStep.objects.create(
        edition=draft, word=Step.BEGUN, by=by, details={"based_on": base.code if base else None}
    )
    return draft


def lock_draft(
    edition: Edition, *, revision: int | None = None, key: UUID | None = None
) -> Edition:
    """The row, locked until the end of the transaction. Raises ``NotADraft``, and ``DraftChanged``
    unless it still has ``revision`` (None: any), or its last change is the one with ``key``.
    """
    # Approving waits for whoever changes districts, so the lock is one that theirs waits for.
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    if locked.approved_at or locked.withdrawn_at:
        raise NotADraft
    if revision is not None and locked.revision != revision and not is_done(locked, key):
        raise DraftChanged(locked)
    return locked


def is_done(locked: Edition, key: UUID | None) -> bool:
    """Whether the change with this key is the last one: then its answer got lost, and it is sent
    once more.
    """
    return key is not None and locked.change_key == key


@transaction.atomic
def change_draft(
    edition: Edition,
    shapes: Mapping[str, Shape | None],
    *,
    by,
    word: DraftChange.Word,
    revision: int | None = None,
    key: UUID | None = None,
    details: Mapping[str, object] | None = None,
) -> Edition:
    """Give the districts with these codes these shapes; None takes one away. The draft needs to be
    checked anew. One with the ``key`` of the last change is that change, and done already. Raises
    ``NotADraft`` and ``DraftChanged``; then nothing is changed.
    """
    locked = lock_draft(edition, revision=revision, key=key)
    if is_done(locked, key):
        return locked
    # What was undone cannot be done again on top of something else.
    locked.changes.filter(undone_at__isnull=False).delete()
    last = locked.changes.last()
    DraftChange.objects.create(
        edition=locked,
        number=last.number + 1 if last else 1,
        word=word,
        details=dict(details or {}),
        kept=_replace(locked, shapes),
        by=by,
        at=timezone.now(),
    )
    return _next_revision(locked, by, key)


@transaction.atomic
def undo_change(
    edition: Edition, *, by, revision: int | None = None, key: UUID | None = None
) -> Edition:
    """Take the last change back; ``key`` as for ``change_draft``. Raises ``NothingToUndo``,
    ``NotADraft``, ``DraftChanged``.
    """
    locked = lock_draft(edition, revision=revision, key=key)
    if is_done(locked, key):
        return locked
    change = locked.changes.filter(undone_at__isnull=True).last()
    _swap(change, timezone.now())
    return _next_revision(locked, by, key)


@transaction.atomic
def redo_change(
    edition: Edition, *, by, revision: int | None = None, key: UUID | None = None
) -> Edition:
    """Do again what was taken back last. Raises as ``undo_change`` does."""
    locked = lock_draft(edition, revision=revision, key=key)
    if is_done(locked, key):
        return locked
    change = locked.changes.filter(undone_at__isnull=False).first()
    _swap(change, None)
    return _next_revision(locked, by, key)


@transaction.atomic
def describe_draft(edition: Edition, *, by, **words: object) -> Edition:
    """Set ``source``, ``credit``, ``source_date``, ``reason`` or ``resolution``. ``NotADraft``."""
    locked = lock_draft(edition)
    for name, value in words.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(words))
    EditionStep.objects.create(
        edition=locked, word=Step.DESCRIBED, by=by, details={"fields": sorted(words)}
    )
    return locked


def _swap(change: DraftChange | None, undone_at) -> None:
    if change is None:
        raise NothingToUndo
    others = {code: kept and _read(kept) for code, kept in change.kept.items()}
    change.kept = _replace(change.edition, others)
    change.undone_at = undone_at
    change.save(update_fields=["kept", "undone_at"])


def _next_revision(locked: Edition, by, key: UUID | None) -> Edition:
    locked.revision += 1
    locked.checked_at = None
    locked.changed_by, locked.changed_at, locked.change_key = by, timezone.now(), key
    locked.save(update_fields=["revision", "checked_at", "changed_by", "changed_at", "change_key"])
    # They follow from boundaries that were; the next check writes them.
    locked.borders.all().delete()
    return locked


def _replace(edition: Edition, shapes: Mapping[str, Shape | None]) -> dict[str, dict | None]:
    """Write ``shapes`` in place of what is there; the result is what was there."""
    rows = {row.code: row for row in edition.districts.filter(code__in=shapes)}
    kept = {code: _write(rows[code]) if code in rows else None for code in shapes}
    edition.borders.filter(left__in=rows.values()).delete()
    edition.borders.filter(right__in=rows.values()).delete()
    edition.districts.filter(code__in=shapes).delete()
    District.objects.bulk_create(
        [_row(edition, code, shape) for code, shape in shapes.items() if shape is not None],
        batch_size=500,
    )
    return kept


def _row(edition: Edition, code: str, shape: Shape) -> District:
    boundary = as_multipolygon(shape.boundary)
    return District(
        edition=edition,
        code=code,
        label_point=_label_point(shape.boundary),
        boundary=boundary,
        outline=boundary,
        **{name: getattr(shape, name) for name in _NAMES},
    )


def _label_point(boundary: shapely.Geometry) -> Point:
    """The middle of the largest circle that fits in; in what is invalid, some point of it."""
    try:
        middle = shapely.maximum_inscribed_circle(boundary, tolerance=1e-4).coords[0]
    except shapely.GEOSException:
        middle = shapely.get_coordinates(boundary)[0]
    return Point(float(middle[0]), float(middle[1]), srid=4326)


def _write(row: District) -> dict:
    names = {name: getattr(row, name) for name in _NAMES}
    return names | {"boundary": row.boundary.hexewkb.decode()}


def _read(kept: dict) -> Shape:
    geometry = GEOSGeometry(kept["boundary"])
    names = {name: kept[name] for name in _NAMES}
    return Shape(boundary=shapely.from_wkb(bytes(geometry.wkb)), **names)


def shapes_of(edition: Edition, *, codes: Collection[str] | None = None) -> dict[str, Shape]:
    """By code, the districts of an edition, or only those with these codes."""
    rows = edition.districts.all() if codes is None else edition.districts.filter(code__in=codes)
    return {row.code: _read(_write(row)) for row in rows}
