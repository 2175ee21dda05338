"""A Shapefile is several files in one zip. Its texts say at best in one of them how they are
encoded.
"""

import shutil
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from owed.forking import Refusal

# Of a zip: how many files, and how many bytes in all once they are unpacked.
_MOST_FILES = 200
_MOST_BYTES = 300 * 1024**2
_NEEDED = (".shp", ".shx", ".dbf")
_WANTED = (*_NEEDED, ".prj", ".cpg")
# All that zipfile raises for what is damaged, encrypted (RuntimeError), packed in a way that it
# does not know (NotImplementedError), or in no encoding (ValueError).
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
# What a .cpg file says, in the ways that programs write it.
_ENCODINGS = {
    "utf-8": "UTF-8",
    "utf8": "UTF-8",
    "65001": "UTF-8",
    "1250": "CP1250",
    "cp1250": "CP1250",
    "windows-1250": "CP1250",
    "ansi 1250": "CP1250",
    "iso-8859-2": "ISO-8859-2",
    "8859_2": "ISO-8859-2",
    "88592": "ISO-8859-2",
}


def unpack_shapefile(
    source: BinaryIO, folder: Path, *, encoding: str | None
) -> tuple[Path, str, list[str]]:
    """The path of the .shp, the encoding of its texts, and notes. Raises ``Refusal``."""
    try:
        with zipfile.ZipFile(source) as archive:
            parts = _parts(archive)
            for ending, member in parts.items():
                target = folder / f"file{ending}"
                # Said by a file of ours below, or guessed.
                with archive.open(member) as packed, target.open("wb") as unpacked:
                    shutil.copyfileobj(packed, unpacked)
    except _BROKEN as fault:
        raise Refusal("file_damaged", kind="ZIP") from fault
    declared = folder / "file.cpg"
    said = declared.read_bytes()[:100] if declared.exists() else b""
    # GDAL would believe it.
    declared.unlink(missing_ok=True)
    if encoding:
        return folder / "file.shp", encoding, []
    found, notes = _encoding_of(folder / "file.dbf", said.decode("ascii", "replace"))
    return folder / "file.shp", found, notes


def _parts(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """By ending, the members of the one Shapefile in it."""
    members = archive.infolist()
    if len(members) > _MOST_FILES:
        raise Refusal("zip_too_many_files", files=len(members), most=_MOST_FILES)
    size = sum(member.file_size for member in members)
    if size > _MOST_BYTES:
        raise Refusal("zip_too_large", megabytes=size // 1024**2, most=_MOST_BYTES // 1024**2)
    for member in members:
        _check_name(member)
    files = {
        PurePosixPath(member.filename): member
        for member in members
        if not member.is_dir() and not member.filename.startswith("__MACOSX/")
    }
    shapes = [path for path in files if path.suffix.lower() == ".shp"]
    if len(shapes) > 1:
        raise Refusal("several_shapefiles", names=sorted(path.stem[:60] for path in shapes)[:10])
    if not shapes:
        raise Refusal("zip_without_shapefile")
    parts = {
        path.suffix.lower(): member
        for path, member in files.items()
        if path.stem.lower() == shapes[0].stem.lower() and path.suffix.lower() in _WANTED
    }
    if missing := [ending for ending in _NEEDED if ending not in parts]:
        raise Refusal("shapefile_part_missing", parts=missing)
    if any(member.flag_bits & 1 for member in parts.values()):
        raise Refusal("zip_locked")
    return parts


def _check_name(member: zipfile.ZipInfo) -> None:
    """No member gets a name of its own here, but one that tries to leave the folder shows that the
    zip is no honest export.
    """
    # The name as it stands in the file; ``filename`` ends at the first NUL.
    name = member.orig_filename
    path = PurePosixPath(name.replace("\\", "/"))
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    if path.is_absolute() or ".." in path.parts or "\0" in name or ":" in name or is_link:
        raise Refusal("zip_path", name=name.replace("\0", "␀")[:100])


def _encoding_of(table: Path, said: str) -> tuple[str, list[str]]:
    """What the .cpg says if the texts can be read so; else what they can be read in."""
    declared = _ENCODINGS.get(said.strip().lower())
    content = table.read_bytes()
    try:
        content[_length_of_head(content) :].decode("utf-8")
        guessed = "UTF-8"
    except UnicodeDecodeError:
        guessed = "CP1250"
    if declared == "UTF-8" and guessed != "UTF-8":
        return guessed, ["cpg_wrong"]
    return declared or guessed, []


def _length_of_head(content: bytes) -> int:
    """Of a dBase table: its field names and numbers come first."""
    return int.from_bytes(content[8:10], "little")
