"""Scenes of parks and lawns, and of what people leave there."""

from random import Random

from PIL import Image, ImageDraw

from .canvas import (
    HEIGHT,
    HORIZON,
    WIDTH,
    cast_shadow,
    draw_gradient,
    draw_ground,
    ellipse_bounds,
    fill_outline,
    scatter_pieces,
    uneven_outline,
)

_BAGS = ((34, 36, 40), (48, 50, 56), (40, 62, 110), (210, 186, 60), (28, 30, 34))
_BARK = (86, 66, 50)


def _draw_park(rng: Random) -> Image.Image:
    """Sky, a line of trees and a lawn."""
    image = draw_gradient((132, 178, 216), (222, 232, 236), (WIDTH, HEIGHT))
    draw = ImageDraw.Draw(image)
    for _tree in range(26):
        x, y = rng.uniform(-40, WIDTH + 40), rng.uniform(280, 420)
        tone = rng.randint(-18, 22)
        crown = (62 + tone, 102 + tone, 56 + tone)
        draw.polygon(
            uneven_outline(rng, x, y, rng.randint(80, 150), rng.randint(90, 170)), fill=crown
        )
    lawn = draw_ground(rng, (104, 142, 70), rough=0.22, size=(WIDTH, HEIGHT - HORIZON + 60))
    image.paste(lawn, (0, HORIZON - 60))
    return image


def _draw_bag_heap(
    image: Image.Image, rng: Random, count: int, *, x: int = 640, reach: int = 300
) -> None:
    """Draw a heap of bags with its shadow; the bags at the back come first."""
    cast_shadow(image, uneven_outline(rng, x, 812, reach + 120, 70, rough=0.1))
    draw = ImageDraw.Draw(image)
    spots = sorted((rng.uniform(590, 790), rng.gauss(x, reach / 2)) for _bag in range(count))
    for y, place in spots:
        colour = rng.choice(_BAGS)
        size = rng.randint(70, 120)
        draw.polygon(uneven_outline(rng, place, y, size, size * 0.8, rough=0.14), fill=colour)
        shine = tuple(min(value + 46, 255) for value in colour)
        draw.line([(place - size / 3, y - 20), (place, y - size * 0.55)], fill=shine, width=7)
        draw.polygon(uneven_outline(rng, place, y - size * 0.82, 16, 22), fill=colour)


def _draw_dump(rng: Random, mended: bool) -> Image.Image:
    image = _draw_park(rng)
    if mended:
        fill_outline(image, rng, uneven_outline(rng, 640, 780, 420, 90), (128, 120, 80), rough=0.3)
        return image
    draw = ImageDraw.Draw(image)
    for x in (330, 460, 960):
        draw.ellipse(ellipse_bounds(x, 690, 100, 96), fill=(26, 26, 28))
        draw.ellipse(ellipse_bounds(x, 690, 46, 44), fill=(80, 96, 64))
    _draw_bag_heap(image, rng, 15)
    scatter_pieces(image, rng, 70, 760, [(180, 176, 168), (150, 120, 96), (110, 108, 104)])
    return image


def _draw_bags(rng: Random, mended: bool) -> Image.Image:
    image = _draw_park(rng)
    image.paste(draw_ground(rng, (160, 156, 148), size=(WIDTH, 260)), (0, 700))
    if not mended:
        _draw_bag_heap(image, rng, 8, reach=260)
    return image


def _draw_sofa(rng: Random, mended: bool) -> Image.Image:
    image = _draw_park(rng)
    if mended:
        return image
    cast_shadow(image, uneven_outline(rng, 640, 830, 470, 50, rough=0.05))
    colour = rng.choice([(140, 66, 50), (96, 108, 76), (120, 98, 70)])
    dark = tuple(int(value * 0.75) for value in colour)
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle([270, 480, 1010, 720], 40, fill=dark)
    draw.rounded_rectangle([230, 640, 1050, 810], 36, fill=colour)
    for x in (230, 960):
        draw.rounded_rectangle([x, 560, x + 100, 820], 36, fill=dark)
    draw.polygon(uneven_outline(rng, 560, 700, 60, 34), fill=(206, 190, 150))
    return image


