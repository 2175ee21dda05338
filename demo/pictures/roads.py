"""Scenes of roads and pavements, as a person who stands there sees the ground."""

from random import Random

from PIL import Image, ImageDraw

from .canvas import (
    HEIGHT,
    WIDTH,
    cast_shadow,
    draw_ground,
    ellipse_bounds,
    fill_outline,
    scatter_pieces,
    uneven_outline,
)

_ASPHALT = (92, 94, 98)
_FRESH = (48, 50, 54)
_CONCRETE = (158, 156, 150)
_SLAB = 190


def _draw_carriageway(rng: Random) -> Image.Image:
    """Asphalt with a kerb and a worn line along one side."""
    shade = rng.randint(-12, 12)
    red, green, blue = _ASPHALT
    image = draw_ground(rng, (red + shade, green + shade, blue + shade))
    kerb = [(0, 0), (WIDTH, 0), (WIDTH, 70), (0, 150)]
    fill_outline(image, rng, kerb, _CONCRETE)
    draw = ImageDraw.Draw(image)
    draw.line([(0, 152), (WIDTH, 72)], fill=(70, 70, 70), width=7)
    for x in range(-40, WIDTH, 250):
        draw.line([(x, 148 - x / 17), (x - 6, 0)], fill=(120, 118, 112), width=4)
    return image


def _draw_pothole(rng: Random, mended: bool) -> Image.Image:
    image = _draw_carriageway(rng)
    x, y, rx, ry = rng.randint(480, 800), rng.randint(480, 600), rng.randint(230, 330), 170
    if mended:
        fill_outline(image, rng, _square_outline(rng, x, y, rx + 60, ry + 40), _FRESH, rough=0.12)
        return image
    outline = uneven_outline(rng, x, y, rx, ry)
    fill_outline(
        image,
        rng,
        uneven_outline(rng, x, y, rx + 45, ry + 30, rough=0.16),
        (118, 112, 104),
        rough=0.34,
    )
    fill_outline(image, rng, outline, (58, 50, 44), rough=0.3)
    cast_shadow(
        image, uneven_outline(rng, x - 20, y - ry * 0.35, rx * 0.85, ry * 0.55), darkness=190
    )
    if rng.random() < 0.5:
        fill_outline(
            image,
            rng,
            uneven_outline(rng, x + 20, y + 40, rx * 0.6, ry * 0.4),
            (112, 128, 140),
            rough=0.05,
        )
    _scatter_crumbs(image, rng, x, y, rx * 1.6)
    return image


def _square_outline(
    rng: Random, x: float, y: float, rx: float, ry: float
) -> list[tuple[float, float]]:
    corners = ((-1, -1), (1, -1), (1, 1), (-1, 1))
    return [
        (x + a * rx + rng.randint(-20, 20), y + b * ry + rng.randint(-9, 9)) for a, b in corners
    ]


def _scatter_crumbs(image: Image.Image, rng: Random, x: float, y: float, reach: float) -> None:
    draw = ImageDraw.Draw(image)
    for _stone in range(60):
        px, py = rng.gauss(x, reach / 2), rng.gauss(y, reach / 3)
        tone = rng.randint(55, 140)
        draw.polygon(
            uneven_outline(rng, px, py, rng.randint(3, 13), rng.randint(3, 9)), fill=(tone,) * 3
        )


def _draw_cracks(rng: Random, mended: bool) -> Image.Image:
    image = _draw_carriageway(rng)
    if mended:
        fill_outline(
            image, rng, [(0, 420), (WIDTH, 330), (WIDTH, HEIGHT), (0, HEIGHT)], _FRESH, rough=0.12
        )
        return image
    draw = ImageDraw.Draw(image)
    for _crack in range(16):
        x, y = rng.uniform(100, WIDTH - 100), rng.uniform(230, HEIGHT - 60)
        for _joint in range(9):
            end = (x + rng.uniform(-90, 120), y + rng.uniform(-60, 75))
            draw.line([(x, y), end], fill=(38, 36, 34), width=rng.randint(3, 9))
            x, y = end
    return image


