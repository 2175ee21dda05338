"""Opens files of photos: by their content, never by their name or declared type."""

import struct
import warnings
import zlib
from typing import BinaryIO

import pillow_heif
from PIL import Image, UnidentifiedImageError

from .refusal import Reason, Refusal

# Read only the picture itself: no thumbnails, no depth maps, no auxiliary pictures.
pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
# Only these decoders are tried, although Pillow knows more.
_FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "AVIF")
# Load all decoders now; otherwise Pillow loads some of them only when it first needs them.
Image.init()
# The limit of pixels is that of the portal (``open_photo``). Pillow's own, which also warns, is
# twice as high; it counts for pictures within a file.
MOST_PIXELS = 80_000_000
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
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


def open_photo(file: BinaryIO, *, most_pixels: int = MOST_PIXELS) -> Image.Image:
    """Open a photo and read its header; the pixels are not decoded yet. Raises ``Refusal``."""
    try:
        image = Image.open(file, formats=_FORMATS)
    except Image.DecompressionBombError as bomb:
        raise Refusal(Reason.TOO_MANY_PIXELS) from bomb
    except UnidentifiedImageError as fault:
        raise Refusal(Reason.NOT_A_PHOTO) from fault
    except BROKEN as fault:
        check_file_is_at_fault(fault)
        raise Refusal(Reason.DAMAGED) from fault
    if image.width * image.height > most_pixels:
        raise Refusal(Reason.TOO_MANY_PIXELS)
    return image
