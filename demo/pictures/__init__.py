"""Pictures for the demo's reports: stylised scenes, drawn, the same for the same seed."""

from random import Random

from PIL import Image, ImageFilter

from .buildings import BUILDINGS
from .green import GREEN
from .roads import ROADS
from .streets import STREETS

SCENES = ROADS | STREETS | GREEN | BUILDINGS


def drawn(scene: str, rng: Random, *, mended: bool = False) -> Image.Image:
    """An RGB picture (``canvas.SIZE``) of a matter, or of the same place after the work."""
    return SCENES[scene](rng, mended).filter(ImageFilter.GaussianBlur(0.9))
