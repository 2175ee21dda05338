"""Files that were made to stop the portal: small to send, dear to decode. All are made by code."""

import struct
import zlib

from PIL import Image

from .making import TURNED_HEIC, bomb, chunk, file, halves, png

LARGEST = 15 * 1024 * 1024


def jpeg_with(between: bytes) -> bytes:
    """A real JPEG with ``between`` after its first marker."""
    plain = file(halves(), "JPEG")
    return plain[:2] + between + plain[2:]


def jpeg_segments(marker: int, content: bytes, count: int) -> bytes:
    segment = struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content
    return jpeg_with(segment * count)


def progressive(scans: int, *, side: int = 4000, size: int = 0) -> bytes:
    """A progressive JPEG of ``side`` × ``side`` grey pixels that goes over them ``scans`` times.

    Each scan says nothing in a few bytes. With ``size``, scans are padded so that the whole file
    has about so many bytes.
    """
    frame = b"\xff\xc2" + struct.pack(">HBHHBBBB", 11, 8, side, side, 1, 1, 0x11, 0)
    quantization = b"\xff\xdb" + struct.pack(">HB", 67, 0) + bytes([1]) * 64
    # One code in each table: zero, which means an end of block in 32,767 blocks at once.
    dc = b"\xff\xc4" + struct.pack(">HB", 20, 0x00) + bytes([1] + [0] * 15) + b"\x00"
    ac = b"\xff\xc4" + struct.pack(">HB", 20, 0x10) + bytes([1] + [0] * 15) + b"\xe0"
    first = b"\xff\xda" + struct.pack(">HBBBBBB", 8, 1, 1, 0x00, 0, 0, 0)
    blocks = (side // 8) ** 2
    pixels = bytes(blocks // 8 + 1)
    runs = bytes(blocks * 15 // (16_384 * 8) + 4)
    later = b"\xff\xda" + struct.pack(">HBBBBBB", 8, 1, 1, 0x00, 1, 63, 0) + runs
    later += bytes(max(0, size // scans - len(later)))
    return b"".join(
        [b"\xff\xd8", quantization, frame, dc, ac, first, pixels, later * (scans - 1), b"\xff\xd9"]
    )


def heic_with_item_type(kind: bytes) -> bytes:
    """A real HEIC whose second item is said to be of ``kind``. A byte beyond ASCII crashed the
    decoder.
    """
    place = TURNED_HEIC.index(b"Exif", TURNED_HEIC.index(b"infe"))
    return TURNED_HEIC[:place] + kind + TURNED_HEIC[place + 4 :]


def with_ispe(content: bytes, width: int, height: int) -> bytes:
    """The HEIC or AVIF ``content``, every size in it replaced."""
    parts = content.split(b"ispe")
    size = struct.pack(">III", 0, width, height)
    return b"ispe".join([parts[0], *(size + part[12:] for part in parts[1:])])


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + kind + content


def heif_of(*boxes: bytes, brand: bytes = b"heic") -> bytes:
    return box(b"ftyp", brand + bytes(4) + b"mif1" + brand) + b"".join(boxes)


def meta(*boxes: bytes) -> bytes:
    return box(b"meta", bytes(4) + b"".join(boxes))


def with_count(content: bytes, kind: bytes, count: int) -> bytes:
    """``content``, whose first ``kind`` (a box of version 0) announces ``count`` entries."""
    place = content.index(kind) + (10 if kind == b"iloc" else 8)
    form = ">I" if kind == b"ipma" else ">H"
    return content[:place] + struct.pack(form, count) + content[place + struct.calcsize(form) :]


def avif() -> bytes:
    return file(halves(), "AVIF")


def nested(depth: int) -> bytes:
    """Boxes within boxes, ``depth`` of them."""
    inner = b""
    for _level in range(depth):
        inner = box(b"meta", bytes(4) + inner)
    return heif_of(inner)


def webp_frames(count: int) -> bytes:
    """An extended WebP of ``count`` empty frames."""
    extended = b"VP8X" + struct.pack("<IB3xHBHB", 10, 2, 63, 0, 63, 0)
    body = b"WEBP" + extended + b"ANMF\0\0\0\0" * count
    return b"RIFF" + struct.pack("<I", len(body)) + body


def webp_bomb() -> bytes:
    """A few bytes that claim 16,383 × 16,383 pixels."""
    simple = file(Image.new("RGB", (64, 64)), "WEBP")
    place = simple.index(b"\x9d\x01\x2a") + 3
    return simple[:place] + struct.pack("<HH", 0x3FFF, 0x3FFF) + simple[place + 4 :]


def heic_with_box(box: bytes) -> bytes:
    """A real HEIC with ``box`` after its first one."""
    (length,) = struct.unpack(">I", TURNED_HEIC[:4])
    return TURNED_HEIC[:length] + box + TURNED_HEIC[length:]


def lossless_webp(width: int, height: int) -> bytes:
    """The head of a lossless WebP, which claims this size."""
    head = struct.pack("<BI", 0x2F, width - 1 | height - 1 << 14)
    body = b"WEBPVP8L" + struct.pack("<I", len(head)) + head
    return b"RIFF" + struct.pack("<I", len(body)) + body


def jpeg_bomb() -> bytes:
    """A JPEG whose header claims 65,500 × 65,500 pixels."""
    plain = file(halves(), "JPEG")
    place = plain.index(b"\xff\xc0") + 5
    return plain[:place] + struct.pack(">HH", 65_500, 65_500) + plain[place + 4 :]


def compressed_texts(count: int) -> bytes:
    text = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(1_000_000), 9))
    return png(100, 100, *[text] * count, chunk(b"IDAT", zlib.compress(bytes(101 * 100))))


def empty_chunks(kind: bytes, count: int) -> bytes:
    pixels = chunk(b"IDAT", zlib.compress(bytes(101 * 100)))
    return png(100, 100, chunk(kind, b"") * count, pixels)


# What is refused at the upload, by name: how the file is made, and the status of the answer.
AT_UPLOAD = {
    "JPEG of 600,000 EXIF segments": (
        lambda: jpeg_segments(0xE1, b"Exif\0\0" + bytes(15), 600_000),
        400,
    ),
    "JPEG of 600,000 comments": (lambda: jpeg_segments(0xFE, b"x" * 20, 600_000), 400),
    "JPEG of 15 MB of fill bytes": (lambda: jpeg_with(b"\xff" * (LARGEST - 2000)), 400),
    "JPEG of 15 MB of nothing": (lambda: jpeg_with(b"\xff\xfe\0\2" + bytes(LARGEST - 2000)), 400),
    "JPEG of 600,000 restarts": (lambda: jpeg_with(b"\xff\xd0" * 600_000), 400),
    "JPEG of 2,600 scans": (lambda: progressive(2_600), 400),
    "JPEG of 2,600 scans in 15 MB": (lambda: progressive(2_600, size=LARGEST - 200_000), 400),
    "JPEG of 4,290 megapixels": (jpeg_bomb, 413),
    "PNG of a million empty chunks": (lambda: empty_chunks(b"tEXt", 1_000_000), 400),
    "PNG of a million empty pixels": (lambda: empty_chunks(b"IDAT", 1_000_000), 400),
    "PNG of 10,000 compressed texts": (lambda: compressed_texts(10_000), 400),
    "PNG of 65 compressed texts": (lambda: compressed_texts(65), 400),
    "PNG of a text of 5 MB": (
        lambda: png(100, 100, chunk(b"tEXt", bytes(5 * 1024**2)), chunk(b"IDAT", b"x")),
        400,
    ),
    "PNG of a chunk of 2 GB": (
        lambda: png(100, 100, chunk(b"IDAT", b"x"), struct.pack(">I4s", 2**31, b"teSt")),
        400,
    ),
    "PNG of 2,500 megapixels": (bomb, 413),
    "WebP of a million frames": (lambda: webp_frames(1_000_000), 400),
    "WebP of 268 megapixels": (webp_bomb, 413),
    "wide lossless WebP of 88 megapixels": (lambda: lossless_webp(16_384, 5_400), 413),
    "high lossless WebP of 88 megapixels": (lambda: lossless_webp(5_400, 16_384), 413),
    "HEIC with an item that is no text": (lambda: heic_with_item_type(b"\xff\xff\xff\xff"), 400),
    "HEIC with an unknown item": (lambda: heic_with_item_type(b"abcd"), 400),
    "HEIC of absurd size": (lambda: with_ispe(TURNED_HEIC, 2**32 - 1, 2**32 - 1), 413),
    "AVIF of absurd size": (lambda: with_ispe(avif(), 2**32 - 1, 2**32 - 1), 413),
    "AVIF of no size": (lambda: with_ispe(avif(), 0, 0), 400),
    "HEIC that claims 60,000 items": (lambda: with_count(TURNED_HEIC, b"iinf", 60_000), 400),
    "AVIF that claims 60,000 locations": (lambda: with_count(avif(), b"iloc", 60_000), 400),
    "AVIF of four thousand million uses": (lambda: with_count(avif(), b"ipma", 2**32 - 1), 400),
    "HEIC of a million boxes": (lambda: heif_of(box(b"free", b"") * 1_000_000), 400),
    "HEIC of a million boxes inside": (lambda: heif_of(meta(box(b"free", b"") * 1_000_000)), 400),
    "HEIC of boxes within boxes": (lambda: nested(50_000), 400),
    "HEIC of a box of no length": (lambda: heif_of(struct.pack(">I", 3) + b"meta"), 400),
    "HEIC of a box longer than itself": (
        lambda: heif_of(struct.pack(">I4sQ", 1, b"meta", 2**63)),
        400,
    ),
}

# What the upload takes, since cameras and programs write such files too; it is dear to decode.
AT_WORKER = {
    "JPEG of 32 scans and 79 megapixels": lambda: progressive(32, side=8880),
    "PNG of 79 megapixels": lambda: bomb(8880),
    "JPEG of 900 EXIF segments": lambda: jpeg_segments(0xE1, b"Exif\0\0" + bytes(15_000), 900),
}
