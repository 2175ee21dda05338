"""Which files are photos: decided by their content, never by name or declared type."""

import struct
import warnings
import zlib
from typing import BinaryIO

import pi_heif
from django.conf import settings
from PIL import Image, UnidentifiedImageError

from .errors import NotAPhoto, PhotoDamaged, PhotoHasTooManyPixels

# Only the picture itself: no depth maps, no pictures beside it.
pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
# Only these decoders are ever tried, whatever Pillow can do besides.
_FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "AVIF")
# Loads the decoders that Pillow otherwise leaves until they are missed.
Image.init()
# Pillow's own guard raises at twice this and warns below; ours is the one that people meet.
Image.MAX_IMAGE_PIXELS = settings.MAX_PHOTO_PIXELS
warnings.simplefilter("ignore", Image.DecompressionBombWarning)

# What decoders raise at a file that is broken or made to break them.
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
    """Raise ``fault`` again where the machine failed, not the file: a disk that cannot be read."""
    if isinstance(fault, OSError) and fault.errno is not None:
        raise fault


def open_photo(file: BinaryIO) -> Image.Image:
    """The header of a photo, not decoded yet.

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
