"""What a vector tile (MVT 2.1) holds: its layers and the names of their properties.

https://github.com/mapbox/vector-tile-spec. Only the frame is read, to know that a tile is whole and
of the schema that we draw.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from .errors import BasemapError

_LAYERS, _NAME, _FEATURES, _KEYS = 3, 1, 2, 3
_VARINT, _EIGHT_BYTES, _COUNTED, _FOUR_BYTES = 0, 1, 2, 5


def read_layers(tile: bytes) -> dict[str, set[str]]:
    """The properties' names by the name of the layer. Raises ``BasemapError``."""
    try:
        return dict(_read_layer(content) for number, content in _fields(tile) if number == _LAYERS)
    except (IndexError, UnicodeDecodeError, ValueError) as wrong:
        raise BasemapError(
            _("Plik jest uszkodzony: kafelek nie jest kafelkiem wektorowym.")
        ) from wrong


def _read_layer(content: bytes) -> tuple[str, set[str]]:
    name, keys = None, set()
    for number, part in _fields(content):
        if number == _NAME:
            name = part.decode()
        elif number == _KEYS:
            keys.add(part.decode())
        elif number == _FEATURES:
            # Each of its parts must lie inside it.
            list(_fields(part))
    if name is None:
        raise ValueError("a layer without a name")
    return name, keys


def _fields(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Numbers and contents of the fields of a protocol buffer; numbers' contents are left out."""
    at = 0
    while at < len(content):
        tag, at = _varint(content, at)
        kind = tag & 7
        if kind == _VARINT:
            _value, at = _varint(content, at)
            continue
        if kind == _COUNTED:
            length, at = _varint(content, at)
        elif kind in (_EIGHT_BYTES, _FOUR_BYTES):
            length = 8 if kind == _EIGHT_BYTES else 4
        else:
            raise ValueError("a field of no known kind")
        if at + length > len(content):
            raise ValueError("a field that ends outside")
        yield tag >> 3, content[at : at + length]
        at += length


def _varint(content: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = content[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
        if shift > 63:
            raise ValueError("a number without an end")
