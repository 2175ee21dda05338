"""What a child can do. Each job reads one file, writes others, and returns what JSON can hold."""

from collections.abc import Callable, Sequence
from typing import Any, BinaryIO

from .blurring import blur_box
from .detecting import find_areas
from .encoding import as_webp, decode, encode, reduced_copy
from .formats import open_photo


def develop(
    source: BinaryIO, large: BinaryIO, small: BinaryIO, *, most_pixels: int
) -> dict[str, Any]:
    """Re-encode the photo ``source`` in two sizes and search it for faces and plates.

    Returns ``width`` and ``height`` of the large picture and its ``areas``, None if the search
    failed. Raises ``Refusal``.
    """
    picture = decode(source, most_pixels=most_pixels)
    _write_both(encode(picture), large, small)
    return {"width": picture.width, "height": picture.height, "areas": find_areas(picture)}


def blur(
    source: BinaryIO, large: BinaryIO, small: BinaryIO, *, boxes: Sequence[Sequence[int]]
) -> dict[str, Any]:
    """Blur ``boxes`` of the large picture ``source`` and write both sizes anew."""
    picture = open_photo(source).convert("RGB")
    for box in boxes:
        blur_box(picture, box)
    _write_both(encode(picture), large, small)
    return {}


def illustrate(
    source: BinaryIO, target: BinaryIO, *, most_pixels: int, longest: int
) -> dict[str, Any]:
    """Re-encode the picture ``source`` for a page, at most ``longest`` pixels a side.

    Returns its ``width`` and ``height``. Raises ``Refusal``.
    """
    picture = reduced_copy(decode(source, most_pixels=most_pixels), longest)
    target.write(as_webp(picture))
    return {"width": picture.width, "height": picture.height}


def _write_both(files: tuple[bytes, bytes], large: BinaryIO, small: BinaryIO) -> None:
    for content, target in zip(files, (large, small), strict=True):
        target.write(content)


JOBS: dict[str, Callable[..., dict[str, Any]]] = {
    "develop": develop,
    "blur": blur,
    "illustrate": illustrate,
}
