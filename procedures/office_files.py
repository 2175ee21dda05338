"""Whether a document of an office program holds macros, other files, or ways out to a network."""

import io
import re
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

_MOST_ENTRIES = 2000
_MOST_BYTES = 100 * 1024 * 1024
_LARGEST_XML = 30 * 1024 * 1024
# Names of parts that run, or carry another file.
_ACTIVE = re.compile(
    r"vbaproject|vbadata|activex|/embeddings/|oleobject|macrosheets|dialogsheets|externallinks"
    r"|attachedtoolbars|/ctrlprops/|^basic/|^scripts/|^object |/object |objectreplacements"
    r"|\.(bin|exe|dll|js|vbs|jar|scr|bat|com|hta|lnk|swf)$",
    re.IGNORECASE,
)
_XLINK = "{http://www.w3.org/1999/xlink}href"
_SCRIPT_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:script:1.0"
_ODF_LINKS = {"a"}
_FIELDS = re.compile(
    r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|MACROBUTTON|IMPORT)\b", re.IGNORECASE
)
_WEB = ("http://", "https://", "mailto:", "#")
# The part that tells what the whole is.
_MAIN = {
    ".docx": ("word/document.xml", "wordprocessingml.document.main+xml"),
    ".xlsx": ("xl/workbook.xml", "spreadsheetml.sheet.main+xml"),
}
# What ``zipfile`` raises for a broken archive, or for a part that is missing (KeyError), encrypted,
# packed in a way that it does not know (RuntimeError, of which NotImplementedError is one) or that
# cannot be unpacked; and what a broken part raises as XML: not UTF-8 (ValueError), or nested too
# deep (RecursionError, a RuntimeError).
_BROKEN = (
    *(BadZipFile, zlib.error, EOFError, OSError, KeyError, RuntimeError),
    *(ElementTree.ParseError, ValueError),
)


class _Refused(Exception):
    """The document is not what its name says, or does more than show itself."""


def is_harmless(content: bytes, ending: str, content_type: str) -> bool:
    """Whether the bytes are a document of that type without anything active."""
    try:
        with ZipFile(io.BytesIO(content)) as parts:
            _check_parts(parts)
            if ending in _MAIN:
                _check_office_open(parts, *_MAIN[ending])
            else:
                _check_open_document(parts, content_type)
    except (_Refused, *_BROKEN):
        return False
    return True


def _check_parts(parts: ZipFile) -> None:
    entries = parts.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > _MOST_ENTRIES or sum(entry.file_size for entry in entries) > _MOST_BYTES:
        raise _Refused
    if len({name.lower() for name in names}) != len(names):
        raise _Refused
    if any(_ACTIVE.search(name) or ".." in name or name.startswith("/") for name in names):
        raise _Refused
    if any(entry.flag_bits & 1 for entry in entries):
        raise _Refused


def _check_office_open(parts: ZipFile, main: str, kind: str) -> None:
    """DOCX, XLSX."""
    types = _read(parts, "[Content_Types].xml")
    declared = {one.get("PartName", ""): one.get("ContentType", "") for one in types}
    if not declared.get(f"/{main}", "").endswith(kind):
        raise _Refused
    if any("macro" in value.lower() or "vba" in value.lower() for value in declared.values()):
        raise _Refused
    for name, root in _all_xml(parts):
        for element in root.iter():
            tag = element.tag.rpartition("}")[2]
            if name.endswith(".rels") and element.get("TargetMode", "").lower() == "external":
                is_link = element.get("Type", "").endswith("/hyperlink")
                if not is_link or not element.get("Target", "").lower().startswith(_WEB):
                    raise _Refused
            if tag == "instrText" and _FIELDS.search(element.text or ""):
                raise _Refused
            if tag == "fldSimple" and any(
                _FIELDS.search(value) for value in element.attrib.values()
            ):
                raise _Refused
            if tag in ("f", "definedName", "ddeLink", "oleLink") and "|" in (element.text or ""):
                raise _Refused


def _check_open_document(parts: ZipFile, content_type: str) -> None:
    """ODT, ODS."""
    if parts.read("mimetype").decode("ascii") != content_type:
        raise _Refused
    for _name, root in _all_xml(parts):
        for element in root.iter():
            namespace, _brace, tag = element.tag.removeprefix("{").rpartition("}")
            # Empty containers of scripts and event listeners stand in every document.
            if namespace == _SCRIPT_NAMESPACE or tag.startswith("dde-") or tag == "script":
                raise _Refused
            target = element.get(_XLINK, "").strip().lower()
            if tag in _ODF_LINKS:
                if target and not target.startswith((*_WEB, "tel:")):
                    raise _Refused
            elif ":" in target or target.startswith(("/", "\\")) or ".." in target:
                raise _Refused


def _all_xml(parts: ZipFile) -> Iterator[tuple[str, ElementTree.Element]]:
    for entry in parts.infolist():
        if entry.filename.lower().endswith((".xml", ".rels", ".rdf")):
            yield entry.filename.lower(), _read(parts, entry.filename)


def _read(parts: ZipFile, name: str) -> ElementTree.Element:
    """One part as XML in UTF-8 and without a document type, which no office program writes."""
    with parts.open(name) as part:
        text = part.read(_LARGEST_XML + 1)
    if len(text) > _LARGEST_XML or b"\x00" in text or b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise _Refused
    return ElementTree.fromstring(text.decode("utf-8-sig"))  # noqa: S314 - no document type