def _draw_bin(rng: Random, mended: bool) -> Image.Image:
    image = _draw_park(rng)
    cast_shadow(image, uneven_outline(rng, 650, 850, 240, 40, rough=0.05))
    draw = ImageDraw.Draw(image)
    draw.polygon([(510, 430), (770, 430), (740, 850), (540, 850)], fill=(46, 78, 62))
    for x in range(550, 750, 44):
        draw.line([(x, 450), (x, 840)], fill=(36, 62, 50), width=9)
    draw.ellipse(ellipse_bounds(640, 430, 132, 34), fill=(20, 26, 24))
    if not mended:
        for _piece in range(26):
            colour = rng.choice([(230, 230, 224), (190, 50, 44), (70, 110, 170), (226, 190, 70)])
            spot = rng.gauss(640, 70), rng.uniform(340, 430)
            draw.polygon(uneven_outline(rng, *spot, 42, 30, rough=0.4), fill=colour)
        scatter_pieces(image, rng, 45, 790, [(230, 230, 224), (190, 50, 44), (80, 120, 170)])
    return image


def _draw_branch(rng: Random, mended: bool) -> Image.Image:
    image = _draw_park(rng)
    draw = ImageDraw.Draw(image)
    draw.polygon([(240, 0), (400, 0), (420, 760), (220, 760)], fill=_BARK)
    if mended:
        draw.ellipse(ellipse_bounds(408, 250, 24, 50), fill=(206, 176, 130))
        return image
    draw.polygon([(400, 200), (420, 290), (1000, 740), (1080, 720)], fill=(98, 76, 56))
    for _twig in range(70):
        x = rng.uniform(640, 1200)
        y = 300 + (x - 420) * 0.62 + rng.gauss(90, 60)
        shade = rng.randint(-16, 20)
        colour = (74 + shade, 112 + shade, 58 + shade)
        draw.polygon(uneven_outline(rng, x, y, 46, 26, rough=0.3), fill=colour)
    return image


def _draw_grass(rng: Random, mended: bool) -> Image.Image:
    image = _draw_park(rng)
    if mended:
        return image
    draw = ImageDraw.Draw(image)
    for _blade in range(2600):
        x, y = rng.uniform(0, WIDTH), rng.uniform(HORIZON, HEIGHT + 120)
        shade = rng.randint(-26, 40)
        colour = (98 + shade, 134 + shade, 58 + shade // 2)
        tip = (x + rng.uniform(-36, 36), y - rng.uniform(90, 240))
        draw.line([(x, y), tip], fill=colour, width=4)
    return image


def _draw_mud(rng: Random, mended: bool) -> Image.Image:
    image = _draw_park(rng)
    if not mended:
        for x in (340, 820):
            track = [(x, 540), (x + 70, 540), (x + 230, HEIGHT), (x - 40, HEIGHT)]
            fill_outline(image, rng, track, (96, 74, 54), rough=0.3)
    return image


def _draw_bench(rng: Random, mended: bool) -> Image.Image:
    image = _draw_park(rng)
    cast_shadow(image, uneven_outline(rng, 640, 830, 440, 40, rough=0.05))
    draw = ImageDraw.Draw(image)
    for x in (320, 930):
        draw.line([(x, 470), (x, 830)], fill=(40, 42, 46), width=26)
    for row, y in enumerate((480, 545, 640, 690)):
        broken = not mended and row in (1, 2)
        right = 620 if broken else 1010
        draw.line([(250, y), (right, y + (36 if broken else 0))], fill=(150, 98, 54), width=34)
    return image


def _draw_playground(rng: Random, mended: bool) -> Image.Image:
    image = _draw_park(rng)
    fill_outline(image, rng, uneven_outline(rng, 640, 830, 560, 120, rough=0.06), (206, 184, 138))
    draw = ImageDraw.Draw(image)
    for x in (260, 1020):
        draw.line([(x, 250), (x - 90, 830)], fill=(196, 54, 48), width=24)
        draw.line([(x, 250), (x + 90, 830)], fill=(196, 54, 48), width=24)
    draw.line([(240, 250), (1040, 250)], fill=(46, 84, 150), width=26)
    for x, hangs in ((440, True), (760, mended)):
        draw.line([(x, 260), (x, 670)], fill=(70, 72, 76), width=8)
        draw.line([(x + 110, 260), (x + (110 if hangs else 30), 670)], fill=(70, 72, 76), width=8)
        seat = [(x - 16, 672), (x + 126, 672 if hangs else 800)]
        draw.line(seat, fill=(34, 34, 36), width=26)
    return image


GREEN = {
    "dump": _draw_dump,
    "bags": _draw_bags,
    "sofa": _draw_sofa,
    "bin": _draw_bin,
    "branch": _draw_branch,
    "grass": _draw_grass,
    "mud": _draw_mud,
    "bench": _draw_bench,
    "playground": _draw_playground,
}
