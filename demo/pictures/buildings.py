"""Scenes of buildings: brick and plaster walls, graffiti, icicles."""

from random import Random

from PIL import Image, ImageDraw

from .canvas import HEIGHT, WIDTH, draw_ground, fill_outline, uneven_outline

_PAINTS = ((214, 40, 90), (40, 120, 210), (30, 30, 34), (240, 190, 40), (40, 170, 110))


def _draw_bricks(rng: Random) -> Image.Image:
    image = draw_ground(rng, (150, 84, 66))
    draw = ImageDraw.Draw(image)
    for row, y in enumerate(range(0, HEIGHT, 44)):
        draw.line([(0, y), (WIDTH, y)], fill=(186, 170, 154), width=5)
        for x in range(-(row % 2) * 60, WIDTH, 120):
            draw.line([(x, y), (x, y + 44)], fill=(186, 170, 154), width=5)
    return image


def _draw_graffiti(rng: Random, mended: bool) -> Image.Image:
    image = _draw_bricks(rng)
    if mended:
        return image
    draw = ImageDraw.Draw(image)
    for colour in rng.sample(_PAINTS, 3):
        x, y = rng.uniform(120, 380), rng.uniform(330, 620)
        points = [(x, y)]
        for _stroke in range(16):
            x, y = x + rng.uniform(-30, 90), min(max(y + rng.uniform(-190, 190), 220), 780)
            points.append((x, y))
        draw.line(points, fill=colour, width=rng.randint(20, 36), joint="curve")
    return image


def _draw_wall(rng: Random, mended: bool) -> Image.Image:
    plaster = rng.choice([(204, 184, 148), (190, 190, 180), (196, 164, 140)])
    image = draw_ground(rng, plaster, rough=0.1)
    draw = ImageDraw.Draw(image)
    for x in (150, 830):
        draw.rectangle([x, 140, x + 300, 620], fill=(70, 84, 98), outline=(236, 230, 216), width=22)
        draw.line([(x + 150, 150), (x + 150, 610)], fill=(236, 230, 216), width=14)
    if not mended:
        hole = Image.new("L", image.size)
        ImageDraw.Draw(hole).polygon(uneven_outline(rng, 640, 720, 330, 170), fill=255)
        image.paste(_draw_bricks(rng), mask=hole)
        fill_outline(image, rng, uneven_outline(rng, 560, 300, 60, 190), (150, 134, 110))
    return image


def _draw_icicles(rng: Random, mended: bool) -> Image.Image:
    image = _draw_wall(rng, True)
    draw = ImageDraw.Draw(image)
    draw.rectangle([0, 0, WIDTH, 90], fill=(74, 62, 58))
    if mended:
        return image
    draw.rectangle([0, 60, WIDTH, 112], fill=(236, 242, 248))
    for x in range(20, WIDTH, 46):
        length, width = rng.randint(60, 330), rng.randint(14, 24)
        draw.polygon([(x - width, 104), (x + width, 104), (x, 104 + length)], fill=(204, 224, 238))
    return image


BUILDINGS = {"graffiti": _draw_graffiti, "wall": _draw_wall, "icicles": _draw_icicles}
