"""Real pictures for tests."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def jpeg(size: tuple[int, int] = (640, 480)) -> bytes:
    """A small real JPEG, ``size`` in pixels."""
    target = BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(target, "JPEG")
    return target.getvalue()


def jpeg_upload(content: bytes | None = None, *, name: str = "dziura.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, jpeg() if content is None else content, "image/jpeg")


def noisy_jpeg() -> bytes:
    """More than a megabyte: three parts of an upload."""
    target = BytesIO()
    Image.effect_noise((1600, 1200), 90).convert("RGB").save(target, "JPEG", quality=92)
    return target.getvalue()


def taken_at_city_hall() -> bytes:
    """A JPEG as a phone writes it in front of the city hall on 20 November 2026, 14:10."""
    exif = Image.Exif()
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (51.0, 45.0, 54.72)
    place[3], place[4] = "E", (19.0, 27.0, 25.56)
    exif.get_ifd(0x8769)[0x9003] = "2026:11:20 14:10:00"
    target = BytesIO()
    Image.linear_gradient("L").convert("RGB").save(target, "JPEG", exif=exif)
    return target.getvalue()
