"""Whether a PDF does anything but show itself, told without a reader that could be attacked.

Names may be spelled with ``#xx`` and stand in compressed streams of objects, so both are undone. A
PDF that hides its objects otherwise (encryption, other filters) is refused.
"""

import re
import zlib

# What runs, leads away, carries another file or takes data in.
_ACTIVE = (
    *("JavaScript", "JS", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "XFA"),
    *("SubmitForm", "ImportData", "GoToR", "GoToE", "Movie", "Sound", "Rendition", "AA", "Encrypt"),
)
_NAME = re.compile(rb"/(" + b"|".join(name.encode() for name in _ACTIVE) + rb")(?![A-Za-z0-9_.-])")
_SPELLED = re.compile(rb"#([0-9A-Fa-f]{2})")
_OBJECTS = re.compile(rb"/ObjStm(?![A-Za-z0-9])")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_MOST_BYTES = 50 * 1024 * 1024
# Before a stream stands its dictionary, which is short.
_DICTIONARY = 2000


def is_active(content: bytes) -> bool:
    """Whether a PDF could run, launch, embed or send something, or hides what it does."""
    if _names_something_active(content):
        return True
    read = 0
    for found in _STREAM.finditer(content):
        before = _spelled_out(content[max(0, found.start() - _DICTIONARY) : found.start()])
        if not _OBJECTS.search(before.rpartition(b"endobj")[2]):
            continue
        unpacked = _unpacked(content[found.end() :], _MOST_BYTES - read)
        if unpacked is None or _names_something_active(unpacked):
            return True
        read += len(unpacked)
    return False


def _unpacked(packed: bytes, most: int) -> bytes | None:
    """A stream of objects; None where it is not deflated, or too long."""
    inflater = zlib.decompressobj()
    try:
        unpacked = inflater.decompress(packed, max(most, 1))
    except zlib.error:
        return None
    return unpacked if inflater.eof else None


def _names_something_active(content: bytes) -> bool:
    return bool(_NAME.search(_spelled_out(content)))


def _spelled_out(content: bytes) -> bytes:
    return _SPELLED.sub(lambda found: bytes([int(found[1], 16)]), content)
