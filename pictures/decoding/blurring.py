"""Makes parts of a picture unreadable for good."""

from collections.abc import Sequence

from PIL import Image
from PIL.Image import Resampling

# An area is reduced to a grid of this many squares a side: too few to recognise a face or to read a
# plate.
_SQUARES = 6
# An area is enlarged by this fraction on every side, because detectors often cut off the chin or
# the frame of the plate.
_MARGIN = 0.15


def blur_box(picture: Image.Image, box: Sequence[int]) -> None:
    """Blur ``box`` (left, top, width, height in pixels) in ``picture`` itself."""
    left, top, width, height = box
    edges = (
        max(0, int(left - width * _MARGIN)),
        max(0, int(top - height * _MARGIN)),
        min(picture.width, int(left + width * (1 + _MARGIN)) + 1),
        min(picture.height, int(top + height * (1 + _MARGIN)) + 1),
    )
    part = picture.crop(edges)
    # Each square gets its average colour. A smooth blur could be undone by calculation; this
    # cannot.
    coarse = part.resize((_SQUARES, _SQUARES), Resampling.BOX)
    picture.paste(coarse.resize(part.size, Resampling.NEAREST), edges[:2])
