"""Pictures, and files that pretend to be one, made in memory."""

import struct
import zlib
from io import BytesIO
from pathlib import Path

from PIL import Image

RED, BLUE = (220, 30, 30), (30, 30, 220)
ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825
# HEIC of 96 × 64 pixels before its EXIF turns it upright. It was made with libheif's encoder, which
# the portal does not have.
TURNED_HEIC = Path(__file__).with_name("turned.heic").read_bytes()


def halves(size: tuple[int, int] = (96, 64), mode: str = "RGB") -> Image.Image:
    """Left half red, right half blue."""
    width, height = size
    picture = Image.new("RGB", size, RED)
    picture.paste(BLUE, (width // 2, 0, width, height))
    return picture.convert(mode)


def file(picture: Image.Image, kind: str, **options) -> bytes:
    target = BytesIO()
    picture.save(target, kind, **options)
    return target.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    """EXIF as a phone writes it, with the place where the photo was taken."""
    data = Image.Exif()
    data[ORIENTATION], data[MAKER] = orientation, "Aparat Marii"
    place = data.get_ifd(GPS)
    place[1], place[2] = "N", (51.0, 45.0, 54.0)
    place[3], place[4] = "E", (19.0, 27.0, 25.0)
    return data


def chunk(kind: bytes, data: bytes) -> bytes:
    checksum = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)


def png(width: int, height: int, *chunks: bytes) -> bytes:
    """A PNG of 8-bit grey whose header claims this size. Pixels need not follow."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join([chunk(b"IHDR", header), *chunks, chunk(b"IEND", b"")])


def bomb(side: int = 50_000) -> bytes:
    """A few kilobytes that unpack to ``side`` × ``side`` pixels."""
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(side + 1)) for _row in range(100)) + packer.flush()
    return png(side, side, chunk(b"IDAT", rows))


def jpeg_with_exif(raw: bytes) -> bytes:
    """A JPEG whose EXIF block is ``raw``."""
    plain = file(halves(), "JPEG")
    segment = b"Exif\0\0" + raw
    return plain[:2] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + plain[2:]


def entry(tag: int, kind: int, count: int, value: int) -> bytes:
    return struct.pack("<HHII", tag, kind, count, value)


def directory(*entries: bytes, following: int = 0) -> bytes:
    """A TIFF directory at offset 8, little-endian."""
    body = struct.pack("<H", len(entries)) + b"".join(entries) + struct.pack("<I", following)
    return b"II*\0" + struct.pack("<I", 8) + body


HOSTILE_EXIF = {
    "points at itself": directory(entry(0x8769, 4, 1, 8), entry(GPS, 4, 1, 8), following=8),
    "claims four thousand million values": directory(entry(ORIENTATION, 3, 0xFFFFFFFF, 8)),
    "points behind its end": directory(entry(0x010E, 2, 60_000, 0x7FFFFFFF)),
    "orientation is text": directory(entry(ORIENTATION, 2, 4, 0x00414141)),
    "orientation is ninety-nine": directory(entry(ORIENTATION, 3, 1, 99)),
    "orientation is a list": directory(entry(ORIENTATION, 3, 4, 8)),
    "five thousand entries": directory(*[entry(0xA500 + n, 1, 1, 0) for n in range(5_000)]),
    "is not TIFF": b"\xff" * 200,
    "is cut off": b"II*\0\x08\0\0\0\xff\xff",
}
