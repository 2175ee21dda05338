"""Small pieces of an uploaded file."""

import struct
from typing import Any, BinaryIO

from django.conf import settings

from pictures.errors import PhotoDamaged, PhotoHasTooManyPixels

# The most bytes of one piece.
LARGEST_PIECE = 64 * 1024


class Pieces:
    """Reads a file of ``size`` bytes by position, never more than ``LARGEST_PIECE`` at once."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file, self.size = file, size

    def read(self, position: int, count: int) -> bytes:
        """Up to ``count`` bytes from ``position``; fewer where the file ends."""
        if position >= self.size:
            return b""
        self._file.seek(position)
        return self._file.read(min(count, LARGEST_PIECE))

    def unpack(self, form: str, position: int) -> tuple[Any, ...]:
        """The values of ``form`` (see ``struct``) at ``position``. Raises ``PhotoDamaged`` where
        the file ends before.
        """
        count = struct.calcsize(form)
        piece = self.read(position, count)
        if len(piece) < count:
            raise PhotoDamaged
        return struct.unpack(form, piece)


def check_pixels(width: int, height: int) -> None:
    """Raise ``PhotoDamaged`` for an empty picture and ``PhotoHasTooManyPixels`` for a huge one."""
    if not width or not height:
        raise PhotoDamaged
    if width * height > settings.MAX_PHOTO_PIXELS:
        raise PhotoHasTooManyPixels
