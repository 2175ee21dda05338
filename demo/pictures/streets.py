"""Scenes of streets: houses behind, a road in front, and things that stand beside it."""

from random import Random

from PIL import Image, ImageDraw, ImageFilter

from .canvas import (
    HEIGHT,
    HORIZON,
    WIDTH,
    cast_shadow,
    draw_gradient,
    draw_ground,
    ellipse_bounds,
    uneven_outline,
)

_WALLS = ((186, 150, 118), (170, 160, 140), (150, 92, 76), (196, 180, 150), (140, 146, 152))
_METAL = (92, 98, 104)


def _draw_street(rng: Random, *, dusk: bool = False) -> Image.Image:
    """Sky, a row of houses, pavement and carriageway."""
    sky = ((38, 44, 78), (206, 124, 96)) if dusk else ((126, 170, 214), (214, 226, 234))
    image = draw_gradient(*sky, (WIDTH, HEIGHT))
    draw = ImageDraw.Draw(image)
    x = -60
    while x < WIDTH:
        x = _draw_house(draw, rng, x, dusk=dusk)
    pavement = draw_ground(rng, (70, 68, 70) if dusk else (164, 160, 152), size=(WIDTH, 130))
    image.paste(pavement, (0, HORIZON))
    road = draw_ground(
        rng, (42, 44, 52) if dusk else (98, 100, 104), size=(WIDTH, HEIGHT - HORIZON - 130)
    )
    image.paste(road, (0, HORIZON + 130))
    draw.line([(0, HORIZON + 132), (WIDTH, HORIZON + 132)], fill=(70, 70, 70), width=9)
    return image


