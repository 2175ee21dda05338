"""Re-encoding: the only way in which a photo leaves the server."""

from io import BytesIO
from typing import BinaryIO

from django.core.files.base import ContentFile
from PIL import Image, ImageCms
from PIL.Image import Resampling, Transpose

from .errors import PhotoDamaged
from .formats import BROKEN, check_file_is_at_fault, open_photo

# Longest edges in pixels, and WebP quality.
_LARGE, SMALL = 2048, 480
_QUALITY = 80
# WebP's effort, 0–6: 2 is within a few per cent of the best size at a fraction of its time.
_EFFORT = 2
# A JPEG is decoded straight to a half, quarter or eighth, down to this edge in pixels; the usual
# 12 megapixels (4032 × 3024) become 2016 × 1512 in a third of the time.
_DRAFT = 1920
# Modes whose pixels may be averaged; palettes, bits and 16-bit greys are converted first.
_DIRECT = ("L", "LA", "RGB", "RGBA", "CMYK")
_ORIENTATION = 0x0112
# EXIF's orientation → what brings the picture upright.
_TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
_SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def encode(picture: Image.Image) -> tuple[ContentFile, ContentFile]:
    """A large and a small WebP of ``picture``, which ``decode`` returned."""
    return as_webp(picture), as_webp(small_copy(picture))


def small_copy(large: Image.Image) -> Image.Image:
    small = large.copy()
    small.thumbnail((SMALL, SMALL), Resampling.LANCZOS, reducing_gap=2.0)
    return small


def decode(file: BinaryIO) -> Image.Image:
    """An upright sRGB picture of at most ``_LARGE`` pixels a side, nothing but pixels.

    Only the first frame stays. ``PhotoRefused`` if the file cannot be decoded to its end.
    """
    image = open_photo(file)
    try:
        image.draft("RGB", _drafted(image.size))
        image.load()
        turn = _TURNS.get(_orientation(image))
        # Made small before anything else: every step after it copies the picture.
        picture = _bare(_shrunk(image), image.info.get("icc_profile"))
    except BROKEN as fault:
        check_file_is_at_fault(fault)
        raise PhotoDamaged from fault
    # Not `if turn`: the first of them, a mirror, is 0.
    return picture if turn is None else picture.transpose(turn)


def _drafted(size: tuple[int, int]) -> tuple[int, int]:
    """The size that a picture of ``size`` may be decoded at, at least."""
    longest = max(size)
    return size[0] * _DRAFT // longest or 1, size[1] * _DRAFT // longest or 1


def _orientation(image: Image.Image) -> int:
    """1–8; a photo with unreadable EXIF is taken as it lies."""
    try:
        return image.getexif().get(_ORIENTATION, 1)
    except BROKEN:
        return 1


def _shrunk(image: Image.Image) -> Image.Image:
    image = _direct(image)
    image.thumbnail((_LARGE, _LARGE), Resampling.LANCZOS, reducing_gap=2.0)
    return image


def _direct(image: Image.Image) -> Image.Image:
    """The same picture in one of the modes ``_DIRECT``."""
    if image.mode.startswith("I;16"):
        image.info.pop("transparency", None)
        return image.point(lambda value: value / 256).convert("L")
    if image.mode in _DIRECT and "transparency" not in image.info:
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _bare(image: Image.Image, profile: bytes | None) -> Image.Image:
    """RGB on white where the picture was transparent; colour profile applied, metadata gone."""
    if "A" in image.getbands():
        layer = image.convert("RGBA")
        image = Image.new("RGB", layer.size, "white")
        image.paste(layer, mask=layer.getchannel("A"))
    picture = _in_srgb(image, profile).convert("RGB")
    picture.info.clear()
    return picture


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture in sRGB; an unreadable or unfitting profile is as good as none."""
    if not profile:
        return image
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(image, source, _SRGB, outputMode="RGB") or image
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        return image


def as_webp(image: Image.Image) -> ContentFile:
    target = BytesIO()
    image.save(target, "WEBP", quality=_QUALITY, method=_EFFORT, exif=b"", icc_profile=b"", xmp=b"")
    return ContentFile(target.getvalue())
