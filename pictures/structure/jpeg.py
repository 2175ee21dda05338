"""JPEG: segments, each begun by a marker, and scans of compressed pixels between them."""

import re
from dataclasses import dataclass

from pictures.errors import PhotoDamaged

from .pieces import LARGEST_PIECE, Pieces, check_pixels

# A photo of 15 MB whose metadata fill most of it (a depth map, say) has some 230 segments.
_MOST_SEGMENTS = 1_000
# Bytes between segments that mean nothing. Some cameras align segments by a few of them.
_MOST_FILL = 64 * 1024
# The usual progressive photo has 10 scans, one of four colours 18. Each costs a decoder a pass over
# all pixels, even if it is empty.
_MOST_SCANS = 32

_MARKER = re.compile(rb"\xff[^\x00\xff]")
# Within a scan, restart markers (0xD0 to 0xD7) belong to the pixels.
_MARKER_AFTER_SCAN = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")

_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
# Markers without a length: restarts, the start of an image, and one for temporary use.
_ALONE = {0x01, _START, *range(0xD0, 0xD8)}
# Markers of frames, without those for tables (0xC4, 0xC8, 0xCC), and those that are sequential.
_FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SEQUENTIAL = {0xC0, 0xC1, 0xC9}


@dataclass
class _Found:
    """What was met so far. ``components``: colours of the frame; none before its header."""

    segments: int = 0
    fill: int = 0
    scans: int = 0
    components: int = 0
    is_sequential: bool = False

    @property
    def is_within_limits(self) -> bool:
        return (
            self.segments <= _MOST_SEGMENTS
            and self.fill <= _MOST_FILL
            and self.scans <= _MOST_SCANS
        )


def check_jpeg(pieces: Pieces) -> None:
    """Visit all segments up to the pixels and, where the pixels come in many scans, all scans.

    A file that ends within its pixels passes: the decoder says what is missing.
    """
    found, position = _Found(), 2
    while True:
        marker_at = _find_marker(pieces, position, found)
        if marker_at is None:
            break
        (marker,) = pieces.unpack(">B", marker_at + 1)
        position = marker_at + 2
        found.segments += 1
        if marker == _END:
            break
        if marker not in _ALONE:
            (length,) = pieces.unpack(">H", position)
            if length < 2:
                raise PhotoDamaged
            content, position = position + 2, position + length
            if marker in _FRAMES:
                _read_frame(pieces, content, marker, found)
            if marker == _SCAN:
                if _is_only_scan(pieces, content, found):
                    return
                position = _end_of_scan(pieces, position)
        if not found.is_within_limits:
            raise PhotoDamaged
    if not found.scans:
        raise PhotoDamaged


def _find_marker(pieces: Pieces, position: int, found: _Found) -> int | None:
    """Where the next marker is; None at the end of the file. Bytes before it count as fill."""
    while found.fill <= _MOST_FILL:
        block = pieces.read(position, 512)
        if marker := _MARKER.search(block):
            found.fill += marker.start()
            return position + marker.start()
        if len(block) < 2:
            return None
        # The last byte may be the first of a marker.
        found.fill += len(block) - 1
        position += len(block) - 1
    raise PhotoDamaged


def _read_frame(pieces: Pieces, position: int, marker: int, found: _Found) -> None:
    if found.components:
        raise PhotoDamaged
    _precision, height, width, components = pieces.unpack(">BHHB", position)
    check_pixels(width, height)
    if not components:
        raise PhotoDamaged
    found.components, found.is_sequential = components, marker in _SEQUENTIAL


def _is_only_scan(pieces: Pieces, position: int, found: _Found) -> bool:
    """Whether a decoder reads this scan and no more: a sequential one that has all colours."""
    if not found.components:
        raise PhotoDamaged
    found.scans += 1
    (components,) = pieces.unpack(">B", position)
    return found.is_sequential and components == found.components


def _end_of_scan(pieces: Pieces, position: int) -> int:
    """Where the compressed pixels that begin at ``position`` end."""
    while block := pieces.read(position, LARGEST_PIECE):
        if marker := _MARKER_AFTER_SCAN.search(block):
            return position + marker.start()
        if len(block) < 2:
            break
        position += len(block) - 1
    return pieces.size
