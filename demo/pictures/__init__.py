"""Draws pictures for the demo's reports: simple scenes, the same for the same seed."""

from random import Random

from PIL import Image, ImageFilter

from .buildings import BUILDINGS
from .green import GREEN
from .roads import ROADS
from .streets import STREETS

SCENES = ROADS | STREETS | GREEN | BUILDINGS


def draw_scene(scene: str, rng: Random, *, mended: bool = False) -> Image.Image:
    """An RGB picture (1280 × 960) of the damage; if ``mended``, of the place after repair."""
    return SCENES[scene](rng, mended).filter(ImageFilter.GaussianBlur(0.9))
