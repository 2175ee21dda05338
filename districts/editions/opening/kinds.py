"""Finds out by its content, never by its name, of which kind a file is, and makes it ready for
GDAL: under a name of ours, in a folder that holds nothing else.
"""

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

from owed.forking import Refusal

from .shapefiles import unpack_shapefile

# Where a GeoPackage says so; before version 1.2 it said which version.
_SQLITE, _GEOPACKAGE = b"SQLite format 3\0", (b"GPKG", b"GP10", b"GP11")
_HEAD = 64 * 1024
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


@dataclass(slots=True)
class Ready:
    """``driver``: GDAL's; ``path``: of the file to open; ``encoding``: of its texts where the
    format leaves it open; ``notes``: codes of what people should know.
    """

    driver: str
    path: Path
    encoding: str | None = None
    notes: list[str] = field(default_factory=list)


def make_ready(source: BinaryIO, folder: Path, *, encoding: str | None = None) -> Ready:
    """Put ``source`` into ``folder``. ``encoding``: what somebody chose for a Shapefile. Raises
    ``Refusal`` if the file is of none of our kinds.
    """
    head = source.read(_HEAD)
    source.seek(0)
    if not head.strip(b"\0 \t\r\n"):
        raise Refusal("file_empty")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        path, found, notes = unpack_shapefile(source, folder, encoding=encoding)
        return Ready("ESRI Shapefile", path, found, notes)
    driver, name = _driver_of(head)
    path = folder / name
    with path.open("wb") as copy:
        shutil.copyfileobj(source, copy)
    return Ready(driver, path)


def _driver_of(head: bytes) -> tuple[str, str]:
    if head.startswith(_SQLITE) and head[68:72] in _GEOPACKAGE:
        return "GPKG", "file.gpkg"
    if head.startswith(b"fgb\x03fgb"):
        return "FlatGeobuf", "file.fgb"
    text = head
    for mark in _BOMS:
        text = text.removeprefix(mark)
    first = text.replace(b"\0", b"").lstrip()[:1]
    if first == b"{":
        return "GeoJSON", "file.geojson"
    if first == b"<":
        return _driver_of_xml(head)
    raise Refusal("not_a_file_of_boundaries")


class _RootFound(Exception):
    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)


def _driver_of_xml(head: bytes) -> tuple[str, str]:
    """By the root element. A document type may define entities, so none is let through: neither GML
    nor KML needs one. It can only stand before the root.
    """

    def refuse(*_arguments: object) -> None:
        raise Refusal("xml_entities")

    def stop(name: str, _attributes: object) -> None:
        raise _RootFound(name)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = stop
    try:
        parser.Parse(head, False)
    except _RootFound as root:
        name = root.name.rpartition(":")[2]
        if name == "kml":
            return "LIBKML", "file.kml"
        if b"opengis.net/gml" in head.replace(b"\0", b""):
            return "GML", "file.gml"
    except expat.ExpatError as fault:
        raise Refusal("file_damaged", kind="XML") from fault
    raise Refusal("not_a_file_of_boundaries")
