"""Re-encoding: the only way in which a photo leaves the server."""

from io import BytesIO
from typing import BinaryIO

from django.core.files.base import ContentFile
from PIL import Image, ImageCms, ImageOps

from .errors import PhotoDamaged
from .formats import BROKEN, opened

# Longest edges in pixels, and WebP quality.
LARGE, SMALL = 2048, 480
QUALITY = 80
# WebP's effort, 0–6: 2 is within a few per cent of the best size at a fraction of its time.
EFFORT = 2


def encoded(file: BinaryIO) -> tuple[ContentFile, ContentFile, tuple[int, int]]:
    """A large and a small WebP without metadata, and the large one's size in pixels.

    Orientation is applied, colours become sRGB, only the first frame stays. ``PhotoRefused`` if the
    file cannot be decoded to its end.
    """
    large = decoded(file)
    large.thumbnail((LARGE, LARGE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    small = large.copy()
    small.thumbnail((SMALL, SMALL), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return as_webp(large), as_webp(small), large.size


def decoded(file: BinaryIO) -> Image.Image:
    """An upright RGB picture with nothing but pixels."""
    image = opened(file)
    try:
        # A JPEG is decoded straight to about the size that is needed.
        image.draft("RGB", (LARGE, LARGE))
        image.load()
        profile = image.info.get("icc_profile")
        upright = ImageOps.exif_transpose(image)
        return bare(in_srgb(upright, profile))
    except (
        *BROKEN,
        OverflowError,
        MemoryError,
        RuntimeError,
        Image.DecompressionBombError,
    ) as fault:
        raise PhotoDamaged from fault


def in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture in sRGB; an unreadable profile is as good as none."""
    if not profile or image.mode not in {"RGB", "CMYK", "L"}:
        return image
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(
            image, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        return image


def bare(image: Image.Image) -> Image.Image:
    """Pixels on white where the picture was transparent; no metadata survives."""
    if image.mode.startswith("I;16"):
        image = image.point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        ground = Image.new("RGB", image.size, "white")
        ground.paste(layer, mask=layer.getchannel("A"))
        return ground
    picture = image.convert("RGB")
    picture.info.clear()
    return picture


def as_webp(image: Image.Image) -> ContentFile:
    target = BytesIO()
    image.save(target, "WEBP", quality=QUALITY, method=EFFORT, exif=b"", icc_profile=b"", xmp=b"")
    return ContentFile(target.getvalue())
