"""Which files are photos: decided by their content, never by name or declared type."""

import warnings
from typing import BinaryIO

import pi_heif
from django.conf import settings
from PIL import Image, UnidentifiedImageError

from .errors import NotAPhoto, PhotoDamaged, PhotoHasTooManyPixels

pi_heif.register_heif_opener()
# Only these decoders are ever tried, whatever Pillow can do besides.
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "AVIF")
# Loads the decoders that Pillow otherwise leaves until they are missed.
Image.init()
# Pillow's own guard; ours below is the one that people meet.
Image.MAX_IMAGE_PIXELS = settings.MAX_PHOTO_PIXELS

BROKEN = (OSError, SyntaxError, ValueError, EOFError, TypeError, IndexError, ZeroDivisionError)


def opened(file: BinaryIO) -> Image.Image:
    """The header of a photo, not decoded yet. ``NotAPhoto``, ``PhotoHasTooManyPixels``."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            image = Image.open(file, formats=FORMATS)
        except Image.DecompressionBombError as bomb:
            raise PhotoHasTooManyPixels from bomb
        except UnidentifiedImageError as fault:
            raise NotAPhoto from fault
        except (*BROKEN, OverflowError, MemoryError, RuntimeError) as fault:
            raise PhotoDamaged from fault
    if image.width * image.height > settings.MAX_PHOTO_PIXELS:
        raise PhotoHasTooManyPixels
    return image
