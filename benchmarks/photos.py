"""A 12-megapixel photo re-encoded and searched: seconds, and the most memory that its child takes.

Seconds are measured in a process that has loaded what the child has, without the child's limits and
niceness. The cost of the child is the time of a job on a photo of 64 × 64 pixels, less the time
that the same job takes without a child.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import median

from PIL import Image, ImageChops, ImageFilter

SIZE = (4032, 3024)
OPTIONS = {
    "JPEG": {"quality": 92},
    "PNG": {"compress_level": 1},
    "WEBP": {"quality": 85, "method": 1},
    "AVIF": {"speed": 9},
    "HEIF": {"quality": 85},
}
REPEATS = 3
SMALL_JOBS = 15


def run() -> list[tuple[str, str, str]]:
    """Rows of (what, measured, target)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geo_portal.settings")
    from pictures.child import children
    from pictures.decoding import formats  # noqa: F401 - lets Pillow write HEIC

    with tempfile.TemporaryDirectory() as folder:
        picture = scene()
        rows = [row for kind in OPTIONS for row in measured(picture, kind, Path(folder))]
    rows.append(cost_of_child())
    children.end()
    return rows


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
    encoding, searching = (median(run[part] for run in runs) for part in (0, 1))
    name = f"12 megapixels, {kind} of {path.stat().st_size / 1e6:.1f} MB"
    return [
        (f"{name}: re-encoded in", f"{encoding:.2f} s", "≤ 0.7 s"),
        (f"{name}: searched for faces and plates in", f"{searching:.2f} s", "–"),
        (f"{name}: memory of its child", f"{memory_of_child(path)} MB", "≤ 300 MB"),
    ]


def memory_of_child(path: Path) -> int:
    """Megabytes."""
    from pictures.child import run_job

    with path.open("rb") as source:
        return run_job("develop", source, makes=2, most_pixels=SIZE[0] * SIZE[1]).megabytes


def cost_of_child() -> tuple[str, str, str]:
    from pictures.child import run_job
    from pictures.decoding.jobs import develop

    with tempfile.TemporaryFile() as source:
        Image.new("RGB", (64, 64)).save(source, "JPEG")

        def in_child() -> None:
            run_job("develop", source, makes=2, most_pixels=SIZE[0] * SIZE[1])

        def without_child() -> None:
            develop(source, BytesIO(), BytesIO(), most_pixels=SIZE[0] * SIZE[1])

        more = seconds_of(in_child) - seconds_of(without_child)
    return "a child process for a photo costs", f"{more * 1000:.0f} ms", "–"


def seconds_of(job: Callable[[], None]) -> float:
    """The median, after a first time that loads what is needed."""
    measured = []
    for _repeat in range(SMALL_JOBS + 1):
        start = time.perf_counter()
        job()
        measured.append(time.perf_counter() - start)
    return median(measured[1:])


def in_process(path: Path) -> tuple[float, float]:
    """Seconds of encoding and of searching, in a new process."""
    command = [sys.executable, "-m", "benchmarks.photos", str(path)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    encoding, searching = map(float, answer.stdout.split())
    return encoding, searching


def encode_once(path: str) -> None:
    import cv2

    from pictures.decoding.detecting import find_areas, load_models
    from pictures.decoding.encoding import decode, encode

    cv2.setNumThreads(1)
    load_models()
    start = time.perf_counter()
    with open(path, "rb") as file:
        picture = decode(file)
    encode(picture)
    between = time.perf_counter()
    find_areas(picture)
    print(between - start, time.perf_counter() - between)


if __name__ == "__main__":
    encode_once(sys.argv[1])