def _draw_manhole(rng: Random, mended: bool) -> Image.Image:
    image = _draw_carriageway(rng)
    draw = ImageDraw.Draw(image)
    draw.ellipse(ellipse_bounds(640, 560, 330, 210), fill=(70, 70, 72))
    draw.ellipse(ellipse_bounds(640, 556, 300, 186), fill=(104, 92, 80) if mended else (20, 20, 22))
    for step in range(-5, 6):
        draw.line([(640 + step * 50, 420), (640 + step * 50, 690)], fill=(78, 70, 62), width=9)
    draw.ellipse(ellipse_bounds(640, 556, 300, 186), outline=(52, 48, 44), width=16)
    if not mended:
        draw.polygon(uneven_outline(rng, 720, 590, 170, 96), fill=(12, 12, 14))
    return image


def _draw_slabs(rng: Random, *, gap: bool) -> Image.Image:
    image = draw_ground(rng, _CONCRETE)
    draw = ImageDraw.Draw(image)
    for row, y in enumerate(range(-40, HEIGHT, _SLAB)):
        for x in range(-(row % 2) * 95, WIDTH, _SLAB):
            lift = rng.randint(-22, 22) if gap and rng.random() < 0.35 else 0
            tone = rng.randint(138, 176)
            box = [x + 3, y + 3 + lift, x + _SLAB - 4, y + _SLAB - 4 + lift]
            draw.rectangle(box, outline=(96, 94, 88), width=5 + abs(lift) // 3)
            if lift:
                draw.rectangle(box, fill=(tone, tone - 2, tone - 8), outline=(60, 56, 50), width=7)
    return image


def _draw_pavement(rng: Random, mended: bool) -> Image.Image:
    image = _draw_slabs(rng, gap=not mended)
    if not mended:
        fill_outline(image, rng, uneven_outline(rng, 620, 520, 210, 130), (98, 80, 62), rough=0.3)
        _scatter_crumbs(image, rng, 620, 520, 320)
    return image


def _draw_puddle(rng: Random, mended: bool) -> Image.Image:
    image = _draw_carriageway(rng)
    if mended:
        return image
    fill_outline(
        image, rng, uneven_outline(rng, 640, 560, 560, 290, rough=0.12), (104, 124, 142), rough=0.05
    )
    fill_outline(
        image, rng, uneven_outline(rng, 500, 500, 220, 60, rough=0.3), (168, 186, 200), rough=0.03
    )
    scatter_pieces(image, rng, 40, 400, [(110, 84, 40), (140, 104, 46), (84, 70, 40)])
    return image


def _draw_crossing(rng: Random, mended: bool) -> Image.Image:
    image = _draw_carriageway(rng)
    colour = (238, 238, 232) if mended else (134, 134, 134)
    for x in range(60, WIDTH, 240):
        stripe = [(x, 330), (x + 120, 330), (x + 150, HEIGHT), (x - 20, HEIGHT)]
        fill_outline(image, rng, stripe, colour, rough=0.06 if mended else 0.3)
    return image


def _draw_leaves(rng: Random, mended: bool) -> Image.Image:
    image = _draw_slabs(rng, gap=False)
    colours = [(168, 104, 32), (196, 140, 44), (132, 78, 30), (150, 60, 30), (110, 96, 40)]
    scatter_pieces(image, rng, 30 if mended else 1500, 0, colours)
    return image


def _draw_snow(rng: Random, mended: bool) -> Image.Image:
    image = _draw_slabs(rng, gap=False) if mended else draw_ground(rng, (222, 228, 236), rough=0.07)
    if mended:
        fill_outline(
            image, rng, [(0, 0), (WIDTH, 0), (WIDTH, 120), (0, 190)], (226, 230, 238), rough=0.08
        )
        return image
    for track in (360, 800):
        band = [(track - 70, 0), (track + 50, 0), (track + 130, HEIGHT), (track - 120, HEIGHT)]
        fill_outline(image, rng, band, (170, 182, 196), rough=0.1)
    return image


def _draw_litter(rng: Random, mended: bool) -> Image.Image:
    image = _draw_slabs(rng, gap=False)
    colours = [(220, 220, 214), (60, 130, 80), (180, 50, 44), (70, 100, 160), (226, 190, 70)]
    scatter_pieces(image, rng, 4 if mended else 130, 100, colours)
    return image


ROADS = {
    "pothole": _draw_pothole,
    "cracks": _draw_cracks,
    "manhole": _draw_manhole,
    "pavement": _draw_pavement,
    "puddle": _draw_puddle,
    "crossing": _draw_crossing,
    "leaves": _draw_leaves,
    "snow": _draw_snow,
    "litter": _draw_litter,
}
