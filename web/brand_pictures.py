"""The pictures that other programs show for the portal: favicon, home screen, links in messengers.

Drawn from the shapes of static/img/logo.svg and the colours of static/css/tokens.css, and kept in
static/img. ``manage.py draw_pictures`` draws them anew.
"""

import re
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

_IMAGES = settings.BASE_DIR / "static" / "img"
_TOKENS = settings.BASE_DIR / "static" / "css" / "tokens.css"
_FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf")
# The side of the logo's drawing (its viewBox), and how much larger than needed it is drawn, so that
# edges are smooth.
_BOX, _FINE = 48, 4
_SHARE = (1200, 630)
_Points = list[tuple[float, float]]


def draw_pictures(folder: Path = _IMAGES) -> list[Path]:
    """Write all pictures into ``folder``; returns their paths."""
    colours = _colours()
    small = [_logo(size, colours) for size in (16, 32, 48)]
    favicon, touch = folder / "favicon.ico", folder / "touch-icon.png"
    small[-1].save(favicon, sizes=[(one.width, one.width) for one in small], append_images=small)
    _on_navy(180, 0.7, colours).save(touch, optimize=True)
    large = folder / "icon-512.png"
    _on_navy(512, 0.62, colours).save(large, optimize=True)
    share = folder / "share.png"
    _share(colours).save(share, optimize=True)
    return [favicon, touch, large, share]


def _colours() -> dict[str, str]:
    """Tokens by name, as they are in light."""
    light = _TOKENS.read_text().split("@media")[0]
    return dict(re.findall(r"^ *+--([\w-]++): (#[0-9a-f]{3,6});", light, flags=re.MULTILINE))


def _logo(size: int, colours: dict[str, str]) -> Image.Image:
    """The logo on nothing, ``size`` pixels wide and high."""
    scale = size * _FINE / _BOX
    image = Image.new("RGBA", (size * _FINE, size * _FINE))
    draw = ImageDraw.Draw(image)

    def fill(points: _Points, colour: str) -> None:
        draw.polygon([(x * scale, y * scale) for x, y in points], fill=colour)

    drop = [
        *_curve((24, 2), (13.5, 2), (5.5, 9.8), (5.5, 19.9)),
        *_curve((5.5, 19.9), (5.5, 31.5), (16.5, 38.9), (24, 46)),
        *_curve((24, 46), (31.5, 38.9), (42.5, 31.5), (42.5, 19.9)),
        *_curve((42.5, 19.9), (42.5, 9.8), (34.5, 2), (24, 2)),
    ]
    fill(drop, colours["red"])
    fill(
        [(11, 21.5), (37, 21.5), (32.7, 28.8), (29.2, 30.8), (18.8, 30.8), (15.3, 28.8)],
        colours["gold"],
    )
    fill([(23, 7.5), (25.4, 7.5), (25.4, 21.5), (23, 21.5)], colours["gold"])
    right = _curve((26.8, 9.2), (32, 10.7), (34.8, 14.2), (35.2, 19))
    fill([*right, (26.8, 19)], "#ffffff")
    left = _curve((14.2, 19), (14.7, 15.4), (17.5, 12.7), (21.6, 11.7))
    fill([*left, (21.6, 19)], "#f7d9db")
    return image.resize((size, size), Image.Resampling.LANCZOS)


def _curve(*corners: tuple[float, float], steps: int = 24) -> _Points:
    """Points along a cubic Bézier curve: its start, two handles, its end."""
    found = []
    for step in range(steps + 1):
        t = step / steps
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        pairs = list(zip(weights, corners, strict=True))
        found.append((sum(w * x for w, (x, _y) in pairs), sum(w * y for w, (_x, y) in pairs)))
    return found


def _on_navy(size: int, share: float, colours: dict[str, str]) -> Image.Image:
    """The logo on a navy ground, which it fills to ``share``, so that no mask cuts it."""
    ground = Image.new("RGB", (size, size), colours["navy"])
    logo = _logo(round(size * share), colours)
    corner = (size - logo.width) // 2
    ground.paste(logo, (corner, corner), logo)
    return ground


def _share(colours: dict[str, str]) -> Image.Image:
    """What messengers show beside a link: logo and name above a gold and a red line."""
    width, height = _SHARE
    image = Image.new("RGB", _SHARE, colours["navy"])
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, height - 30, width, height), fill=colours["gold"])
    draw.rectangle((0, height - 10, width, height), fill=colours["red"])
    logo = _logo(280, colours)
    image.paste(logo, (80, 150), logo)
    large, small = (ImageFont.truetype(str(_FONT), size) for size in (58, 34))
    name = "Łódzkie Centrum\nKontaktu\nz Mieszkańcami"
    draw.multiline_text((420, 150), name, font=large, fill="#ffffff", spacing=18)
    words = "Zgłoś sprawę · sprawdź status"
    draw.text((420, 430), words, font=small, fill=colours["gold"])
    return image
