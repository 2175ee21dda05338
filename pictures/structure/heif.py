"""HEIC and AVIF: boxes within boxes. The box ``meta`` lists the items of the file (pictures, tiles,
metadata) and their properties.
"""

from collections.abc import Iterator
from typing import NamedTuple

from pictures.errors import PhotoDamaged

from .pieces import Pieces, check_pixels

# First brands of files that a decoder of ours opens.
BRANDS = {
    *(b"avif", b"avis", b"mif1", b"msf1"),
    *(b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"),
}
# Kinds of items: pictures (HEVC, AV1), pictures made of others (grid, crop, overlay, tone map), and
# metadata. One decoder crashed on another kind (docs/upstream/pi-heif-item-type.md).
_ITEM_TYPES = {
    *(b"hvc1", b"av01", b"grid", b"iden", b"iovl", b"tmap"),
    *(b"Exif", b"mime", b"uri "),
}
# A phone's photo of 48 megapixels has some 200 tiles, and as many again for its brightness.
_MOST_ITEMS = 2_000
_MOST_BOXES = 64
_MOST_PROPERTIES = 2_000


class _Box(NamedTuple):
    """``start`` and ``end`` of the content, in bytes of the file."""

    kind: bytes
    start: int
    end: int


def check_heif(pieces: Pieces) -> None:
    """Visit the list of items and their sizes. Pixels that are missing are left to the decoder."""
    kinds = set()
    for box in _boxes(pieces, 0, pieces.size, most=_MOST_BOXES):
        kinds.add(box.kind)
        if box.kind == b"meta":
            _check_meta(pieces, box)
            return
    # A sequence of pictures may have tracks only.
    if b"moov" not in kinds:
        raise PhotoDamaged


def _check_meta(pieces: Pieces, meta: _Box) -> None:
    if meta.end > pieces.size:
        raise PhotoDamaged
    # Before its boxes, ``meta`` has a version and flags.
    inner = {box.kind: box for box in _inner_boxes(pieces, meta, skip=4, most=_MOST_BOXES)}
    if not {b"iinf", b"iprp"} <= inner.keys():
        raise PhotoDamaged
    _check_items(pieces, inner[b"iinf"])
    _check_properties(pieces, inner[b"iprp"])
    if b"iref" in inner:
        # References between items; each is a box.
        for _reference in _inner_boxes(pieces, inner[b"iref"], skip=4, most=_MOST_ITEMS):
            pass
    if b"iloc" in inner:
        _check_locations(pieces, inner[b"iloc"])


def _check_items(pieces: Pieces, iinf: _Box) -> None:
    """Every item is of a kind that decoders know."""
    count, skip = _read_count(pieces, iinf)
    if not 0 < count <= _MOST_ITEMS:
        raise PhotoDamaged
    items = list(_inner_boxes(pieces, iinf, skip=skip, most=_MOST_ITEMS))
    if len(items) != count:
        raise PhotoDamaged
    for item in items:
        if item.kind != b"infe":
            raise PhotoDamaged
        (version,) = pieces.unpack(">B", item.start)
        # The item's number (four bytes in version 3), two bytes of protection, then its kind.
        kind_at = {2: 8, 3: 10}.get(version)
        if kind_at is None or pieces.unpack("4s", item.start + kind_at)[0] not in _ITEM_TYPES:
            raise PhotoDamaged


def _check_properties(pieces: Pieces, iprp: _Box) -> None:
    """At least one size is given, and none is too large."""
    sizes = 0
    for box in _inner_boxes(pieces, iprp, skip=0, most=_MOST_BOXES):
        if box.kind == b"ipma":
            (count,) = pieces.unpack(">4xI", box.start)
            if count > _MOST_ITEMS:
                raise PhotoDamaged
        if box.kind != b"ipco":
            continue
        for one in _inner_boxes(pieces, box, skip=0, most=_MOST_PROPERTIES):
            if one.kind == b"ispe":
                check_pixels(*pieces.unpack(">4xII", one.start))
                sizes += 1
    if not sizes:
        raise PhotoDamaged


def _check_locations(pieces: Pieces, iloc: _Box) -> None:
    """Where the bytes of each item are: no more entries than there may be items."""
    (version,) = pieces.unpack(">B", iloc.start)
    (count,) = pieces.unpack(">6xH" if version < 2 else ">6xI", iloc.start)
    if count > _MOST_ITEMS:
        raise PhotoDamaged


def _read_count(pieces: Pieces, box: _Box) -> tuple[int, int]:
    """The number of entries that ``box`` announces, and how many bytes stand before the first."""
    (version,) = pieces.unpack(">B", box.start)
    form, skip = (">4xH", 6) if version == 0 else (">4xI", 8)
    return pieces.unpack(form, box.start)[0], skip


def _inner_boxes(pieces: Pieces, box: _Box, *, skip: int, most: int) -> Iterator[_Box]:
    """The boxes in ``box`` after its first ``skip`` bytes; each must end within it."""
    for inner in _boxes(pieces, box.start + skip, box.end, most=most):
        if inner.end > box.end:
            raise PhotoDamaged
        yield inner


def _boxes(pieces: Pieces, start: int, end: int, *, most: int) -> Iterator[_Box]:
    """The boxes that stand between ``start`` and ``end``. Raises ``PhotoDamaged`` for more than
    ``most``.
    """
    position = start
    for _number in range(most):
        if position + 8 > end:
            return
        length, kind = pieces.unpack(">I4s", position)
        content = position + 8
        if length == 1:
            (length,) = pieces.unpack(">Q", content)
            content += 8
        elif length == 0:
            length = end - position
        if length < content - position:
            raise PhotoDamaged
        yield _Box(kind, content, position + length)
        position += length
    raise PhotoDamaged
