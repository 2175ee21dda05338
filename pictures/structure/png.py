"""PNG: chunks, each with its length and its kind."""

from pictures.errors import PhotoDamaged

from .pieces import Pieces, check_pixels

# Programs write pixels in chunks of 8 kB or more: less than 2,000 of them in 15 MB.
_MOST_CHUNKS = 8_000
_MOST_EMPTY_CHUNKS = 16
# Chunks whose text may be compressed, and all that they may hold together, in bytes.
_TEXT = {b"tEXt", b"zTXt", b"iTXt", b"iCCP", b"eXIf"}
_MOST_TEXTS, _MOST_TEXT = 64, 4 * 1024 * 1024
_LONGEST_CHUNK = 2**31 - 1


def check_png(pieces: Pieces) -> None:
    """Visit all chunks. A file that ends within its pixels passes: the decoder says so."""
    length, kind, width, height = pieces.unpack(">I4sII", 8)
    if (length, kind) != (13, b"IHDR"):
        raise PhotoDamaged
    check_pixels(width, height)
    position = 8
    has_pixels, empty, texts, text = False, 0, 0, 0
    for _number in range(_MOST_CHUNKS):
        if position + 8 > pieces.size:
            break
        length, kind = pieces.unpack(">I4s", position)
        if kind == b"IEND":
            break
        position += 12 + length
        has_pixels = has_pixels or kind == b"IDAT"
        empty += not length
        if kind in _TEXT:
            texts, text = texts + 1, text + length
        too_much = empty > _MOST_EMPTY_CHUNKS or texts > _MOST_TEXTS or text > _MOST_TEXT
        if too_much or length > _LONGEST_CHUNK:
            raise PhotoDamaged
    else:
        raise PhotoDamaged
    if not has_pixels:
        raise PhotoDamaged
