"""WebP: chunks of a RIFF file. A simple file has one; an extended one begins with ``VP8X``."""

from pictures.errors import NotAPhoto, PhotoDamaged

from .pieces import Pieces, check_pixels

# Metadata and the frames of an animation, of which only the first is shown.
_MOST_CHUNKS = 1_000
_FIRST_CHUNK = 12


def check_webp(pieces: Pieces) -> None:
    """Read the size of the picture, then visit the chunks of an extended file."""
    (kind,) = pieces.unpack("4s", _FIRST_CHUNK)
    if kind not in (b"VP8 ", b"VP8L", b"VP8X"):
        raise NotAPhoto
    check_pixels(*_read_size(pieces, kind, _FIRST_CHUNK + 8))
    if kind == b"VP8X":
        _visit_chunks(pieces)


def _read_size(pieces: Pieces, kind: bytes, position: int) -> tuple[int, int]:
    """Width and height in pixels, from the chunk whose content begins at ``position``."""
    if kind == b"VP8 ":
        mark, width, height = pieces.unpack("<3x3sHH", position)
        if mark != b"\x9d\x01\x2a":
            raise PhotoDamaged
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L":
        mark, bits = pieces.unpack("<BI", position)
        if mark != 0x2F:
            raise PhotoDamaged
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    low_width, high_width, low_height, high_height = pieces.unpack("<4xHBHB", position)
    return (high_width << 16 | low_width) + 1, (high_height << 16 | low_height) + 1


def _visit_chunks(pieces: Pieces) -> None:
    (length,) = pieces.unpack("<I", 4)
    position, end = _FIRST_CHUNK, min(pieces.size, 8 + length)
    for _number in range(_MOST_CHUNKS):
        if position + 8 > end:
            return
        (length,) = pieces.unpack("<4xI", position)
        position += 8 + length + (length & 1)
    raise PhotoDamaged
