"""Parts of which all scenes are made: grounds with grain, skies, uneven shapes, shadows.

Lengths and places are in pixels of a picture of 1280 × 960, from its upper left corner.
"""

from collections.abc import Sequence
from math import cos, pi, sin
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

_SIZE = (1280, 960)
WIDTH, HEIGHT = _SIZE
HORIZON = 560

_Colour = tuple[int, int, int]
_Points = Sequence[tuple[float, float]]


def _draw_grain(rng: Random, size: tuple[int, int], cells: tuple[int, int]) -> Image.Image:
    noise = Image.frombytes("L", cells, rng.randbytes(cells[0] * cells[1]))
    return noise.resize(size, Image.Resampling.BICUBIC).convert("RGB")


def draw_ground(rng: Random, colour: _Colour, *, rough: float = 0.16, size=_SIZE) -> Image.Image:
    """A surface of one colour with fine grain and uneven light."""
    fine = (size[0] // 3, max(size[1] // 3, 1))
    base = Image.blend(Image.new("RGB", size, colour), _draw_grain(rng, size, fine), rough)
    light = _draw_grain(rng, size, (6, 5))
    return ImageChops.overlay(base, Image.blend(light, Image.new("RGB", size, "gray"), 0.65))


def draw_gradient(top: _Colour, bottom: _Colour, size: tuple[int, int]) -> Image.Image:
    """A vertical gradient."""
    ramp = Image.linear_gradient("L").resize(size)
    return Image.composite(Image.new("RGB", size, bottom), Image.new("RGB", size, top), ramp)


def uneven_outline(
    rng: Random, x: float, y: float, rx: float, ry: float, *, rough: float = 0.22
) -> _Points:
    """A closed, uneven outline around the middle ``x``, ``y``."""
    count = 26
    points = []
    for step in range(count):
        stretch = 1 + rng.uniform(-rough, rough)
        angle = 2 * pi * step / count
        points.append((x + rx * stretch * cos(angle), y + ry * stretch * sin(angle)))
    return points


def cast_shadow(
    image: Image.Image, points: _Points, *, darkness: int = 110, blur: int = 14
) -> None:
    """Draw a soft shadow in the shape of ``points``."""
    mask = Image.new("L", image.size)
    ImageDraw.Draw(mask).polygon(points, fill=darkness)
    image.paste((10, 12, 18), mask=mask.filter(ImageFilter.GaussianBlur(blur)))


def fill_outline(
    image: Image.Image, rng: Random, points: _Points, colour: _Colour, *, rough=0.2
) -> None:
    """Fill the outline ``points`` with a grained surface."""
    mask = Image.new("L", image.size)
    ImageDraw.Draw(mask).polygon(points, fill=255)
    image.paste(
        draw_ground(rng, colour, rough=rough), mask=mask.filter(ImageFilter.GaussianBlur(1.5))
    )


def ellipse_bounds(x: float, y: float, rx: float, ry: float) -> tuple[float, float, float, float]:
    """The box around an ellipse, as Pillow draws one."""
    return x - rx, y - ry, x + rx, y + ry


def scatter_pieces(image: Image.Image, rng: Random, count: int, top: int, colours) -> None:
    """Scatter small shapes below ``top``, larger towards the viewer."""
    draw = ImageDraw.Draw(image)
    for _piece in range(count):
        y = rng.uniform(top, HEIGHT)
        scale = 4 + 16 * (y - top) / max(HEIGHT - top, 1)
        x = rng.uniform(0, WIDTH)
        points = uneven_outline(rng, x, y, scale, scale * rng.uniform(0.35, 0.7), rough=0.3)
        draw.polygon(points, fill=rng.choice(colours))
