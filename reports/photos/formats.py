"""Decides which files are photos: by their content, never by their name or declared type."""

import struct
import warnings
import zlib
from typing import BinaryIO

import pi_heif
from django.conf import settings
from PIL import Image, UnidentifiedImageError

from .errors import NotAPhoto, PhotoDamaged, PhotoHasTooManyPixels

# Read only the picture itself: no thumbnails, no depth maps, no auxiliary pictures.
pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
# Only these decoders are tried, although Pillow knows more.
_FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "AVIF")
# Load all decoders now; otherwise Pillow loads some of them only when it first needs them.
Image.init()
# Pillow raises an error at twice this number of pixels and warns below that. People meet our own
# limit first (``open_photo``), so the warning is switched off.
Image.MAX_IMAGE_PIXELS = settings.MAX_PHOTO_PIXELS
warnings.simplefilter("ignore", Image.DecompressionBombWarning)

# The errors that decoders raise on a file that is damaged, or that was made to break them.
BROKEN = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
)


def check_file_is_at_fault(fault: BaseException) -> None:
    """Raise ``fault`` again if the machine failed and not the file, as when the disk cannot be
    read.
    """
    if isinstance(fault, OSError) and fault.errno is not None:
        raise fault


def open_photo(file: BinaryIO) -> Image.Image:
    """Open a photo and read its header; the pixels are not decoded yet.

    Raises ``NotAPhoto``, ``PhotoHasTooManyPixels`` or ``PhotoDamaged``.
    """
    try:
        image = Image.open(file, formats=_FORMATS)
    except Image.DecompressionBombError as bomb:
        raise PhotoHasTooManyPixels from bomb
    except UnidentifiedImageError as fault:
        raise NotAPhoto from fault
    except BROKEN as fault:
        check_file_is_at_fault(fault)
        raise PhotoDamaged from fault
    if image.width * image.height > settings.MAX_PHOTO_PIXELS:
        raise PhotoHasTooManyPixels
    return image