def _draw_house(draw: ImageDraw.ImageDraw, rng: Random, x: int, *, dusk: bool) -> int:
    """Draw one house that begins at ``x``; returns where the next one begins."""
    width, top = rng.randint(230, 380), rng.randint(90, 250)
    wall = tuple(int(value * (0.32 if dusk else 1)) for value in rng.choice(_WALLS))
    draw.rectangle([x, top, x + width, HORIZON], fill=wall)
    draw.rectangle([x, top, x + width, top + 16], fill=tuple(value // 2 for value in wall))
    for wy in range(top + 50, HORIZON - 80, 105):
        for wx in range(x + 34, x + width - 60, 84):
            lit = dusk and rng.random() < 0.3
            glass = (244, 206, 120) if lit else (34, 38, 50) if dusk else (92, 112, 130)
            draw.rectangle([wx, wy, wx + 44, wy + 66], fill=glass, outline=(220, 214, 200), width=3)
    return x + width


def _draw_glow(image: Image.Image, x: int, y: int, radius: int) -> None:
    mask = Image.new("L", image.size)
    ImageDraw.Draw(mask).ellipse(ellipse_bounds(x, y, radius, radius), fill=200)
    image.paste((255, 224, 150), mask=mask.filter(ImageFilter.GaussianBlur(radius // 2)))


def _draw_lamp(rng: Random, mended: bool) -> Image.Image:
    image = _draw_street(rng, dusk=True)
    for x, height in ((930, 90), (330, 210)):
        works = mended or height == 210
        if works:
            _draw_glow(image, x - 100, height + 26, 120 if height == 90 else 70)
        draw = ImageDraw.Draw(image)
        draw.line([(x, 690), (x, height)], fill=(24, 26, 34), width=18)
        draw.line([(x, height), (x - 110, height + 8)], fill=(24, 26, 34), width=12)
        head = (255, 240, 200) if works else (52, 54, 64)
        draw.rounded_rectangle([x - 150, height, x - 70, height + 24], 9, fill=head)
    return image


def _draw_pole(rng: Random, mended: bool) -> Image.Image:
    image = _draw_street(rng)
    draw = ImageDraw.Draw(image)
    lean = 0 if mended else 120
    draw.line([(640, 700), (640 + lean, 0)], fill=(120, 122, 122), width=46)
    draw.rectangle([622, 520, 662, 640], fill=(150, 152, 152) if mended else (26, 26, 28))
    if not mended:
        for bend, wire in ((40, (190, 60, 40)), (70, (60, 90, 170)), (95, (210, 180, 60))):
            draw.arc([600, 560, 640 + bend, 700], 0, 200, fill=wire, width=7)
    return image


def _draw_signal(rng: Random, mended: bool) -> Image.Image:
    image = _draw_street(rng)
    draw = ImageDraw.Draw(image)
    draw.line([(640, 720), (640, 120)], fill=_METAL, width=30)
    draw.rounded_rectangle([550, 60, 730, 440], 30, fill=(24, 26, 28))
    lamps = ((70, 22, 20), (70, 60, 20), (40, 220, 110) if mended else (16, 54, 34))
    for place, colour in enumerate(lamps):
        draw.ellipse(ellipse_bounds(640, 130 + 118 * place, 50, 50), fill=colour)
    return image


def _draw_sign(rng: Random, mended: bool) -> Image.Image:
    image = _draw_street(rng)
    angle = 0 if mended else rng.choice((38, -52, 84))
    plate = Image.new("RGBA", (420, 420))
    draw = ImageDraw.Draw(plate)
    draw.polygon([(20, 50), (400, 50), (210, 390)], fill=(196, 36, 36, 255))
    draw.polygon([(95, 92), (325, 92), (210, 300)], fill=(246, 214, 70, 255))
    ImageDraw.Draw(image).line([(640, 740), (640, 150)], fill=_METAL, width=22)
    turned = plate.rotate(angle, Image.Resampling.BICUBIC)
    image.paste(turned, (430, 60), turned)
    return image


def _draw_barrier(rng: Random, mended: bool) -> Image.Image:
    image = _draw_street(rng)
    draw = ImageDraw.Draw(image)
    for x in range(40, WIDTH, 200):
        bent = 0 if mended or not 400 < x < 900 else rng.randint(60, 130)
        draw.line([(x, 730), (x + bent, 520 + bent)], fill=(230, 190, 40), width=22)
        draw.line([(x + bent, 530 + bent), (x + 200, 530)], fill=(230, 190, 40), width=18)
        draw.line([(x + bent, 630 + bent // 2), (x + 200, 630)], fill=(230, 190, 40), width=14)
    return image


def _draw_stop(rng: Random, mended: bool) -> Image.Image:
    image = _draw_street(rng)
    draw = ImageDraw.Draw(image, "RGBA")
    draw.rectangle([240, 230, 1040, 262], fill=(60, 66, 74, 255))
    for x in (250, 510, 770, 1030):
        draw.line([(x, 250), (x, 720)], fill=(60, 66, 74, 255), width=16)
        if x < 1000 and (mended or x != 510):
            draw.rectangle([x + 10, 280, x + 248, 660], fill=(190, 220, 235, 110))
    draw.rectangle([320, 600, 960, 626], fill=(150, 110, 70, 255))
    if not mended:
        for _shard in range(70):
            points = uneven_outline(
                rng, rng.uniform(480, 820), rng.uniform(690, 780), 10, 6, rough=0.5
            )
            draw.polygon(points, fill=(206, 230, 240, 220))
    return image


def _draw_car(rng: Random, mended: bool) -> Image.Image:
    image = _draw_street(rng)
    if mended:
        return image
    body = rng.choice([(150, 34, 34), (42, 72, 120), (196, 198, 200), (60, 84, 66)])
    cast_shadow(image, uneven_outline(rng, 640, 742, 430, 40, rough=0.03))
    draw = ImageDraw.Draw(image)
    draw.polygon([(420, 560), (540, 440), (820, 440), (930, 560)], fill=body)
    draw.polygon([(460, 556), (556, 462), (676, 462), (676, 556)], fill=(60, 76, 90))
    draw.polygon([(694, 556), (694, 462), (806, 462), (888, 556)], fill=(60, 76, 90))
    draw.rounded_rectangle([240, 552, 1050, 700], 44, fill=body)
    for x in (400, 890):
        draw.ellipse(ellipse_bounds(x, 700, 76, 76), fill=(24, 24, 26))
        draw.ellipse(ellipse_bounds(x, 700, 36, 36), fill=(150, 152, 156))
    return image


STREETS = {
    "lamp": _draw_lamp,
    "pole": _draw_pole,
    "signal": _draw_signal,
    "sign": _draw_sign,
    "barrier": _draw_barrier,
    "stop": _draw_stop,
    "car": _draw_car,
}
