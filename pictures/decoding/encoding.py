"""Re-encodes photos. A photo leaves the server only re-encoded."""

from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageCms
from PIL.Image import Resampling, Transpose

from .formats import BROKEN, MOST_PIXELS, check_file_is_at_fault, open_photo
from .refusal import Reason, Refusal

# Longest edges in pixels, and WebP quality.
_LARGE, SMALL = 2048, 480
_QUALITY = 80
# WebP's effort, 0–6. With 2 the files are a few per cent larger than with the best setting, and
# take a fraction of its time.
_EFFORT = 2
# A JPEG can be decoded straight to a half, a quarter or an eighth of its size. It is reduced so as
# long as the longest edge keeps this many pixels: the usual 12 megapixels (4032 × 3024) become
# 2016 × 1512 in a third of the time.
_DRAFT = 1920
# Pictures are reduced by averaging pixels, which works in these modes. Palettes, one-bit pictures
# and 16-bit greys are converted first.
_AVERAGEABLE_MODES = ("L", "LA", "RGB", "RGBA", "CMYK")
_ORIENTATION = 0x0112
# EXIF's orientation → the turn that makes the picture upright.
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


def encode(picture: Image.Image) -> tuple[bytes, bytes]:
    """A large and a small WebP file of ``picture``, which ``decode`` returned."""
    return as_webp(picture), as_webp(reduced_copy(picture, SMALL))


def reduced_copy(large: Image.Image, longest: int) -> Image.Image:
    """A copy of at most ``longest`` pixels a side."""
    small = large.copy()
    small.thumbnail((longest, longest), Resampling.LANCZOS, reducing_gap=2.0)
    return small


def decode(file: BinaryIO, *, most_pixels: int = MOST_PIXELS) -> Image.Image:
    """An upright sRGB picture of at most ``_LARGE`` pixels a side, without any metadata.

    Only the first frame of an animation stays. Transparent places become white. Raises
    ``Refusal`` if the file cannot be decoded to its end.
    """
    image = open_photo(file, most_pixels=most_pixels)
    try:
        width, height = (side * _DRAFT // max(image.size) or 1 for side in image.size)
        image.draft("RGB", (width, height))
        image.load()
        turn = _TURNS.get(_read_orientation(image))
        profile = image.info.get("icc_profile")
        # Reduce the picture before anything else, because every later step copies it.
        image = _convert_to_averageable(image)
        image.thumbnail((_LARGE, _LARGE), Resampling.LANCZOS, reducing_gap=2.0)
        if "A" in image.getbands():
            layer = image.convert("RGBA")
            image = Image.new("RGB", layer.size, "white")
            image.paste(layer, mask=layer.getchannel("A"))
        picture = _convert_to_srgb(image, profile).convert("RGB")
        picture.info.clear()
    except BROKEN as fault:
        check_file_is_at_fault(fault)
        raise Refusal(Reason.DAMAGED) from fault
    # Compared with None, because the first of the turns, a mirror image, has the value 0.
    return picture if turn is None else picture.transpose(turn)


def _read_orientation(image: Image.Image) -> int:
    """EXIF's orientation, 1–8. A photo with unreadable EXIF counts as upright (1)."""
    try:
        return image.getexif().get(_ORIENTATION, 1)
    except BROKEN:
        return 1


def _convert_to_averageable(image: Image.Image) -> Image.Image:
    """The same picture in one of ``_AVERAGEABLE_MODES``, so that it can be reduced."""
    if image.mode.startswith("I;16"):
        image.info.pop("transparency", None)
        return image.point(lambda value: value / 256).convert("L")
    if image.mode in _AVERAGEABLE_MODES and "transparency" not in image.info:
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _convert_to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Apply the colour profile. A profile that is unreadable or does not fit is ignored."""
    if not profile:
        return image
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(image, source, _SRGB, outputMode="RGB") or image
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        return image


def as_webp(image: Image.Image) -> bytes:
    target = BytesIO()
    image.save(target, "WEBP", quality=_QUALITY, method=_EFFORT, exif=b"", icc_profile=b"", xmp=b"")
    return target.getvalue()
