"""Decides at the upload whether a file may be a photo, by the structure of its container.

Web processes must never decode what others send: a decoder can crash, hang or take all memory. So
nothing here decodes or imports a decoder. The parts of the file (JPEG segments, PNG and WebP
chunks, boxes of HEIC and AVIF) are visited by small reads, and every count of them has a limit far
above what cameras and programs write. What only decoding can find is left to the worker.
"""

from collections.abc import Callable
from typing import BinaryIO

from pictures.errors import NotAPhoto

from .heif import BRANDS, check_heif
from .jpeg import check_jpeg
from .pieces import Pieces
from .png import check_png
from .webp import check_webp


def check_structure(file: BinaryIO, size: int) -> None:
    """Accept a file of ``size`` bytes, or raise ``NotAPhoto``, ``PhotoHasTooManyPixels`` or
    ``PhotoDamaged``. Name and declared type count for nothing.
    """
    pieces = Pieces(file, size)
    check = _check_for(pieces.read(0, 16))
    if check is None:
        raise NotAPhoto
    check(pieces)


def _check_for(start: bytes) -> Callable[[Pieces], None] | None:
    if start.startswith(b"\xff\xd8\xff"):
        return check_jpeg
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return check_png
    if start.startswith(b"RIFF") and start[8:12] == b"WEBP":
        return check_webp
    if start[4:8] == b"ftyp" and start[8:12] in BRANDS:
        return check_heif
    return None
