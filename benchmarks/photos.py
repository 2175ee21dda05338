"""A 12-megapixel photo re-encoded and searched: seconds, and the most memory that a worker takes.

Each measurement runs in a process of its own that has loaded what the worker loads. HEIC is not
measured, because no library here can write it.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter

SIZE = (4032, 3024)
OPTIONS = {
    "JPEG": {"quality": 92},
    "PNG": {"compress_level": 1},
    "WEBP": {"quality": 85, "method": 1},
    "AVIF": {"speed": 9},
}
REPEATS = 3


def run() -> list[tuple[str, str, str]]:
    """Rows of (what, measured, target)."""
    with tempfile.TemporaryDirectory() as folder:
        picture = scene()
        return [row for kind in OPTIONS for row in measured(picture, kind, Path(folder))]


def scene() -> Image.Image:
    """Soft shapes, fine detail and noise, so that the file is as large as one from a phone."""
    soft = [
        Image.effect_noise((84, 63), 110).resize(SIZE, Image.Resampling.BICUBIC) for _c in "RGB"
    ]
    detail = Image.effect_noise(SIZE, 60).filter(ImageFilter.GaussianBlur(1.5))
    noise = Image.effect_noise(SIZE, 8)
    return Image.merge("RGB", [grained(channel, detail, noise) for channel in soft])


def grained(channel: Image.Image, *grains: Image.Image) -> Image.Image:
    for grain in grains:
        channel = ImageChops.add(channel, grain, offset=-128)
    return channel


def measured(picture: Image.Image, kind: str, folder: Path) -> list[tuple[str, str, str]]:
    path = folder / f"photo.{kind.lower()}"
    picture.save(path, kind, **OPTIONS[kind])
    runs = [in_process(path) for _repeat in range(REPEATS)]
    encoding, searching = (sorted(run[part] for run in runs)[REPEATS // 2] for part in (0, 1))
    peak = max(run[2] for run in runs)
    name = f"12 megapixels, {kind} of {path.stat().st_size / 1e6:.1f} MB"
    return [
        (f"{name}: re-encoded in", f"{encoding:.2f} s", "≤ 0.7 s"),
        (f"{name}: searched for faces and plates in", f"{searching:.2f} s", "–"),
        (f"{name}: memory", f"{peak:.0f} MB", "≤ 300 MB"),
    ]


def in_process(path: Path) -> tuple[float, float, float]:
    """Seconds of encoding, seconds of searching and peak megabytes, in a new process."""
    command = [sys.executable, "-m", "benchmarks.photos", str(path)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    encoding, searching, peak = map(float, answer.stdout.split())
    return encoding, searching, peak


def encode_once(path: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geo_portal.settings")
    from geo_portal.celery import app

    app.loader.import_default_modules()
    from reports.photos.detecting import find_areas
    from reports.photos.encoding import decode, encode

    start = time.perf_counter()
    with open(path, "rb") as file:
        picture = decode(file)
    encode(picture)
    between = time.perf_counter()
    find_areas(picture)
    print(between - start, time.perf_counter() - between, most_memory())


def most_memory() -> float:
    """Megabytes. ``ru_maxrss`` would also count the memory of the parent at the fork."""
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    encode_once(sys.argv[1])
