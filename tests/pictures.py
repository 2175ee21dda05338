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
