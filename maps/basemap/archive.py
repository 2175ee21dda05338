"""Reads a PMTiles file (version 3): its header, its directories and its tiles.

https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md. Nothing that the file says is
believed: every place is compared with the size of the file, and what is packed may not grow
without bound.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import BinaryIO

from django.utils.translation import gettext as _

from .errors import BasemapError

_HEADER = struct.Struct("<7sB11Q6B4iBii")
_MAGIC = b"PMTiles"
_VERSION = 3
# A directory of the whole city has some hundred kilobytes, and no tile of it as much as this.
_LARGEST_PART = 32 * 1024 * 1024
# Root, leaves, and leaves of leaves: no program writes more.
_DEEPEST = 3
_MOST_ENTRIES = 5_000_000


class Packing(IntEnum):
    NONE = 1
    GZIP = 2


class TileType(IntEnum):
    VECTOR = 1


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the file, in bytes."""

    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Header:
    """``bounds``: west, south, east, north in degrees (EPSG:4326)."""

    root: Section
    metadata: Section
    leaves: Section
    tiles: Section
    directory_packing: int
    tile_packing: int
    tile_type: int
    min_zoom: int
    max_zoom: int
    bounds: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Entry:
    """``length`` bytes at ``offset`` of the tiles, for ``run`` tiles from number ``tile`` on."""

    tile: int
    run: int
    offset: int
    length: int


class Archive:
    """An open file; every method raises ``BasemapError`` for what is damaged."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._size = file.seek(0, 2)
        self.header = self._read_header()

    def entries(self) -> list[Entry]:
        """Of all directories, in the order of their numbers, each inside the tiles' section."""
        found: list[Entry] = []
        for entry in self._walk(self.header.root, _DEEPEST):
            last = found[-1].tile + found[-1].run if found else 0
            if entry.tile < last or entry.offset + entry.length > self.header.tiles.length:
                raise _damaged(_("spis kafelków wskazuje poza plik"))
            found.append(entry)
            if len(found) > _MOST_ENTRIES:
                raise _damaged(_("spis kafelków jest za długi"))
        return found

    def tile(self, entry: Entry) -> bytes:
        """Its content, unpacked."""
        packed = self._read(Section(self.header.tiles.offset + entry.offset, entry.length))
        return _unpack(packed, self.header.tile_packing)

    def _read_header(self) -> Header:
        raw = self._read(Section(0, min(_HEADER.size, self._size)))
        if not raw.startswith(_MAGIC):
            raise BasemapError(_("To nie jest plik PMTiles."))
        if len(raw) < _HEADER.size:
            raise _damaged(_("kończy się w nagłówku"))
        _magic, version, *numbers = _HEADER.unpack(raw)
        if version != _VERSION:
            problem = _("To PMTiles w wersji %(version)s, a czytamy wersję 3.")
            raise BasemapError(problem % {"version": version})
        sections = [Section(*numbers[at : at + 2]) for at in range(0, 8, 2)]
        for section in sections:
            if section.offset + section.length > self._size:
                problem = _("ma %(size)s bajtów, a powinien mieć co najmniej %(least)s")
                least = max(one.offset + one.length for one in sections)
                raise _damaged(problem % {"size": self._size, "least": least})
        root, metadata, leaves, tiles = sections
        _clustered, directory_packing, tile_packing, tile_type, low, high = numbers[11:17]
        west, south, east, north = (number / 1e7 for number in numbers[17:21])
        return Header(
            root=root,
            metadata=metadata,
            leaves=leaves,
            tiles=tiles,
            directory_packing=directory_packing,
            tile_packing=tile_packing,
            tile_type=tile_type,
            min_zoom=low,
            max_zoom=high,
            bounds=(west, south, east, north),
        )

    def _walk(self, section: Section, depth: int) -> Iterator[Entry]:
        if depth == 0:
            raise _damaged(_("spis kafelków jest za głęboki"))
        content = _unpack(self._read(section), self.header.directory_packing)
        for entry in _read_directory(content):
            if entry.run:
                yield entry
                continue
            if entry.offset + entry.length > self.header.leaves.length:
                raise _damaged(_("spis kafelków wskazuje poza plik"))
            leaf = Section(self.header.leaves.offset + entry.offset, entry.length)
            yield from self._walk(leaf, depth - 1)

    def _read(self, section: Section) -> bytes:
        if section.length > _LARGEST_PART:
            raise _damaged(_("jedna z części jest za duża"))
        self._file.seek(section.offset)
        return self._file.read(section.length)


def number_of(zoom: int, column: int, row: int) -> int:
    """The number of a tile (rows from the north): those of lower zooms come first, and those of one
    zoom lie along a Hilbert curve.
    """
    number, half = (4**zoom - 1) // 3, 1 << zoom >> 1
    while half:
        is_east, is_south = bool(column & half), bool(row & half)
        number += half * half * ((3 * is_east) ^ is_south)
        if not is_south:
            if is_east:
                column, row = half - 1 - (column & half - 1), half - 1 - (row & half - 1)
            column, row = row, column
        half >>= 1
    return number


def _read_directory(content: bytes) -> list[Entry]:
    """The columns of a directory: numbers (each as the difference to the one before), runs, lengths
    and offsets (0: right behind the one before).
    """
    numbers = _varints(content)
    try:
        count = next(numbers)
        # Lists: in a generator StopIteration would become another error.
        steps, runs, lengths, places = [
            [next(numbers) for _number in range(count)] for _column in range(4)
        ]
    except StopIteration:
        raise _damaged(_("spis kafelków się urywa")) from None
    found: list[Entry] = []
    tile = 0
    for at in range(count):
        tile += steps[at]
        if places[at]:
            offset = places[at] - 1
        elif at:
            offset = found[-1].offset + found[-1].length
        else:
            raise _damaged(_("spis kafelków się urywa"))
        found.append(Entry(tile, runs[at], offset, lengths[at]))
    return found


def _varints(content: bytes) -> Iterator[int]:
    value = shift = 0
    for byte in content:
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            yield value
            value = shift = 0
        elif shift > 63:
            raise _damaged(_("spis kafelków się urywa"))


def _unpack(content: bytes, packing: int) -> bytes:
    if packing == Packing.NONE:
        return content
    if packing != Packing.GZIP:
        raise BasemapError(
            _("Kafelki są spakowane inaczej niż gzip. Przeglądarki ich nie otworzą.")
        )
    unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        whole = unpacking.decompress(content, _LARGEST_PART)
    except zlib.error as wrong:
        raise _damaged(_("kafelek albo spis nie daje się rozpakować")) from wrong
    if not unpacking.eof:
        raise _damaged(_("kafelek albo spis nie daje się rozpakować"))
    return whole


def _damaged(what: str) -> BasemapError:
    return BasemapError(_("Plik jest uszkodzony: %(what)s.") % {"what": what})
