"""Directories of a PMTiles file that lie: each is refused with a reason, and soon."""

import struct
from io import BytesIO

import pytest

from maps.basemap import archive
from maps.basemap.archive import Archive, Entry, Packing
from maps.basemap.contents import read_layers
from maps.basemap.errors import BasemapError

# Longer than any number, and with no end: adding it up would take hours.
ENDLESS = b"\xff" * 2_000_000


def varint(number: int) -> bytes:
    small = bytearray()
    while number > 0x7F:
        small.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*small, number])


def directory(*rows: tuple[int, int, int, int]) -> bytes:
    """Rows of (tile, run, offset, length)."""
    tiles = [row[0] for row in rows]
    steps = [now - before for before, now in zip([0, *tiles], tiles, strict=False)]
    columns = [steps, *([row[column] for row in rows] for column in (1, 3))]
    numbers = [len(rows), *(one for column in columns for one in column)]
    numbers += [row[2] + 1 for row in rows]
    return b"".join(map(varint, numbers))


def entries(root: bytes, leaves: bytes = b"", tiles: bytes = bytes(100)) -> list[Entry]:
    """Of a file with these parts, none of them packed."""
    at, sections = 127, []
    for part in (root, b"{}", leaves, tiles):
        sections += [at, len(part)]
        at += len(part)
    numbers = [*sections, 0, 0, 0, 1, Packing.NONE, Packing.NONE, 1, 8, 15, 0, 0, 0, 0, 0, 0, 0]
    header = struct.pack("<7sB11Q6B4iBii", b"PMTiles", 3, *numbers)
    return Archive(BytesIO(header + root + b"{}" + leaves + tiles)).entries()


def test_a_directory_gives_its_tiles():
    found = entries(directory((3, 1, 0, 10), (5, 4, 10, 20)))
    assert found == [Entry(3, 1, 0, 10), Entry(5, 4, 10, 20)]


def test_a_tile_without_a_place_lies_behind_the_one_before():
    root = varint(2) + varint(3) + varint(1) + b"\1\1" + varint(10) + varint(20) + b"\1\0"
    assert entries(root) == [Entry(3, 1, 0, 10), Entry(4, 1, 10, 20)]


def test_a_leaf_gives_its_tiles_too():
    leaf = directory((7, 1, 0, 10))
    assert entries(directory((7, 0, 0, len(leaf))), leaf) == [Entry(7, 1, 0, 10)]


@pytest.mark.parametrize(
    ("rows", "leaf"),
    [
        ([(0, 1, 91, 10)], b""),
        # The second tile is among those of the first.
        ([(0, 5, 0, 10), (3, 1, 0, 10)], b""),
        ([(7, 0, 1, 6)], directory((7, 1, 0, 10))),
        # The leaf begins before the tile that was there already.
        ([(9, 1, 0, 10), (9, 0, 0, 6)], directory((7, 1, 0, 10))),
    ],
    ids=["behind the tiles", "twice", "behind the leaves", "backwards"],
)
def test_what_points_elsewhere_is_refused(rows, leaf):
    with pytest.raises(BasemapError, match="wskazuje poza plik"):
        entries(directory(*rows), leaf)


@pytest.mark.parametrize("length", range(1, 9))
def test_a_directory_that_ends_too_early_is_refused(length):
    whole = directory((3, 1, 0, 10), (5, 4, 10, 20))
    with pytest.raises(BasemapError, match="się urywa"):
        entries(whole[:length])


def test_a_directory_that_promises_too_many_is_refused():
    with pytest.raises(BasemapError, match="się urywa"):
        entries(varint(2**60) + bytes(50))


def test_a_first_tile_without_a_place_is_refused():
    with pytest.raises(BasemapError, match="się urywa"):
        entries(varint(1) + varint(3) + b"\1" + varint(10) + b"\0")


@pytest.mark.parametrize("read", [entries, read_layers])
def test_a_number_without_an_end_is_refused_before_it_is_added_up(read):
    with pytest.raises(BasemapError):
        read(ENDLESS)


def test_leaves_of_leaves_are_followed_only_so_far():
    """The leaf names itself."""
    itself = directory((7, 0, 0, 5))
    assert len(itself) == 5
    with pytest.raises(BasemapError, match="za głęboki"):
        entries(itself, itself)


def test_more_tiles_than_a_city_has_are_refused(monkeypatch):
    monkeypatch.setattr(archive, "_MOST_ENTRIES", 1)
    with pytest.raises(BasemapError, match="za długi"):
        entries(directory((3, 1, 0, 10), (5, 4, 10, 20)))


def test_a_part_that_is_too_large_is_not_read(monkeypatch):
    monkeypatch.setattr(archive, "_LARGEST_PART", 8)
    with pytest.raises(BasemapError, match="za duża"):
        entries(directory((3, 1, 0, 10), (5, 4, 10, 20)))
